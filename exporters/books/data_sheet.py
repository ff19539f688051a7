"""The data sheet: one row per agency asked, one column per variable, then the indicators' parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation

from analytics.dataset import Measure, Value, Variable
from exporters.book import Area, Cell, Look, Scalar, Sheet
from exporters.books.contents import FormContents, RoundContents
from exporters.books.words import WORDS
from surveys.campaigns.enums import AssignmentStatus
from surveys.engine import text_in
from surveys.organisations.enums import AgencyType

HEAD_ROWS = 2
FIRST_DAY = date(1900, 3, 1)
"""Earlier days stand as text: spreadsheet programs do not agree on them, or have none."""

UNIT_COLUMNS = ("agency_key", "agency", "type", "status", "submitted_at", "late_days")


@dataclass(frozen=True, slots=True)
class DataLayout:
    """Where things stand on a data sheet, for formulas of other sheets (1-based)."""

    sheet: str
    first_row: int
    last_row: int
    type_column: int
    part_columns: Mapping[tuple[str, str], int]

    def span(self, column: int) -> str:
        """The cells of all agencies in a column, as formulas of other sheets write them."""
        return Area.column(self.sheet, column, self.first_row, self.last_row).absolute


def data_sheet(
    contents: RoundContents, form: FormContents, language: str
) -> tuple[Sheet, DataLayout]:
    """The sheet of one questionnaire and its layout: row 1 variable names, row 2 labels, then the
    agencies that are asked it.
    """
    words = WORDS[language]
    variables = form.dataset.variables
    codes = [item.code for item in form.form.definition.indicators if item.numerator]
    columns = [*UNIT_COLUMNS, *(item.name for item in variables), *_part_names(codes)]
    labels = [
        *(words[name] for name in UNIT_COLUMNS),
        *(label_of(item, language) for item in variables),
        *_part_labels(codes, words),
    ]
    head = (
        tuple(Cell(name, Look.HEAD) for name in columns),
        tuple(Cell(label, Look.LABEL) for label in labels),
    )
    body = tuple(_rows(contents, form, codes, language))
    width = len(UNIT_COLUMNS) + len(variables)
    name = form.named(words["data"])
    layout = DataLayout(
        sheet=name,
        first_row=HEAD_ROWS + 1,
        last_row=HEAD_ROWS + max(1, len(body)),
        type_column=UNIT_COLUMNS.index("type") + 1,
        part_columns={
            (code, part): width + 2 * index + offset
            for index, code in enumerate(codes)
            for offset, part in ((1, "num"), (2, "den"))
        },
    )
    sheet = Sheet(
        name=name,
        rows=head + body,
        widths=(18, 34, 16, 16, 18, 10, *(16 for _ in columns[6:])),
        frozen=(HEAD_ROWS, 2),
        filtered=True,
        head_rows=HEAD_ROWS,
        landscape=True,
        fitted=False,
    )
    return sheet, layout


def _part_names(codes: list[str]) -> Iterator[str]:
    for code in codes:
        yield f"{code}.num"
        yield f"{code}.den"


def _part_labels(codes: list[str], words: Mapping[str, str]) -> Iterator[str]:
    for code in codes:
        yield words["num_of"].format(code=code)
        yield words["den_of"].format(code=code)


def label_of(variable: Variable, language: str) -> str:
    """The label of a variable in one language, its unit behind it."""
    words = ": ".join(filter(None, (text_in(text, language) for text in variable.label)))
    label = f"{variable.number}. {words}" if variable.number else words
    if variable.measure is Measure.ROWS:
        label = WORDS[language]["rows_of"].format(label=label)
    unit = text_in(variable.unit, language)
    return f"{label} ({unit})" if unit else label


def _rows(
    contents: RoundContents, form: FormContents, codes: list[str], language: str
) -> Iterator[tuple[Cell, ...]]:
    for unit, row in zip(form.dataset.units, form.dataset.rows, strict=True):
        parts = [contents.parts.get((unit["agency_id"], code)) for code in codes]
        yield (
            *_unit_cells(unit, language),
            *(value_cell(row.get(item.name), item) for item in form.dataset.variables),
            *(
                number_cell(figure)
                for part in parts
                for figure in ((part.numerator, part.denominator) if part else (None, None))
            ),
        )


def _unit_cells(unit: Mapping[str, Any], language: str) -> tuple[Cell, ...]:
    submitted = unit["submitted_at"]
    return (
        *unit_names(unit, language),
        Cell(type_word(unit["type"], language)),
        Cell(status_word(unit["status"], language)),
        Cell(local(submitted) if submitted else None, Look.MOMENT),
        Cell(unit["late_days"] if submitted else None, Look.INTEGER),
    )


def unit_names(unit: Mapping[str, Any], language: str) -> tuple[Cell, Cell]:
    """The key and the name of an agency in one language."""
    name = unit["name_en"] if language == "en" and unit["name_en"] else unit["name"]
    return Cell(unit["key"]), Cell(name)


def type_word(kind: str, language: str) -> str:
    """A type of agency in one language."""
    with translation.override(language):
        return str(AgencyType(kind).label)


def status_word(status: str, language: str) -> str:
    """Where an agency stands, in one language."""
    with translation.override(language):
        return str(AssignmentStatus(status).label)


def shown(moment: datetime) -> str:
    """The moment in words for a cover: 09:41 21/11/2026."""
    wall = local(moment)
    return f"{wall:%H:%M} {wall.day}/{wall.month}/{wall.year}"


def local(moment: datetime) -> datetime:
    """The moment on the wall clock of the product's time zone."""
    return timezone.localtime(moment)


def value_cell(value: Value, variable: Variable) -> Cell:
    """A value as a typed cell: numbers as numbers, dates as dates, missing codes as text."""
    if isinstance(value, Decimal):
        return number_cell(value)
    if value is not None and variable.measure is Measure.DATE and value not in variable.missing:
        return Cell(_day(value), Look.DATE)
    return Cell(value)


def _day(text: str) -> Scalar:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day >= FIRST_DAY else text


def number_cell(value: Decimal | None) -> Cell:
    """A number cell, with decimals where it has any."""
    if value is None:
        return Cell(None)
    whole = value == value.to_integral_value()
    return Cell(int(value) if whole else value, Look.INTEGER if whole else Look.DECIMAL)

"""The workbook of a round: cover with provenance, targets, data, repeats, codebook."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from analytics.answers import SignedAnswers
from analytics.dataset import Variable, values_of, variables_of_rows
from exporters.book import Book, Cell, Look, Sheet
from exporters.books.contents import FormContents, RoundContents, repeats_of, round_contents
from exporters.books.data_sheet import (
    data_sheet,
    label_of,
    local,
    shown,
    status_word,
    type_word,
    unit_names,
    value_cell,
)
from exporters.books.targets_sheet import targets_sheet
from exporters.books.unknown_sheet import unknown_sheets
from exporters.books.words import WORDS
from exporters.formats.xlsx import write_xlsx
from exporters.order import Order, Progress
from surveys.campaigns.models import Round
from surveys.engine import Repeat, text_in


def write_round(order: Order, out: Path, progress: Progress) -> None:
    """The workbook of the round, as an .xlsx file."""
    progress(0, 2, "reading")
    book = round_workbook(order.round, language=order.language, at=order.as_of)
    progress(1, 2, "writing")
    out.write_bytes(write_xlsx(book))
    progress(2, 2, "done")


def round_workbook(round_: Round, *, language: str, at: datetime) -> Book:
    """The book of a round in one language, from its newest signed revisions."""
    contents = round_contents(round_, at=at)
    data = [data_sheet(contents, form, language) for form in contents.forms]
    sheets = (
        _cover(contents, language),
        targets_sheet(contents, [layout for _sheet, layout in data], language),
        _missing(contents, language),
        *(sheet for sheet, _layout in data),
        *unknown_sheets(contents, language),
        *_repeat_sheets(contents, language),
        *(_codebook(form, language) for form in contents.forms),
    )
    return Book(
        title=_title(round_, language),
        creator=WORDS[language]["product"],
        made_at=at,
        sheets=sheets,
    )


def _title(round_: Round, language: str) -> str:
    campaign = round_.campaign
    title = campaign.title_en if language == "en" and campaign.title_en else campaign.title
    return f"{title}, {round_.periods[language]}"


def _cover(contents: RoundContents, language: str) -> Sheet:
    words, round_ = WORDS[language], contents.round
    newest = max((item.revision_id for item in contents.submitted.values()), default=0)
    facts = [
        (words["period"], round_.periods[language]),
        (words["reference_date"], _day(round_.reference_date)),
        (words["deadline"], _day(local(round_.closes_at - timedelta(microseconds=1)).date())),
        (words["legal_basis"], round_.campaign.legal_basis),
        *((words["questionnaire"], _questionnaire(form, language)) for form in contents.forms),
        (words["asked"], str(len(contents.units))),
        (words["signed"], str(len(contents.submitted))),
        (words["made_at"], shown(contents.at)),
        (words["newest"], str(newest)),
        (words["data_hash"], provenance(contents)),
    ]
    rows = (
        (Cell(_title(round_, language), Look.TITLE),),
        (Cell(words["product"], Look.NOTE),),
        (),
        *((Cell(label, Look.LABEL), Cell(value)) for label, value in facts),
        (),
        (Cell(None), Cell(words["note_live"], Look.NOTE)),
        (Cell(None), Cell(words["note_personal"], Look.NOTE)),
    )
    return Sheet(name=words["cover"], rows=rows, widths=(34, 72))


def _questionnaire(form: FormContents, language: str) -> str:
    """Title and version; where there are several, the sheet that holds its answers."""
    version, words = form.asked.version, WORDS[language]
    title = version.title_en if language == "en" and version.title_en else version.title
    said = f"{title}, {words['version']} {version.number}"
    return said if form.number == 1 else f"{said}: {form.named(words['data'])}"


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def provenance(contents: RoundContents) -> str:
    """SHA-256 over the ids of the agencies and signed revisions that the figures rest on."""
    lines = sorted(f"{pk}:{item.revision_id}" for pk, item in contents.submitted.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _missing(contents: RoundContents, language: str) -> Sheet:
    """Who is missing for which indicator: one row each, in official order."""
    words = WORDS[language]
    heads = ("code", "indicator", "agency_key", "agency", "type", "status")
    units = {unit["agency_id"]: unit for unit in contents.units}
    labels = {item.code: text_in(item.label, language) for item in contents.indicators}
    rows = [tuple(Cell(words[name], Look.HEAD) for name in heads)]
    rows.extend(
        (
            Cell(code, Look.LABEL),
            Cell(labels[code]),
            *unit_names(units[agency_id], language),
            Cell(type_word(units[agency_id]["type"], language)),
            Cell(status_word(units[agency_id]["status"], language)),
        )
        for code, found in contents.targets.items()
        for agency_id in found.missing
    )
    return Sheet(
        name=words["missing"],
        rows=tuple(rows),
        widths=(10, 50, 20, 34, 18, 18),
        frozen=(1, 1),
        filtered=True,
        landscape=True,
    )


def _repeat_sheets(contents: RoundContents, language: str) -> Iterator[Sheet]:
    """One sheet for each repeat that has a column free of personal data."""
    for form in contents.forms:
        for repeat in repeats_of(form.form):
            columns = variables_of_rows(repeat, form.form)
            if columns:
                rows = [
                    row
                    for unit in form.dataset.units
                    if (item := contents.submitted.get(unit["agency_id"])) is not None
                    for row in _repeat_rows(unit, item, repeat, columns, language)
                ]
                name = form.named(repeat.number or repeat.name)
                yield _repeat_sheet(name, columns, rows, language)


def _repeat_sheet(
    name: str, columns: Sequence[Variable], rows: Sequence[tuple[Cell, ...]], language: str
) -> Sheet:
    words = WORDS[language]
    heads = [words["agency_key"], words["agency"], words["row_of"]]
    head = tuple(
        Cell(text, Look.HEAD) for text in [*heads, *(label_of(item, language) for item in columns)]
    )
    return Sheet(
        name=name,
        rows=(head, *rows),
        widths=(18, 34, 8, *(24 for _ in columns)),
        frozen=(1, 2),
        filtered=True,
        landscape=True,
    )


def _repeat_rows(
    unit: Mapping[str, Any],
    item: SignedAnswers,
    repeat: Repeat,
    columns: Sequence[Variable],
    language: str,
) -> Iterator[tuple[Cell, ...]]:
    """The rows that one agency entered."""
    for number, row in enumerate(item.answers.get(repeat.name, ()), start=1):
        values = values_of(columns, row, _row_remarks(item, repeat, row))
        yield (
            *unit_names(unit, language),
            Cell(number, Look.INTEGER),
            *(value_cell(values[column.name], column) for column in columns),
        )


def _row_remarks(item: SignedAnswers, repeat: Repeat, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The remarks of one row, by the names of its questions."""
    start = f"{repeat.name}/{row['_id']}/"
    return {
        path.removeprefix(start): remark
        for path, remark in item.remarks.items()
        if path.startswith(start)
    }


def _codebook(form: FormContents, language: str) -> Sheet:
    words = WORDS[language]
    heads = ("variable", "question", "label", "measure", "unit", "values", "missing_codes")
    rows = [tuple(Cell(words[name], Look.HEAD) for name in heads)]
    rows.extend(_codebook_row(item, language) for item in form.dataset.variables)
    return Sheet(
        name=form.named(words["codebook"]),
        rows=tuple(rows),
        widths=(34, 8, 64, 14, 14, 60, 22),
        frozen=(1, 1),
        filtered=True,
        landscape=True,
    )


def _codebook_row(variable: Variable, language: str) -> tuple[Cell, ...]:
    codes = "; ".join(
        f"{choice.name} = {text_in(choice.label, language)}" for choice in variable.choices
    )
    return (
        Cell(variable.name, Look.LABEL),
        Cell(variable.number),
        Cell(label_of(variable, language)),
        Cell(WORDS[language][variable.measure.value]),
        Cell(text_in(variable.unit, language)),
        Cell(codes),
        Cell(", ".join(variable.missing)),
    )

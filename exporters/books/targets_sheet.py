"""The targets sheet: numerator, denominator and value as live formulas over the data sheets.

An indicator that several questionnaires measure is the sum over their sheets.
"""

from collections.abc import Sequence

from exporters.book import Cell, Formula, Look, Sheet
from exporters.books.contents import RoundContents
from exporters.books.data_sheet import DataLayout, type_word
from exporters.books.target_formulas import Spans, target_formulas
from exporters.books.words import WORDS
from surveys.engine import Indicator, text_in

COLUMNS = (
    "code",
    "indicator",
    "unit",
    "numerator",
    "denominator",
    "value",
    "target",
    "answered",
    "missing_count",
    "legal_basis",
)


def targets_sheet(contents: RoundContents, layouts: Sequence[DataLayout], language: str) -> Sheet:
    """One row per indicator of the catalogue; those that were not asked say so."""
    words = WORDS[language]
    head = tuple(Cell(words[name], Look.HEAD) for name in COLUMNS)
    rows = tuple(
        _row(contents, layouts, language, indicator, number=index)
        for index, indicator in enumerate(contents.indicators, start=2)
    )
    return Sheet(
        name=words["targets"],
        rows=(head, *rows),
        widths=(10, 50, 12, 14, 14, 12, 12, 14, 12, 36),
        frozen=(1, 2),
        landscape=True,
    )


def _row(
    contents: RoundContents,
    layouts: Sequence[DataLayout],
    language: str,
    indicator: Indicator,
    *,
    number: int,
) -> tuple[Cell, ...]:
    words = WORDS[language]
    label = text_in(indicator.label, language)
    found = contents.targets.get(indicator.code)
    if found is None:
        return (
            Cell(indicator.code, Look.LABEL),
            Cell(f"{label}. {words['not_asked']}.", Look.NOTE),
            Cell(text_in(indicator.unit, language)),
            *(Cell(None),) * 6,
            Cell(indicator.legal_basis),
        )
    measured = [
        _spans(layout, language, mine)
        for form, layout in zip(contents.forms, layouts, strict=True)
        if (mine := form.asked.measured(indicator.code)) is not None
    ]
    figures = target_formulas(measured, indicator.over)
    factor = "*100" if indicator.is_percent else ""
    ratio = f'IF(E{number}=0,"",D{number}/E{number}{factor})'
    return (
        Cell(indicator.code, Look.LABEL),
        Cell(label),
        Cell(text_in(indicator.unit, language)),
        _figure(figures.numerator, found.numerator),
        _figure(figures.denominator, found.denominator),
        Cell(Formula(ratio, found.value), Look.PERCENT if factor else Look.DECIMAL),
        Cell(float(indicator.target) if indicator.target else None, Look.INTEGER),
        Cell(Formula(figures.answered, found.answered), Look.INTEGER),
        Cell(Formula(f"{figures.asked}-H{number}", len(found.missing)), Look.INTEGER),
        Cell(indicator.legal_basis),
    )


def _figure(formula: str, value: float) -> Cell:
    if value.is_integer():
        return Cell(Formula(formula, int(value)), Look.INTEGER)
    return Cell(Formula(formula, value), Look.DECIMAL)


def _spans(layout: DataLayout, language: str, indicator: Indicator) -> Spans:
    return Spans(
        numerators=layout.span(layout.part_columns[(indicator.code, "num")]),
        denominators=layout.span(layout.part_columns[(indicator.code, "den")]),
        types=layout.span(layout.type_column),
        kinds=[type_word(kind, language) for kind in indicator.applies_to],
    )

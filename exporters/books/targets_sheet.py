"""The targets sheet: numerator, denominator and value as live formulas over the data sheets.

An indicator that several questionnaires measure is the sum over their sheets.
"""

from collections.abc import Sequence

from exporters.book import Cell, Formula, Look, Sheet
from exporters.books.contents import RoundContents
from exporters.books.data_sheet import DataLayout, type_word
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
        (layout, mine)
        for form, layout in zip(contents.forms, layouts, strict=True)
        if (mine := form.asked.measured(indicator.code)) is not None
    ]
    figures = [_references(layout, language, mine, indicator.over) for layout, mine in measured]
    numerator, denominator = ("+".join(each) for each in zip(*figures, strict=True))
    factor = "*100" if indicator.is_percent else ""
    ratio = f'IF(E{number}=0,"",D{number}/E{number}{factor})'
    return (
        Cell(indicator.code, Look.LABEL),
        Cell(label),
        Cell(text_in(indicator.unit, language)),
        _figure(numerator, found.numerator),
        _figure(denominator, found.denominator),
        Cell(Formula(ratio, found.value), Look.PERCENT if factor else Look.DECIMAL),
        Cell(float(indicator.target) if indicator.target else None, Look.INTEGER),
        Cell(found.answered, Look.INTEGER),
        Cell(len(found.missing), Look.INTEGER),
        Cell(indicator.legal_basis),
    )


def _figure(formula: str, value: float) -> Cell:
    if value.is_integer():
        return Cell(Formula(formula, int(value)), Look.INTEGER)
    return Cell(Formula(formula, value), Look.DECIMAL)


def _references(
    layout: DataLayout, language: str, indicator: Indicator, over: str
) -> tuple[str, str]:
    """The formulas of numerator and denominator over one data sheet, by the indicator's rule."""
    num = _span(layout, layout.part_columns[(indicator.code, "num")])
    den = _span(layout, layout.part_columns[(indicator.code, "den")])
    types = _span(layout, layout.type_column)
    kinds = [type_word(kind, language) for kind in indicator.applies_to]
    applied = _applied(types, kinds)
    match over:
        case "units":
            return _sum(num, applied), _count(types, kinds)
        case "answered":
            return _sum(num, applied), f"SUMPRODUCT({applied}ISNUMBER({num}))"
        case _:
            both = f"{applied}ISNUMBER({num})*ISNUMBER({den})"
            return f"SUMPRODUCT({both},{num})", f"SUMPRODUCT({both},{den})"


def _sum(span: str, applied: str) -> str:
    return f"SUMPRODUCT({applied}1,{span})" if applied else f"SUM({span})"


def _applied(types: str, kinds: Sequence[str]) -> str:
    """A factor that is 1 in the rows of agencies the indicator applies to, or nothing."""
    if not kinds:
        return ""
    return "(" + "+".join(f'({types}="{kind}")' for kind in kinds) + ")*"


def _count(types: str, kinds: Sequence[str]) -> str:
    if not kinds:
        return f"COUNTA({types})"
    return "+".join(f'COUNTIF({types},"{kind}")' for kind in kinds)


def _span(layout: DataLayout, column: int) -> str:
    letter = column_letter(column)
    return f"'{layout.sheet}'!${letter}${layout.first_row}:${letter}${layout.last_row}"


def column_letter(column: int) -> str:
    """A, B, …, Z, AA, … for 1, 2, …"""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

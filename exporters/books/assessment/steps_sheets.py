"""The steps between the data and the scales: divided, filled, screened and treated."""

from collections.abc import Callable, Iterator
from typing import Final

from analytics.definitions.model import IndicatorDefinition
from exporters.book import Cell, Formula, Look, Sheet
from exporters.books.assessment.contents import AssessmentContents, value_of
from exporters.books.assessment.excel import number, text
from exporters.books.assessment.filling import filling
from exporters.books.assessment.places import Places
from exporters.books.assessment.results import Value
from exporters.books.assessment.screening import kept_formula
from exporters.books.assessment.treating import treating
from exporters.books.assessment.unit_rows import Column, proved, unit_sheet
from exporters.books.assessment.words import WORDS

BLANK: Final = text("NO_DATA")


def step_sheets(contents: AssessmentContents, places: Places) -> Iterator[Sheet]:
    """A sheet for each step that does something."""
    words = WORDS[places.language]
    for key, columns in (
        ("denominated", denominated_columns),
        ("filled", filled_columns),
        ("treated", treated_columns),
    ):
        if found := list(columns(contents, places)):
            note = words[f"note_{key}"]
            yield unit_sheet(contents, places, places.sheets[key], found, note=note)


def linked(cell: str) -> str:
    """What stands in a cell; a cell that somebody emptied is a blank, not 0."""
    return f"IF({cell}={text('')},{BLANK},{cell})"


def denominated_columns(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    """Value / denominator * per; the reason where there is none."""
    by_code = contents.definition.by_code()
    for code in places.denominated.columns:
        yield _column(contents, places, code, _denominated(contents, places, by_code[code]))


def _denominated(
    contents: AssessmentContents, places: Places, indicator: IndicatorDefinition
) -> Callable[[int, int], Cell]:
    assert indicator.denominator is not None
    code, name, per = indicator.code, indicator.denominator.column, indicator.denominator.per
    below = [value_of(each) for each in contents.beside.get(name, [""] * len(contents.units))]
    at = places.denominated.sheet
    taken = {*contents.early_merges, *contents.late_merges}

    def cell(unit: int, row: int) -> Cell:
        value = _before_filling(contents, code, unit, below[unit])
        if name not in places.beside or contents.units[unit].key in taken:
            return proved(None, value)
        data = places.data.of(code, row, at=at)
        base = places.data.cell(places.beside[name], row, at=at)
        divided = (
            f"IF(ISNUMBER({base}),IF({base}>0,{data}*{number(per)}/{base},"
            f"{text('ZERO_DENOMINATOR')}),{text('NO_DENOMINATOR')})"
        )
        return Cell(Formula(f"IF(ISNUMBER({data}),{divided},{linked(data)})", value), Look.DECIMAL)

    return cell


def _before_filling(contents: AssessmentContents, code: str, unit: int, below: Value) -> Value:
    """The value of the run after denominators: where a blank was filled later, the reason."""
    if (contents.units[unit].key, code) not in contents.filled:
        return contents.imputed[code][unit]
    raw = contents.raw[code][unit]
    if isinstance(raw, str):
        return raw
    return "ZERO_DENOMINATOR" if isinstance(below, float) else "NO_DENOMINATOR"


def filled_columns(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    """Every blank filled by its rule."""
    at = places.filled.sheet
    for code in places.filled.columns:
        write = filling(contents, places, code)
        values = contents.imputed[code]

        def cell(unit: int, row: int, write=write, values=values) -> Cell:  # type: ignore[no-untyped-def]
            return proved(write(unit, row), values[unit])

        yield _column(contents, places, code, cell)
    assert at


def treated_columns(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    """Who was kept, then the figures of the kept as they were treated."""
    words, at = WORDS[places.language], places.treated.sheet
    if places.kept:
        write = kept_formula(contents, places)

        def kept(unit: int, row: int) -> Cell:
            reasons = {contents.treated[code][unit] for code in contents.indicators}
            value = int(reasons != {"SCREENED"})
            formula = write(unit, row)
            return proved(formula, value, Look.INTEGER)

        yield Column(head=words["kept"], cell=kept)
    for code in places.treated.columns:
        change = treating(contents, places, code)
        values = contents.treated[code]

        def cell(unit: int, row: int, code=code, change=change, values=values) -> Cell:  # type: ignore[no-untyped-def]
            before = places.step(code, before="treated").of(code, row, at=at)
            found = f"IF(ISNUMBER({before}),{change(before)},{linked(before)})"
            if places.kept:
                kept = places.treated.cell(places.kept, row, at=at)
                found = f"IF({kept}=1,{found},{text('SCREENED')})"
            return Cell(Formula(found, values[unit]), Look.DECIMAL)

        yield _column(contents, places, code, cell)


def _column(
    contents: AssessmentContents, places: Places, code: str, cell: Callable[[int, int], Cell]
) -> Column:
    return Column(head=contents.name_of(code, places.language), code=code, cell=cell)

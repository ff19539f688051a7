"""The normalised values: every figure on its scale."""

from collections.abc import Callable, Iterator

from analytics.definitions.vocabulary import NotApplicable
from exporters.book import Cell, Formula, Look, Sheet
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import rounded, significant, text
from exporters.books.assessment.normalising import normalised
from exporters.books.assessment.places import Places
from exporters.books.assessment.scales_sheet import cells_of, status_of
from exporters.books.assessment.shading import decimals_in
from exporters.books.assessment.unit_rows import Column, proved, served, unit_sheet
from exporters.books.assessment.ways import way_of
from exporters.books.assessment.words import WORDS


def normalised_sheet(contents: AssessmentContents, places: Places) -> Sheet:
    """One column an indicator; behind them the figures to 12 digits of those that are ranked."""
    name, words = places.sheets["normalised"], WORDS[places.language]
    columns = [*_columns(contents, places), *_digits(contents, places)]
    return unit_sheet(contents, places, name, columns, note=words["note_normalised"])


def _columns(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    decimals = decimals_in(contents)
    for code in contents.indicators:
        cell = _server(contents, code) if contents.lacks_units else _cell(contents, places, code)
        head = contents.name_of(code, places.language)
        made = _merged(contents, places, code, cell)
        yield Column(head=head, code=code, cell=made, decimals=decimals(code))


def _server(contents: AssessmentContents, code: str) -> Callable[[int, int], Cell]:
    values = contents.normalised[code]
    return served(values)


def _cell(contents: AssessmentContents, places: Places, code: str) -> Callable[[int, int], Cell]:
    at = places.normalised.sheet
    way = way_of(contents.definition, contents.definition.by_code()[code])
    scale = cells_of(contents, places, code, at=at)
    instead, apart = status_of(places, code, at=at)
    step, values = places.step(code), contents.normalised[code]
    excluded = way.not_applicable is NotApplicable.EXCLUDE

    def cell(unit: int, row: int) -> Cell:
        given = step.of(code, row, at=at)
        figure = places.digits.of(code, row, at=at) if way.ranks else given
        placed = normalised(way, figure, scale)
        gap = given if excluded else f"IF({given}={text('NOT_APPLICABLE')},{apart},{given})"
        gap = f"IF({given}={text('')},{text('NO_DATA')},{gap})"
        found = f"IF({instead}={text('')},{placed},{instead})"
        return Cell(Formula(f"IF(ISNUMBER({given}),{found},{gap})", values[unit]), Look.DECIMAL)

    return cell


def _merged(
    contents: AssessmentContents,
    places: Places,
    code: str,
    others: Callable[[int, int], Cell],
) -> Callable[[int, int], Cell]:
    """The same, where a unit that came of others has the mean of theirs."""
    sources, merged = source_rows(contents, places), contents.late_merges
    if not merged:
        return others
    values, at = contents.normalised[code], places.normalised.sheet

    def cell(unit: int, row: int) -> Cell:
        key = contents.units[unit].key
        if key not in merged:
            return others(unit, row)
        if key not in sources:
            return proved(None, values[unit])
        cells = [places.normalised.of(code, source, at=at) for source in sources[key]]
        return Cell(Formula(mean_of(cells), values[unit]), Look.DECIMAL)

    return cell


def mean_of(cells: list[str]) -> str:
    """The mean of the figures among some cells; without any what the first holds."""
    several = ",".join(cells)
    return f"IF(COUNT({several})=0,{cells[0]},AVERAGE({several}))"


def source_rows(contents: AssessmentContents, places: Places) -> dict[str, list[int]]:
    """The rows of the units that others came of, as far as the tables have kept all of them."""
    rows = {unit.key: row for unit, row in zip(contents.units, places.rows, strict=True)}
    return {
        into: [rows[key] for key in sources if key in rows]
        for into, sources in contents.late_merges.items()
        if not contents.lacks_units and any(key in rows for key in sources)
    }


def _digits(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    words, at = WORDS[places.language], places.normalised.sheet
    for code in places.digits.columns:
        step, values = places.step(code), contents.treated[code]

        def cell(unit: int, row: int, code=code, step=step, values=values) -> Cell:  # type: ignore[no-untyped-def]
            given, value = step.of(code, row, at=at), values[unit]
            known = significant(value) if isinstance(value, float) else ""
            formula = f"IF(ISNUMBER({given}),{rounded(given)},{text('')})"
            return Cell(Formula(formula, known))

        yield Column(head=words["digits_of"].format(code=code), code=code, cell=cell)

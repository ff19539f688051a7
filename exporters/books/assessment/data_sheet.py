"""The data: what every unit has of every indicator, from which all other sheets are computed."""

from collections.abc import Iterator

from analytics.definitions.model import IndicatorDefinition
from exporters.book import Cell, Look, Sheet
from exporters.books.assessment.contents import AssessmentContents, value_of
from exporters.books.assessment.deriving import derived, is_made
from exporters.books.assessment.places import Places
from exporters.books.assessment.shading import decimals_in
from exporters.books.assessment.unit_rows import (
    Column,
    Maker,
    proved,
    room_for,
    served,
    stored,
    unit_sheet,
)
from exporters.books.assessment.words import WORDS


def data_sheet(contents: AssessmentContents, places: Places) -> Sheet:
    """One row a unit, one column an indicator; a reason code stands where there is no figure. Before
    them the types, blocks, denominators and whatever else the values were made of."""
    if contents.given:
        return _scores(contents, places)
    words = WORDS[places.language]
    columns = [*_facts(contents, places), *_beside(contents), *_indicators(contents, places)]
    return unit_sheet(contents, places, places.sheets["data"], columns, note=words["note_data"])


def _scores(contents: AssessmentContents, places: Places) -> Sheet:
    """The same where nothing is told but scores."""
    note = WORDS[places.language]["note_given"]
    columns, decimals = [*_facts(contents, places)], decimals_in(contents)
    for code in contents.data_codes:
        values = [unit.nodes[code].score for unit in contents.units]
        head = contents.name_of(code, places.language)
        columns.append(Column(head=head, code=code, cell=served(values), decimals=decimals(code)))
    return unit_sheet(contents, places, places.sheets["data"], columns, note=note)


def _facts(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    words, units = WORDS[places.language], contents.units
    language = places.language
    types = [contents.type_of(unit, language) or None for unit in units]
    blocks = [contents.block_of(unit, language) or None for unit in units]
    yield Column(head=words["type"], cell=stored(types), width=room_for(types))
    yield Column(head=words["block"], cell=stored(blocks), width=room_for(blocks))
    ranked = [int(contents.is_ranked(unit)) for unit in units]
    yield Column(head=words["ranked"], cell=stored(ranked, Look.INTEGER))


def _beside(contents: AssessmentContents) -> Iterator[Column]:
    for name, texts in contents.beside.items():
        yield Column(head=name, cell=stored([value_of(text) for text in texts]))


def _indicators(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    for indicator in contents.definition.indicators:
        code = indicator.code
        cell = stored(contents.raw[code], Look.DECIMAL)
        if is_made(indicator):
            cell = _made(contents, places, indicator)
        yield Column(head=contents.name_of(code, places.language), code=code, cell=cell)


def _made(contents: AssessmentContents, places: Places, indicator: IndicatorDefinition) -> Maker:
    """Computed of other columns; the server's where a unit came of others or is of a type to which the
    indicator does not apply."""
    write, values = derived(contents, places, indicator), contents.raw[indicator.code]
    merged = {*contents.early_merges, *contents.late_merges}

    def cell(number: int, row: int) -> Cell:
        unit = contents.units[number]
        applies = not indicator.applies_to or unit.type in {"", *indicator.applies_to}
        formula = write(row) if applies and unit.key not in merged else None
        return proved(formula, values[number])

    return cell

"""The data: what every unit has of every indicator, from which all other sheets are computed."""

from collections.abc import Iterator

from exporters.book import Look, Sheet
from exporters.books.assessment.contents import AssessmentContents, value_of
from exporters.books.assessment.places import Places
from exporters.books.assessment.unit_rows import Column, stored, unit_sheet
from exporters.books.assessment.words import WORDS


def data_sheet(contents: AssessmentContents, places: Places) -> Sheet:
    """One row a unit, one column an indicator; a reason code stands where there is no figure. Before
    them the types, blocks, denominators and whatever else the values were made of."""
    words = WORDS[places.language]
    columns = [*_facts(contents, places), *_beside(contents), *_indicators(contents, places)]
    return unit_sheet(contents, places, places.sheets["data"], columns, note=words["note_data"])


def _facts(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    words, units = WORDS[places.language], contents.units
    yield Column(head=words["type"], cell=stored([unit.type or None for unit in units]))
    yield Column(head=words["block"], cell=stored([unit.block or None for unit in units]))
    ranked = [int(contents.is_ranked(unit)) for unit in units]
    yield Column(head=words["ranked"], cell=stored(ranked, Look.INTEGER))


def _beside(contents: AssessmentContents) -> Iterator[Column]:
    for name, texts in contents.beside.items():
        yield Column(head=name, cell=stored([value_of(text) for text in texts]))


def _indicators(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    for code in contents.indicators:
        head = contents.name_of(code, places.language)
        yield Column(head=head, code=code, cell=stored(contents.raw[code], Look.DECIMAL))

"""The index: every unit's score, rank and level, and the pillars it is made of."""

from collections.abc import Iterator

from exporters.book import Cell, Formula, Look, Sheet
from exporters.books.assessment.addresses import BLOCK, FIRST, NAME, Block
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.levels_sheet import name_formula
from exporters.books.assessment.node_columns import node_columns
from exporters.books.assessment.places import Places
from exporters.books.assessment.shading import node_marks
from exporters.books.assessment.unit_rows import Column, served, unit_sheet
from exporters.books.assessment.words import WORDS


def index_sheet(contents: AssessmentContents, places: Places) -> Sheet:
    """The block of the index, then labels, level names and the server's intervals."""
    columns = [*node_columns(contents, places, contents.root), *_behind(contents, places)]
    note = WORDS[places.language]["note_index"]
    marks = tuple(node_marks(contents, places, [contents.root]))
    return unit_sheet(contents, places, places.sheets["index"], columns, note=note, marks=marks)


def interval_columns(contents: AssessmentContents, places: Places) -> dict[str, int]:
    """The columns of the server's intervals on the sheet of the index; none where nothing was simulated."""
    before = NAME + len(list(node_columns(contents, places, contents.root)))
    before += 2 if places.blocks[contents.root].level else 1
    told = _intervals(contents)
    return {key: before + number for number, key in enumerate(told, start=1)}


def _intervals(contents: AssessmentContents) -> dict[str, list[float | None]]:
    """The ends of ranks and scores, as far as some unit has them."""
    found = {
        key: [getattr(unit, key) for unit in contents.units]
        for key in ("rank_low", "rank_high", "score_low", "score_high")
    }
    return {key: ends for key, ends in found.items() if any(end is not None for end in ends)}


def _behind(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    words, units = WORDS[places.language], contents.units
    block = places.blocks[contents.root]
    labels = [unit.nodes[contents.root].rank_label for unit in units]
    apart = len({unit.block for unit in units}) > 1

    def label(unit: int, row: int) -> Cell:
        return Cell(Formula(_label(places, block, row, apart=apart), labels[unit]))

    yield Column(head=words["label"], cell=label)
    if block.level:
        names = contents.definition.levels

        def named(unit: int, row: int) -> Cell:
            level = block.cell(block.level, row, at=block.sheet)
            formula = name_formula(places, contents.root, level)
            held = units[unit].nodes[contents.root].level
            return Cell(Formula(formula, _name(contents, places, held)))

        assert names
        yield Column(head=words["level_name"], cell=named, width=18)
    for head, values in _intervals(contents).items():
        yield Column(head=words[head], cell=served(values, Look.DECIMAL))


def _label(places: Places, block: Block, row: int, *, apart: bool) -> str:
    rank = block.cell(block.rank, row, at=block.sheet)
    ranks = block.all(block.rank, at=block.sheet)
    shared = f"COUNTIF({ranks},{rank})>1"
    if apart:
        blocks = places.data.down(BLOCK, FIRST, places.last, at=block.sheet)
        own = places.data.cell(BLOCK, row, at=block.sheet)
        shared = f"SUMPRODUCT(({ranks}={rank})*EXACT({blocks},{own}))>1"
    return f'IF(ISNUMBER({rank}),IF({shared},"=","")&{rank},"")'


def _name(contents: AssessmentContents, places: Places, level: int | None) -> str:
    mine = [each for each in places.conditions if each.node == contents.root]
    found = next((each.band.name for each in mine if each.band.level == level), {})
    return found.get(places.language) or found.get("vi") or next(iter(found.values()), "")

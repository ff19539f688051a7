"""The levels: what each takes, as a table that the formulas look up."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from exporters.book import Cell, Formula, Look, Sheet, Tone
from exporters.books.assessment.addresses import OnSheet
from exporters.books.assessment.conditions import Condition
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import every, rounded, significant, text
from exporters.books.assessment.places import Places
from exporters.books.assessment.unit_rows import NOTE_HEIGHT, NOTE_LINE, note_area, title_of, told
from exporters.books.assessment.words import WORDS, word_of
from surveys.engine import text_in

NODE, NODE_NAME, LEVEL, LEVEL_NAME, KIND, OF, COMPARE, NEEDED, COMPARED, REACHED, MAXIMUM = range(
    1, 12
)
HEADS: Final = (
    "node",
    "node_name",
    "level",
    "band_name",
    "kind",
    "of",
    "compare",
    "needed",
    "compared",
    "reached",
    "maximum",
)
WIDTHS: Final = (16, 30, 8, 22, 18, 30, 10, 12, 12, 12, 12)


def levels_sheet(contents: AssessmentContents, places: Places) -> Sheet | None:
    """One row a condition; None for an index without levels."""
    if not places.conditions:
        return None
    words, name = WORDS[places.language], places.sheets["levels"]
    maximum = {
        node: most for scheme in contents.definition.levels for node, most in scheme.maximum.items()
    }
    rows: list[tuple[Cell, ...]] = [
        (Cell(title_of(contents, places, name), Look.TITLE),),
        (Cell(told(contents, words["note_levels"]), Look.NOTE),),
        *(() for _ in range(4)),
        tuple(Cell(words[f"level_{head}"], Look.HEAD) for head in HEADS),
    ]
    rows += (tuple(_row(contents, places, each, maximum)) for each in places.conditions)
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=WIDTHS,
        frozen=(7, 0),
        head_rows=7,
        landscape=True,
        merged=note_area(name),
        heights={NOTE_LINE: NOTE_HEIGHT},
    )


def _row(
    contents: AssessmentContents, places: Places, one: Condition, maximum: Mapping[str, float]
) -> Iterator[Cell]:
    language, own = places.language, OnSheet(places.sheets["levels"])
    names = [contents.name_of(code, language) for code in one.nodes]
    yield Cell(one.node, Look.NOTE)
    yield Cell(contents.name_of(one.node, language))
    yield Cell(one.band.level, Look.LABEL)
    yield Cell(text_in(one.band.name, language))
    yield Cell(word_of("condition", one.kind, language))
    yield Cell(", ".join(names))
    yield Cell(one.compare)
    yield Cell(one.needed, tone=Tone.PLAIN if one.needed is None else Tone.INPUT)
    if one.needed is not None:
        cell = own.cell(NEEDED, one.row, at=own.sheet)
        yield Cell(Formula(rounded(cell), significant(one.needed)))
    else:
        yield Cell()
    yield Cell(one.reached)
    yield Cell(maximum.get(one.node) if one.kind == "from" else None)


def level_formula(places: Places, node: str, row: int) -> str:
    """The level of a unit on a node: the highest whose conditions all hold, the reason of its score
    where it has none."""
    block = places.blocks[node]
    at = block.sheet
    levels = OnSheet(places.sheets["levels"])
    mine = [each for each in places.conditions if each.node == node]
    bands = sorted({each.band.level for each in mine})
    found = text("")
    for band in bands:
        held = [each for each in mine if each.band.level == band]
        tests = [test for each in held if (test := _test(places, levels, each, row, at))]
        number = levels.cell(LEVEL, held[0].row, at=at, fixed=True)
        found = f"IF({every(tests)},{number},{found})"
    score = block.cell(block.score, row, at=at)
    return f"IF(ISNUMBER({score}),{found},{score})"


def _test(places: Places, levels: OnSheet, one: Condition, row: int, at: str) -> str:
    """Whether a unit fulfils one condition; empty for one that everybody does."""
    needed = levels.cell(COMPARED, one.row, at=at, fixed=True)
    blocks = [places.blocks[code] for code in one.nodes]
    match one.kind:
        case "always":
            return ""
        case "from":
            column = blocks[0].judged or blocks[0].basis
            return f"{blocks[0].cell(column, row, at=at)}{one.compare}{needed}"
        case "score":
            cell = blocks[0].cell(blocks[0].basis, row, at=at)
            return f"IF(ISNUMBER({cell}),{cell}{one.compare}{needed},FALSE)"
        case "level":
            cell = blocks[0].cell(blocks[0].level, row, at=at)
            return f"IF(ISNUMBER({cell}),{cell}>={needed},FALSE)"
    reached = levels.cell(REACHED, one.row, at=at, fixed=True)
    cells = [block.cell(block.level, row, at=at) for block in blocks]
    counted = "+".join(f"ISNUMBER({cell})*({cell}>={reached})" for cell in cells)
    return f"{counted}>={needed}"


def judged_formula(places: Places, node: str, row: int) -> str:
    """The score's share of the node's maximum, to 12 digits."""
    block, levels = places.blocks[node], OnSheet(places.sheets["levels"])
    first = next(each for each in places.conditions if each.node == node and each.kind == "from")
    most = levels.cell(MAXIMUM, first.row, at=block.sheet, fixed=True)
    score = block.cell(block.score, row, at=block.sheet)
    share = rounded(f"({score}/{most})")
    return f"IF(ISNUMBER({score}),{share},{text('')})"


def name_formula(places: Places, node: str, level: str) -> str:
    """What the level in a cell is called."""
    block, levels = places.blocks[node], OnSheet(places.sheets["levels"])
    mine: Sequence[Condition] = [each for each in places.conditions if each.node == node]
    first, last = mine[0].row, mine[-1].row
    names = levels.down(LEVEL_NAME, first, last, at=block.sheet)
    numbers = levels.down(LEVEL, first, last, at=block.sheet)
    return f"IFERROR(INDEX({names},MATCH({level},{numbers},0)),{text('')})"

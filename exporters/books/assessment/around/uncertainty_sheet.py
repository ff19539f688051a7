"""How certain ranks and scores are: what the simulated runs gave each unit, and each pair of units."""

from typing import Final

from exporters.book import Area, Cell, Colour, ColourScale, DataBar, Look, Sheet, Tone
from exporters.books.assessment.addresses import FIRST
from exporters.books.assessment.around.scene import Scene, heads, number
from exporters.books.assessment.around.words import SHEETS
from exporters.books.assessment.unit_rows import unit_widths

SPREAD_FIRST: Final = 5
"""The row of the first unit."""
SPREAD_COLUMNS: Final = (
    "key",
    "unit",
    "score",
    "rank",
    "rank_mean",
    "rank_median",
    "rank_low",
    "rank_high",
    "rank_width",
    "score_low",
    "score_high",
    "top",
)
MOST_PAIRS: Final = 80
"""Of more units nobody reads the pairs."""


def uncertainty_sheet(scene: Scene) -> Sheet:
    """A line a unit; a sentence where nothing was simulated."""
    name, facts = scene.names["uncertainty"], scene.contents.facts
    words = {key: both[scene.language] for key, both in SHEETS.items()}
    if not scene.around.spreads:
        told = Cell(words["no_spread"], Look.NOTE)
        return Sheet(name=name, rows=((scene.title("uncertainty"),), (told,)), widths=(80,))
    note = words["note_uncertainty"].format(
        draws=facts.draws, seed=facts.seed, run=facts.number, hash=facts.hash
    )
    lines = [_line(scene, index) for index in range(len(scene.contents.units))]
    rows = (
        (scene.title("uncertainty"),),
        (Cell(note, Look.NOTE),),
        (),
        heads(*(words[key] for key in SPREAD_COLUMNS)),
        *lines,
    )
    width, last = len(SPREAD_COLUMNS), SPREAD_FIRST + len(lines) - 1
    bars = Area.column(name, SPREAD_COLUMNS.index("rank_width") + 1, SPREAD_FIRST, last)
    return Sheet(
        name=name,
        rows=rows,
        widths=(*unit_widths(scene.contents, scene.language), *(12 for _ in SPREAD_COLUMNS[2:])),
        frozen=(SPREAD_FIRST - 1, 2),
        filtered=True,
        head_rows=SPREAD_FIRST - 1,
        landscape=True,
        tab=Colour.D4,
        marks=(DataBar(bars, least=0),),
        merged=(Area(name, 2, 1, 2, width),),
    )


def _line(scene: Scene, index: int) -> tuple[Cell, ...]:
    unit, root = scene.contents.units[index], scene.root
    row, line = FIRST + index, SPREAD_FIRST + index
    decimals = scene.decimals(scene.contents.root)
    own = unit.nodes[scene.contents.root]
    rank = own.told_rank
    begun = (
        Cell(unit.key),
        Cell(unit.named(scene.language), Look.LABEL),
        number(root.cell(root.score, row), own.score, Look.DECIMAL, decimals),
        number(root.cell(root.rank, row), rank, Look.INTEGER),
    )
    spread = scene.around.spreads.get(unit.key)
    if spread is None:
        return begun

    def told(value: float | None, look: Look = Look.DECIMAL, places: int | None = None) -> Cell:
        return Cell(value, look, places, Tone.SERVER)

    return (
        *begun,
        told(spread.rank_mean, places=1),
        told(spread.rank_median, places=1),
        told(spread.rank_low, places=1),
        told(spread.rank_high, places=1),
        number(f"H{line}-G{line}", spread.rank_high - spread.rank_low, Look.DECIMAL, 1),
        told(spread.score_low, places=decimals),
        told(spread.score_high, places=decimals),
        told(spread.top, Look.SHARE),
    )


def outranking_sheet(scene: Scene) -> Sheet | None:
    """Every unit beside every other, the best first; None where it was not simulated, or of too many."""
    shares, name = scene.around.outranking, scene.names["outranking"]
    if not shares or len(shares) > MOST_PAIRS:
        return None
    facts, units = scene.contents.facts, scene.contents.units
    words = {key: both[scene.language] for key, both in SHEETS.items()}
    places = {key: place for place, key in enumerate(shares)}
    order = [units[index] for index in scene.order if units[index].key in shares]
    note = words["note_outranking"].format(run=facts.number, hash=facts.hash)
    rows: list[tuple[Cell, ...]] = [
        (scene.title("outranking"),),
        (Cell(note, Look.NOTE),),
        (),
        heads(words["order"], words["unit"], *(str(place + 1) for place in range(len(order)))),
    ]
    for place, unit in enumerate(order):
        own = shares[unit.key]
        rows.append(
            (
                Cell(place + 1, Look.INTEGER),
                Cell(unit.named(scene.language), Look.LABEL),
                *(
                    Cell(own[places[other.key]], Look.DECIMAL, 2, Tone.PLAIN)
                    if other is not unit
                    else Cell(None)
                    for other in order
                ),
            )
        )
    grid = Area(name, SPREAD_FIRST, 3, SPREAD_FIRST + len(order) - 1, 2 + len(order))
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=(6, unit_widths(scene.contents, scene.language)[1], *(6 for _ in order)),
        frozen=(SPREAD_FIRST - 1, 2),
        landscape=True,
        tab=Colour.D4,
        marks=(ColourScale(grid, Colour.PAPER, Colour.SEQ_3, 0.0, 1.0),),
        merged=(Area(name, 2, 1, 2, min(20, 2 + len(order))),),
    )

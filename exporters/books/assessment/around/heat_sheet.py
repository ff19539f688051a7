"""The heat map: every unit by the index, its nodes and its indicators, shaded by what each can be."""

from typing import Final

from exporters.book import Area, Cell, Colour, ColourScale, Look, Paper, Sheet
from exporters.books.assessment.addresses import FIRST
from exporters.books.assessment.around.scene import Scene, heads, number
from exporters.books.assessment.around.words import SHEETS
from exporters.books.assessment.results import Value
from exporters.books.assessment.unit_rows import unit_widths

HEAT_FIRST: Final = 6
"""The row of the first unit."""
ON_A4: Final = 16
"""So many columns are read on A4."""


def heat_sheet(scene: Scene) -> Sheet:
    """Live references to scores and normalised values."""
    contents, name = scene.contents, scene.names["heat"]
    words = {key: both[scene.language] for key, both in SHEETS.items()}
    nodes = [node.code for node in scene.nodes()]
    columns = [*nodes, *contents.indicators]
    codes = tuple(Cell(code, Look.NOTE) for code in columns)
    named = (scene.name_of(code) for code in columns)
    rows: list[tuple[Cell, ...]] = [
        (scene.title("heat"),),
        (Cell(words["note_heat"], Look.NOTE),),
        (),
        (Cell(), Cell(), *codes),
        heads(words["key"], words["unit"], *named),
    ]
    for index, unit in enumerate(contents.units):
        cells = (_cell(scene, code, index) for code in columns)
        rows.append((Cell(unit.key), Cell(unit.named(scene.language), Look.LABEL), *cells))
    last = HEAT_FIRST + len(contents.units) - 1
    marks = []
    for place, code in enumerate(columns, start=3):
        low, high = scene.span(code)
        area = Area.column(name, place, HEAT_FIRST, last)
        marks.append(ColourScale(area, Colour.SEQ_0, Colour.SEQ_3, low, high))
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=(*unit_widths(contents, scene.language), *(15 for _ in columns)),
        frozen=(HEAT_FIRST - 1, 2),
        filtered=True,
        head_rows=HEAT_FIRST - 1,
        landscape=True,
        paper=Paper.A4 if len(columns) <= ON_A4 else Paper.A3,
        fitted=len(columns) <= 2 * ON_A4,
        tab=Colour.ACCENT,
        marks=tuple(marks),
        merged=(Area(name, 2, 1, 2, min(8, 2 + len(columns))),),
    )


def _cell(scene: Scene, code: str, index: int) -> Cell:
    row, decimals = FIRST + index, scene.decimals(code)
    if code in scene.places.blocks:
        block = scene.places.blocks[code]
        stored: Value = scene.contents.units[index].nodes[code].score
        return number(block.cell(block.score, row), stored, Look.DECIMAL, decimals)
    formula = scene.places.normalised.of(code, row)
    return number(formula, scene.contents.normalised[code][index], Look.DECIMAL, decimals)

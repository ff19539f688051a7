"""On which side of their cells texts stand: figures on the right, with their headings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import Enum, auto

from exporters.book.cells import DECIMALS, Cell, Formula, Look


class Side(Enum):
    """Where the text of a cell stands. PLAIN is what the program does by itself."""

    PLAIN = auto()
    RIGHT = auto()


def sided(rows: Sequence[Sequence[Cell]]) -> list[list[tuple[Cell, Side]]]:
    """The rows with the side of each cell. Figures, what stands in place of one and the headings of
    columns that mostly hold figures are on the right; a text behind a figure is moved away from it."""
    below: Counter[int] = Counter()
    """By column, how many more figures than texts stand below."""
    found = []
    for row in reversed(rows):
        sides = [_side(cell, below[index] > 0) for index, cell in enumerate(row)]
        found.append(_apart(row, sides))
        for index, cell in enumerate(row):
            if cell.look is Look.HEAD:
                below[index] = 0
            elif sides[index] is Side.RIGHT:
                below[index] += 1
            elif cell.value is not None:
                below[index] -= 1
    return found[::-1]


def is_figure(cell: Cell) -> bool:
    """Whether the cell is one for figures or days, whatever stands there instead."""
    if cell.look in DECIMALS:
        return cell.look is not Look.FIGURE
    held = cell.value.value if isinstance(cell.value, Formula) else cell.value
    return cell.look in {Look.DATE, Look.MOMENT} or (
        isinstance(held, int | float | date) and not isinstance(held, bool)
    )


def _side(cell: Cell, over_figures: bool) -> Side:  # noqa: FBT001
    right = over_figures if cell.look is Look.HEAD else is_figure(cell)
    return Side.RIGHT if right else Side.PLAIN


def _apart(row: Sequence[Cell], sides: Sequence[Side]) -> list[tuple[Cell, Side]]:
    made = []
    for index, (cell, side) in enumerate(zip(row, sides, strict=True)):
        crowded = (
            index > 0
            and side is Side.PLAIN
            and sides[index - 1] is Side.RIGHT
            and cell.value not in (None, "")
            and not cell.indent
            and cell.look is not Look.FIGURE
        )
        made.append((replace(cell, indent=1) if crowded else cell, side))
    return made

"""Cells, columns and blocks as formulas write them.

All sheets of units have their units in the same rows: the first in row ``FIRST``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from analytics.definitions.model import NodeDefinition
from exporters.book import column_letter
from exporters.book.areas import quoted

FIRST: Final = 8
"""The row of the first unit on every sheet of units."""
HEAD: Final = FIRST - 1
"""The row of the headings there, and on the sheets of scales, weights and levels."""
WEIGHT_LINE, SHARE_LINE, CODE_LINE = 4, 5, 6
"""Above the headings of a node's children: the weight used, its share; everywhere the code."""
KEY, NAME = 1, 2
"""The columns of the unit on every sheet of units."""
TYPE, BLOCK, RANKED = 3, 4, 5
"""The columns of the data sheet that say of what type a unit is, in which block, whether it is ranked."""


@dataclass(frozen=True, slots=True)
class OnSheet:
    """Cells of one sheet as formulas write them; ``at`` is the sheet of the formula, which does not name
    itself."""

    sheet: str

    def cell(self, column: int, row: int, *, at: str = "", fixed: bool = False) -> str:
        """One cell."""
        letter = column_letter(column)
        return self._before(at) + (f"${letter}${row}" if fixed else f"{letter}{row}")

    def down(self, column: int, first: int, last: int, *, at: str = "") -> str:
        """A part of one column."""
        letter = column_letter(column)
        return f"{self._before(at)}${letter}${first}:${letter}${last}"

    def across(self, row: int, first: int, last: int, *, at: str = "", fixed: bool = False) -> str:
        """A part of one row."""
        left, right, mark = column_letter(first), column_letter(last), "$" * fixed
        return f"{self._before(at)}{mark}{left}{mark}{row}:{mark}{right}{mark}{row}"

    def _before(self, at: str) -> str:
        return "" if at == self.sheet else _outside(self.sheet)


@cache
def _outside(sheet: str) -> str:
    return f"{quoted(sheet)}!"


@dataclass(frozen=True, slots=True)
class Columns(OnSheet):
    """A sheet of units: which indicator stands in which column."""

    columns: Mapping[str, int]
    last: int
    """The row of the last unit."""

    def of(self, code: str, row: int, *, at: str = "") -> str:
        """The cell of a unit's row."""
        return self.cell(self.columns[code], row, at=at)

    def all(self, code: str, *, at: str = "") -> str:
        """The cells of all units."""
        return self.down(self.columns[code], FIRST, self.last, at=at)


@dataclass(frozen=True, slots=True)
class Block(OnSheet):
    """The columns of one node: what a unit has on it, its children, and what is made of each child
    first. A column that the node does not need is 0.

    ``basis`` is the score to 12 digits, by which units are ranked and levels cut; ``judged`` the same
    of the score's share of the node's maximum; ``digits`` the children to 12 digits; ``terms`` their
    logarithms, inverses, powers or ranks.
    """

    node: NodeDefinition
    last: int
    score: int
    coverage: int
    rank: int
    level: int
    basis: int
    judged: int
    children: int
    digits: int
    terms: int

    @property
    def width(self) -> int:
        """How many children there are."""
        return len(self.node.children)

    def values(self, row: int) -> str:
        """The children of a unit."""
        return self._side_by_side(self.children, row)

    def known(self, row: int) -> str:
        """The children of a unit to 12 digits."""
        return self._side_by_side(self.digits, row)

    def made(self, row: int) -> str:
        """What was made of each child of a unit."""
        return self._side_by_side(self.terms, row)

    def weights(self) -> str:
        """What the children weigh."""
        return self._side_by_side(self.children, WEIGHT_LINE, fixed=True)

    def all(self, column: int, *, at: str = "") -> str:
        """One of its columns over all units."""
        return self.down(column, FIRST, self.last, at=at)

    def _side_by_side(self, first: int, row: int, *, fixed: bool = False) -> str:
        return self.across(row, first, first + self.width - 1, at=self.sheet, fixed=fixed)

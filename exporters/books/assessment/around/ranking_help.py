"""The columns of help behind the ranking: what to choose from, who stands where, and bars of ranks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from exporters.book import Area, Cell, Formula, Look, Tone, column_letter
from exporters.books.assessment.addresses import FIRST
from exporters.books.assessment.around.scene import Scene

HEAD_ROW: Final = 4
TOP: Final = HEAD_ROW + 1
"""The row of the first unit."""
CHOICE, OWN, LINE, FROM, PLACES = range(1, 6)
"""Columns, counted from behind the table: the names to choose from and each unit's number, in the
order of the other sheets; where the unit of this line stands there; where its bar of ranks begins, half a
rank before the first, and over how many ranks it goes."""
CHOICE_WIDTH, WIDTH = 44, 12


@dataclass(frozen=True)
class Help:
    """Where they stand, and what. ``before`` is the column in front of them; ``keys`` are columns of the table by name."""

    scene: Scene
    sheet: str
    before: int
    keys: Mapping[str, int]

    @cached_property
    def has_intervals(self) -> bool:
        """Whether ranks were simulated, and came out otherwise for some unit."""
        units = self.scene.contents.units
        return "rank_width" in self.keys and any(unit.rank_low != unit.rank_high for unit in units)

    @property
    def heads(self) -> tuple[str, ...]:
        """The words over them, by key."""
        bars = ("bar_from", "bar_places") if self.has_intervals else ()
        return ("choice", "own_order", "position", *bars)

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide they are."""
        return (CHOICE_WIDTH, *(WIDTH for _ in self.heads[1:]))

    def area(self, column: int, count: int) -> Area:
        """A column over so many lines."""
        return Area.column(self.sheet, self.before + column, TOP, TOP + count - 1)

    def head(self, column: int) -> Area:
        """The heading of a column."""
        return Area.cell(self.sheet, HEAD_ROW, self.before + column)

    def cells(self, line: int) -> Iterator[Cell]:
        """The cells of a line, which is also the number of a unit."""
        order = self.scene.order
        yield Cell(self.scene.labels[line], tone=Tone.MUTED)
        yield _helping(self._own(line), self.scene.places_in_order.get(line))
        everyone = self.area(OWN, len(self.scene.contents.units)).absolute
        at = order[line] + 1 if line < len(order) else None
        yield _helping(f'IFERROR(MATCH({line + 1},{everyone},0),"")', at)
        if self.has_intervals:
            yield from self._bar(line)

    def _own(self, line: int) -> str:
        """In which line a unit stands: behind those with more, and those before it with as much."""
        root = self.scene.root
        own = root.cell(root.basis, FIRST + line)
        everyone = root.all(root.basis)
        before = root.down(root.basis, FIRST, FIRST + line)
        return (
            f"IF(ISNUMBER({own}),SUMPRODUCT(ISNUMBER({everyone})*({everyone}>{own}))"
            f'+SUMPRODUCT(ISNUMBER({before})*({before}={own})),"")'
        )

    def _bar(self, line: int) -> Iterator[Cell]:
        low, high = (
            f"{column_letter(self.keys[key])}{TOP + line}" for key in ("rank_low", "rank_high")
        )
        known = f"AND(ISNUMBER({low}),ISNUMBER({high}))"
        first, last = self._ends(line)
        begun = None if first is None else first - 0.5
        wide = None if first is None or last is None else last - first + 1
        yield _helping(f'IF({known},{low}-0.5,"")', begun)
        yield _helping(f'IF({known},{high}-{low}+1,"")', wide)

    def _ends(self, line: int) -> tuple[float | None, float | None]:
        order = self.scene.order
        if line >= len(order):
            return None, None
        unit = self.scene.contents.units[order[line]]
        return unit.rank_low, unit.rank_high


def _helping(formula: str, value: float | None) -> Cell:
    return Cell(Formula(formula, value), Look.INTEGER, tone=Tone.MUTED)

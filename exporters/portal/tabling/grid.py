"""A table as it is laid out: blocks of rows, each cell a figure or hidden."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analytics.explorer.asking import Dimension, Scope
from exporters.portal.enums import OF_NUMBERS, Measure
from exporters.portal.tabling.figures import Figure, Figures, figures_of
from exporters.portal.tabling.wanted import Wanted, asking_of
from surveys.engine import text_in


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: what the table's measure says, and how many agencies stand behind it. ``at`` is where it
    stands, by dimension; what is not named there is all of it."""

    value: Figure
    n: Figure
    at: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its label, its cells, and how many agencies stand behind all of it."""

    label: str
    cells: tuple[GridCell, ...]
    n: Figure
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one value of the outer dimension or the layer; ``title`` is "" where there is none."""

    title: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole table. ``columns`` are the heads over the cells; ``corner`` is what the rows are."""

    wanted: Wanted
    corner: str
    spanning: str
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def shows_n(self) -> bool:
        """Whether the number behind a row is told beside its cells."""
        if self.is_of_numbers:
            return not self.wanted.cols
        return bool(self.wanted.cols) or self.wanted.measure is not Measure.COUNT

    @property
    def is_of_numbers(self) -> bool:
        """Whether cells are means or sums, each over other agencies."""
        return self.wanted.measure in OF_NUMBERS

    @property
    def is_share(self) -> bool:
        """Whether cells are percentages."""
        return self.wanted.measure in {Measure.ROW, Measure.COLUMN}

    @property
    def cells(self) -> Iterator[GridCell]:
        """Every cell."""
        for block in self.blocks:
            for row in block.rows:
                yield from row.cells

    @property
    def hidden(self) -> int:
        """How many cells are not shown."""
        return sum(each.value.is_hidden for each in self.cells)


def grid_of(wanted: Wanted, stored: Mapping[str, Any], scope: Scope) -> Grid:
    """The table of a result that was not refused."""
    figures = figures_of(asking_of(wanted, scope), stored)
    inner = scope.dimensions[wanted.rows[-1]]
    columns = scope.dimensions[wanted.cols] if wanted.cols else None
    return Grid(
        wanted=wanted,
        corner=inner.label,
        spanning=columns.label if columns else "",
        columns=tuple(word for _c, word in columns.values)
        if columns
        else (measured(wanted, scope),),
        blocks=tuple(_blocks(wanted, figures, scope, inner)),
    )


def measured(wanted: Wanted, scope: Scope) -> str:
    """What cells say, with the unit of the number that they are means or sums of; the head over the
    cells of a table without columns."""
    if wanted.measure not in OF_NUMBERS:
        return str(wanted.measure.label)
    word = _("Mean") if wanted.measure is Measure.MEAN else _("Sum")
    unit = text_in(scope.items[wanted.of].variable.unit, get_language() or "vi")
    return f"{word} ({unit})" if unit else word


def _blocks(wanted: Wanted, figures: Figures, scope: Scope, inner: Dimension) -> Iterator[Block]:
    """One block for each value of the layer and of the outer rows; blocks of nobody are left out."""
    codes = [code for code in (wanted.layer, *wanted.rows[:-1]) if code]
    values = [scope.dimensions[code].values for code in codes]
    for chosen in product(*values):
        at = {code: value for code, (value, _word) in zip(codes, chosen, strict=True)}
        words = [
            f"{scope.dimensions[code].label}: {word}"
            for code, (_value, word) in zip(codes, chosen, strict=True)
        ]
        rows = tuple(_rows(wanted, figures, inner, at, scope))
        if rows:
            yield Block("; ".join(words), rows)


def _rows(
    wanted: Wanted, figures: Figures, inner: Dimension, at: Mapping[str, str], scope: Scope
) -> Iterator[GridRow]:
    """The rows of one block, those of nobody left out, and all of them together."""
    rows = [
        _row(wanted, figures, word, {**at, inner.code: code}, scope) for code, word in inner.values
    ]
    seen = [each for each in rows if each.n.is_hidden or each.n.value]
    yield from seen
    if seen and wanted.measure not in OF_NUMBERS:
        yield _row(wanted, figures, _("All"), at, scope, is_total=True)


def _row(
    wanted: Wanted,
    figures: Figures,
    label: str,
    at: Mapping[str, str],
    scope: Scope,
    *,
    is_total: bool = False,
) -> GridRow:
    places: Sequence[Mapping[str, str]] = [at]
    if wanted.cols:
        values = scope.dimensions[wanted.cols].values
        places = [{**at, wanted.cols: code} for code, _word in values]
    cells = tuple(
        GridCell(_value(wanted, figures, place), figures.count(place), place) for place in places
    )
    n = _sum_of(cells) if wanted.measure in OF_NUMBERS else figures.count(at)
    return GridRow(label, cells, n, is_total)


def _sum_of(cells: Sequence[GridCell]) -> Figure:
    """How many stand behind cells that no agency shares; hidden where one of them is."""
    if any(each.n.is_hidden for each in cells):
        return Figure(None, is_hidden=True)
    return Figure(sum(each.n.value or 0 for each in cells))


def _value(wanted: Wanted, figures: Figures, at: Mapping[str, str]) -> Figure:
    match wanted.measure:
        case Measure.MEAN:
            return figures.mean(at)
        case Measure.SUM:
            return figures.sum(at)
        case Measure.COUNT:
            return figures.count(at)
        case Measure.ROW if wanted.cols:
            return figures.count(at).of(figures.count(_without(at, wanted.cols)))
    return figures.count(at).of(figures.count(_without(at, wanted.rows[-1])))


def _without(at: Mapping[str, str], code: str) -> dict[str, str]:
    return {name: value for name, value in at.items() if name != code}

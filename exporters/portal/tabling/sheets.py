"""The table as a designed workbook: the table as it is laid out, and where it comes from."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from exporters.book import Book, Cell, Look, Sheet
from exporters.order import Order
from exporters.portal.tabling.figures import Figure
from exporters.portal.tabling.grid import Grid, GridRow
from exporters.portal.tabling.provenance import Fact


def book_of(
    order: Order, grid: Grid, title: str, facts: Sequence[Fact], rules: Sequence[str]
) -> Book:
    """Two sheets; figures are numbers, hidden cells the same words."""
    return Book(
        title=title,
        creator=_("Digital Survey"),
        made_at=order.as_of,
        sheets=(_table(grid, title), _source(facts, rules)),
    )


def _table(grid: Grid, title: str) -> Sheet:
    heads = [grid.corner, *grid.columns, *(["n"] if grid.shows_n else [])]
    rows = [
        (Cell(title, Look.TITLE),),
        (Cell(str(grid.wanted.measure.label), Look.NOTE),),
        tuple(Cell(text, Look.HEAD) for text in heads),
        *_rows(grid),
    ]
    return Sheet(
        name=_("Table"),
        rows=tuple(rows),
        frozen=(3, 1),
        head_rows=3,
        landscape=len(heads) > 6,
    )


def _rows(grid: Grid) -> Iterator[tuple[Cell, ...]]:
    for block in grid.blocks:
        if block.title:
            yield (Cell(block.title, Look.LABEL),)
        for row in block.rows:
            yield _row(row, grid)


def _row(row: GridRow, grid: Grid) -> tuple[Cell, ...]:
    look = Look.DECIMAL if grid.is_share or grid.is_of_numbers else Look.INTEGER
    count = (_figure(row.n, Look.INTEGER),) if grid.shows_n else ()
    cells = (_figure(cell.value, look) for cell in row.cells)
    return (Cell(row.label, Look.LABEL), *cells, *count)


def _figure(figure: Figure, look: Look) -> Cell:
    if figure.is_hidden:
        return Cell(_("not shown"), Look.NOTE)
    if figure.value is None:
        return Cell(None)
    return Cell(round(figure.value) if look is Look.INTEGER else figure.value, look)


def _source(facts: Sequence[Fact], rules: Sequence[str]) -> Sheet:
    rows = [
        *((Cell(label, Look.LABEL), Cell(text)) for label, text in facts),
        (),
        (Cell(_("How respondents are protected"), Look.LABEL),),
        *((Cell(None), Cell(rule)) for rule in rules),
    ]
    return Sheet(name=_("Source"), rows=tuple(rows), widths=(30, 90))

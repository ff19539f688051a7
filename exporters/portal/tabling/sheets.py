"""The table as a designed workbook: the table as it is laid out, and where it comes from."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from exporters.book import Area, Book, Cell, Look, Sheet
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
    counted = ["n"] if grid.shows_n else []
    heads = [grid.corner, *grid.columns, *counted]
    above = (
        (Cell(title, Look.TITLE),),
        (Cell(str(grid.wanted.measure.label), Look.NOTE),),
        *_spanning(grid, behind=len(counted)),
        tuple(Cell(text, Look.HEAD) for text in heads),
    )
    return Sheet(
        name=_("Table"),
        rows=(*above, *_rows(grid)),
        frozen=(len(above), 1),
        head_rows=len(above),
        landscape=len(heads) > 6,
        merged=_merged(grid, row=len(above) - 1),
    )


def _spanning(grid: Grid, *, behind: int) -> Iterator[tuple[Cell, ...]]:
    """What the columns are of, over all of them."""
    if grid.spanning:
        blank = Cell(None, Look.HEAD)
        rest = (blank,) * (len(grid.columns) - 1 + behind)
        yield (blank, Cell(grid.spanning, Look.HEAD), *rest)


def _merged(grid: Grid, *, row: int) -> tuple[Area, ...]:
    if not grid.spanning or len(grid.columns) < 2:
        return ()
    return (Area(_("Table"), row, 2, row, 1 + len(grid.columns)),)


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

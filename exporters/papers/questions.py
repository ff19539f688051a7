"""Every question of a round with its figure, as its report page shows it to the audience."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from analytics.explorer.asking import Asking
from analytics.explorer.items import Item
from analytics.explorer.showing import Figure, FigureTable, Shown, figure_of
from exporters.papers.report import Bar, Bars, Block, Facts, Grid, Heading, Lines, grid, small
from surveys.engine import text_in

BARS: Final = {"bars", "histogram"}
MOST_HEADS: Final = 9
"""More columns do not fit a page upright; they are in the data."""
MOST_ROWS: Final = 40

Results = Mapping[str, Mapping[str, Any]]


def question_blocks(items: Mapping[str, Item], results: Results, language: str) -> Iterator[Block]:
    """The questions by section, each with its statement, chart, base and notes. The language is the
    active one; what has no stored result is left out."""
    section = ""
    for item in items.values():
        if not item.listed or item.name not in results:
            continue
        title = text_in(item.section, language)
        if title and title != section:
            section = title
            yield Heading(title, 2)
        yield Heading(item.title(language), 3)
        figure = figure_of(Shown(item, Asking(item.name), language), results[item.name])
        yield from _figure(figure)


def _figure(figure: Figure) -> Iterator[Block]:
    if figure.statement:
        yield Lines((figure.statement,))
    drawn = {each.table: each for each in figure.charts if each.kind in BARS}
    for table in figure.tables:
        chart = drawn.get(table.key)
        if chart is not None:
            yield _bars(table, chart.columns[0], chart.unit, chart.maximum)
        elif table.rows and len(table.heads) <= MOST_HEADS:
            yield _grid(table)
        yield small(*table.notes)
    if figure.facts:
        yield Facts(figure.facts)
    yield small(*figure.notes)


def _bars(table: FigureTable, column: int, unit: str, maximum: int | None) -> Bars:
    """The rows of a table as bars; what is hidden says so and has none."""
    cells = [(row.label, row.cells[column - 1], row.cells[0]) for row in table.rows[:MOST_ROWS]]
    values = [cell.value for _label, cell, _count in cells if cell.value is not None]
    top = maximum or max(values, default=0) or 1
    return Bars(
        tuple(
            Bar(
                label,
                f"{cell.text} {unit}".strip()
                + (f" ({count.text})" if unit and count is not cell else ""),
                None if cell.value is None else min(1.0, max(0.0, cell.value / top)),
            )
            for label, cell, count in cells
        )
    )


def _grid(table: FigureTable) -> Grid:
    rows = [(row.label, *(cell.text for cell in row.cells)) for row in table.rows[:MOST_ROWS]]
    others = len(table.heads) - 1
    return grid(table.heads, rows, (2.6, *(1.0 for _each in range(others))))

"""Charts as plain data: every figure of a chart is a reference to cells."""

from dataclasses import dataclass
from enum import StrEnum

from exporters.book.areas import Area
from exporters.book.colours import Colour


class ChartKind(StrEnum):
    """BARS lie, the first category on top; COLUMNS stand. STACKED and STACKED_COLUMNS add up."""

    BARS = "bars"
    STACKED = "stacked"
    COLUMNS = "columns"
    STACKED_COLUMNS = "stacked_columns"
    LINE = "line"
    SCATTER = "scatter"
    RADAR = "radar"


@dataclass(frozen=True, slots=True)
class Errors:
    """Whiskers: how far down and up from each value, as cells."""

    down: Area
    up: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values with a label (a cell, or words) and, in a scatter, their places on the other axis.

    ``colours`` are those of single points, by their place in the series. A series that is not drawn
    only carries what is stacked upon it.
    """

    label: Area | str
    values: Area
    colour: Colour
    across: Area | None = None
    errors: Errors | None = None
    dashed: bool = False
    drawn: bool = True
    colours: tuple[Colour, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart with its upper left corner at ``row`` and ``column``; sizes in centimetres.

    ``alt`` says in words what the chart shows, for who does not see it. ``span`` are the ends of the
    axis of values; None lets the program choose them. ``shares`` are told as percentages. ``labelled``
    writes each value beside its bar.
    """

    kind: ChartKind
    title: str
    alt: str
    series: tuple[Series, ...]
    categories: Area | None = None
    row: int = 1
    column: int = 1
    width: float = 16.0
    height: float = 9.0
    category_title: str = ""
    value_title: str = ""
    span: tuple[float | None, float | None] = (None, None)
    decimals: int = 1
    shares: bool = False
    legend: bool = True
    labelled: bool = False

    def areas(self) -> tuple[Area, ...]:
        """All cells that the chart refers to."""
        found: list[Area | str | None] = [self.categories]
        for one in self.series:
            found += [one.label, one.values, one.across]
            if one.errors is not None:
                found += [one.errors.down, one.errors.up]
        return tuple(area for area in found if isinstance(area, Area))

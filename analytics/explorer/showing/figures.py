"""What a figure is made of, ready for a template: every number is a text already."""

from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from surveys.templatetags.ks import vn_number, vn_percent

NOTHING: Final = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, and its number for the chart (None: nothing to draw).

    ``mark`` is a plus or a minus where more or fewer stand here than expected. A hidden cell looks the same
    whatever is hidden.
    """

    text: str
    value: float | None = None
    mark: str = ""
    is_hidden: bool = False
    is_faint: bool = False

    @property
    def plain(self) -> str:
        """The number as a chart reads it."""
        return "" if self.value is None else f"{self.value:.10g}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``url`` leads further, ``short`` is its name where there is little room."""

    label: str
    cells: tuple[Cell, ...]
    url: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table with its heads, the first above the labels of the rows."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    foot: tuple[Row, ...] = ()
    hint: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table: its kind in charts.js, the columns it draws (the labels are 0), its unit."""

    kind: str
    table: str
    columns: tuple[int, ...] = ()
    unit: str = ""
    maximum: int | None = None
    statement: str = ""
    size: str = ""

    @property
    def drawn(self) -> str:
        """The columns as an attribute."""
        return ",".join(map(str, self.columns))


@dataclass(frozen=True, slots=True)
class Figure:
    """All that is shown of a question."""

    statement: str
    charts: tuple[Chart, ...] = ()
    tables: tuple[FigureTable, ...] = ()
    notes: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = field(default=())
    outliers: tuple[Row, ...] = ()


def share_cell(value: float | None, *, hidden: bool = False, mark: str = "") -> Cell:
    """A share of 0..1 as percent, its number in percent."""
    if hidden:
        return hidden_cell()
    if value is None:
        return Cell(NOTHING)
    percent = 100 * value
    return Cell(vn_number(round(percent, 1), 1), percent, mark, is_faint=percent == 0)


def count_cell(value: float | None, *, hidden: bool = False, mark: str = "") -> Cell:
    """A count, whole where it is one."""
    return hidden_cell() if hidden else number_cell(value, mark=mark)


def number_cell(value: float | None, *, mark: str = "") -> Cell:
    """Any number, with two decimals at most."""
    if value is None:
        return Cell(NOTHING)
    return Cell(number(value), value, mark, is_faint=value == 0)


def hidden_cell() -> Cell:
    """A cell that is not shown."""
    return Cell(_("not shown"), None, is_hidden=True)


def number(value: float | None) -> str:
    """A number in the reader's way, with two decimals at most."""
    if value is None:
        return NOTHING
    rounded = round(value, 2)
    return vn_number(int(rounded) if float(rounded).is_integer() else rounded)


def percent(value: float | None) -> str:
    """A share of 0..1 in percent, with one decimal."""
    return NOTHING if value is None else vn_percent(100 * value, 1)

"""What is laid over the cells of a sheet: conditional formats and validations.

A colour never is the only carrier: the figure or word that it stands for is in the cell.
"""

from dataclasses import dataclass

from exporters.book.areas import Area
from exporters.book.colours import Colour, Shade


@dataclass(frozen=True, slots=True)
class ColourScale:
    """Grounds between two colours, by the figures. Ends that are None are the least and the most."""

    area: Area
    low: Colour = Colour.PAPER
    high: Colour = Colour.SEQ_3
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class DataBar:
    """A bar behind each figure. Ends that are None are the least and the most."""

    area: Area
    colour: Colour = Colour.ACCENT_LINE
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Painted:
    """Cells for which ``formula`` holds get the shade; it is written for the first cell of the area."""

    area: Area
    formula: str
    shade: Shade
    bold: bool = False


Mark = ColourScale | DataBar | Painted


@dataclass(frozen=True, slots=True)
class Choices:
    """The cells take one of the values that stand in ``source``, offered as a drop-down list."""

    area: Area
    source: Area | str | tuple[str, ...]
    """An area, the name of one, or the texts themselves."""
    title: str = ""
    prompt: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The cells take a number between ``least`` and ``most`` (None: no end)."""

    area: Area
    least: float | None = 0.0
    most: float | None = None
    title: str = ""
    prompt: str = ""
    error: str = ""


Validation = Choices | Bounds

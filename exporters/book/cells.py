"""Cells: a value, how it looks, what can be done with it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

Scalar = str | int | Decimal | float | date | datetime | bool | None


class Look(StrEnum):
    """How a cell looks; each format decides how to draw it.

    PERCENT is a figure that already is a percentage (69.6); SHARE is one that is not (0.696 is shown as
    69.6%). CHANGE shows its sign. FIGURE is the large figure of a card, CAPTION the words below it.
    """

    TEXT = "text"
    TITLE = "title"
    SUBTITLE = "subtitle"
    HEAD = "head"
    LABEL = "label"
    NOTE = "note"
    CAPTION = "caption"
    LINK = "link"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    SHARE = "share"
    CHANGE = "change"
    FIGURE = "figure"
    DATE = "date"
    MOMENT = "moment"


class Tone(StrEnum):
    """What a cell is beside its look.

    INPUT is meant to be changed, and stays open where the sheet is locked; SERVER was computed by the
    server and is no formula here; GOOD and BAD judge.
    """

    PLAIN = "plain"
    INPUT = "input"
    SERVER = "server"
    TOTAL = "total"
    MUTED = "muted"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula (without ``=``) and the value that the server computed for it.

    The value is written as the cell's cached value, so that a reader that does not recalculate shows
    the right figure. None stands for an empty text.
    """

    text: str
    value: int | float | Decimal | str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the same workbook."""

    sheet: str
    row: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. Text is always text, whatever it starts with.

    ``decimals`` overrides those of the look. ``note`` is a comment on the cell; nothing may stand only
    there. ``link`` leads to a place of the same workbook, never out of it.
    """

    value: Scalar | Formula = None
    look: Look = Look.TEXT
    decimals: int | None = None
    tone: Tone = Tone.PLAIN
    note: str = ""
    link: Link | None = None
    indent: int = 0


DECIMALS: Final = {
    Look.INTEGER: 0,
    Look.DECIMAL: 2,
    Look.PERCENT: 1,
    Look.SHARE: 1,
    Look.CHANGE: 1,
    Look.FIGURE: 1,
}
"""How many decimals a number of a look has, where its cell says nothing else."""


def decimals_of(cell: Cell) -> int | None:
    """How many decimals the number of a cell is shown with; None where the look is no number's."""
    if cell.look not in DECIMALS:
        return None
    return DECIMALS[cell.look] if cell.decimals is None else cell.decimals


def shown_width(cell: Cell) -> str:
    """The widest text that the cell can show, for the measure of its column."""
    value = cell.value.value if isinstance(cell.value, Formula) else cell.value
    match value:
        case None:
            return ""
        case str():
            return value
        case datetime():
            return "00:00 00/00/0000"
        case date():
            return "00/00/0000"
        case _:
            return _number(cell, float(value))


def _number(cell: Cell, value: float) -> str:
    decimals = decimals_of(cell)
    if decimals is None:
        return str(value)
    shown = value * 100 if cell.look is Look.SHARE else value
    sign = "+" if cell.look is Look.CHANGE else ""
    return f"{sign}{shown:,.{decimals}f}{'%' if cell.look is Look.SHARE else ''}"

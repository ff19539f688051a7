"""A workbook as plain data: what a writer writes, without a file library."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Scalar = str | int | Decimal | float | date | datetime | bool | None


class Look(StrEnum):
    """How a cell looks; each format decides how to draw it."""

    TEXT = "text"
    TITLE = "title"
    HEAD = "head"
    LABEL = "label"
    NOTE = "note"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula (without ``=``) and the value that the server computed for it.

    The value is written as the cell's cached value, so that a reader that does not recalculate shows
    the right figure. None stands for an empty text.
    """

    text: str
    value: int | float | Decimal | str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. Text is always text, whatever it starts with."""

    value: Scalar | Formula = None
    look: Look = Look.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells; ``frozen`` rows and columns stay in sight; widths are in characters.

    A ``fitted`` sheet is printed one page wide; others run over several pages.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    frozen: tuple[int, int] = (0, 0)
    filtered: bool = False
    head_rows: int = 1
    landscape: bool = False
    fitted: bool = True


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook. ``made_at`` (aware) goes into the file's properties instead of the clock."""

    title: str
    creator: str
    made_at: datetime
    sheets: tuple[Sheet, ...] = field(default=())

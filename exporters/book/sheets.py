"""Sheets and the workbook that they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from exporters.book.areas import Area
from exporters.book.cells import Cell
from exporters.book.charts import Chart
from exporters.book.colours import Colour
from exporters.book.marks import Mark, Validation
from exporters.book.names import Name


class Paper(StrEnum):
    """What a sheet is printed on."""

    A4 = "A4"
    A3 = "A3"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells; ``frozen`` rows and columns stay in sight; widths are in characters.

    ``widths`` that are missing or ``MEASURED`` are measured by the text. A sheet that is not ``landscape``
    or on ``paper`` that is too small for it is printed on a larger one. A ``fitted`` sheet is always one
    page wide; a very wide one that is not runs over several side by side. ``head_rows`` are printed on every
    page where rows are frozen; ``filtered`` filters below the last of them, as far as ``filter_columns``
    says (else all). ``merged`` areas hold titles only; a note that is alone in its row flows over the
    columns behind it. A ``locked`` sheet opens its INPUT cells only; there is no password: it keeps from
    mishaps, not from people. ``printed`` is the part that goes on paper (else all); new pages begin after
    the rows ``breaks``. A sheet of ``one_page`` is made as small as that takes.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    frozen: tuple[int, int] = (0, 0)
    filtered: bool = False
    head_rows: int = 1
    landscape: bool = False
    fitted: bool = True
    paper: Paper = Paper.A4
    tab: Colour | None = None
    marks: tuple[Mark, ...] = ()
    validations: tuple[Validation, ...] = ()
    charts: tuple[Chart, ...] = ()
    merged: tuple[Area, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    locked: bool = False
    lined: bool = True
    filter_columns: int | None = None
    printed: Area | None = None
    breaks: tuple[int, ...] = ()
    one_page: bool = False

    @property
    def width(self) -> int:
        """How many columns the longest row has."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook. ``made_at`` (aware) goes into the file's properties instead of the clock.

    ``mark`` stands at the foot of every printed page, such as the number and hash of a run;
    ``properties`` are further properties of the document, by name.
    """

    title: str
    creator: str
    made_at: datetime
    sheets: tuple[Sheet, ...] = field(default=())
    subject: str = ""
    keywords: tuple[str, ...] = ()
    description: str = ""
    language: str = ""
    mark: str = ""
    names: tuple[Name, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

"""On which paper a sheet is printed, and how small, by how wide its columns are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from exporters.book.sheets import Paper, Sheet

READABLE: Final = 0.6
"""Text of 10 points is still read at this scale; a sheet that would be smaller gets a larger paper."""
SMALLEST: Final = 0.45
"""Below this scale columns go on further pages, where the sheet may run over several."""
MARGINS: Final = 1.0
SIDES: Final = {Paper.A4: (8.27, 11.69), Paper.A3: (11.69, 16.54)}
"""The short and the long side, and both margins together, in inches."""
DIGIT, PADDING, DOTS = 7, 5, 96
"""The width of a digit and the padding of a column in dots, and dots to the inch."""
ROUNDING: Final = 0.84
"""Programs measure columns a little differently: what is scaled by hand keeps some room."""


@dataclass(frozen=True, slots=True)
class Page:
    """A paper, and either how many pages side by side or at which scale in per cent."""

    paper: Paper
    landscape: bool
    across: int = 1
    scale: int | None = None


def page_of(sheet: Sheet, widths: Sequence[int]) -> Page:
    """The page for columns of these widths in characters.

    The paper that the sheet asks for where text stays readable on it, else A4 across, else A3 across.
    A sheet with page breaks is scaled by hand, as programs ignore breaks on pages that they fit; one that goes on one page gets the page it asks for.
    """
    if sheet.one_page:
        return Page(sheet.paper, sheet.landscape)
    area = sheet.printed
    shown = widths[area.left - 1 : area.right] if area else widths
    wide = sum(width * DIGIT + PADDING for width in shown) / DOTS
    choices = (
        (sheet.paper, sheet.landscape),
        (sheet.paper, True),
        (Paper.A3, True),
    )
    paper, landscape = next(
        (each for each in choices if _inches(*each) >= wide * READABLE), choices[-1]
    )
    room = _inches(paper, landscape)
    if sheet.breaks:
        return Page(paper, landscape, scale=round(min(1.0, room / max(wide, 1.0)) * ROUNDING * 100))
    across = 1 if sheet.fitted else max(1, -(-round(wide * SMALLEST * 100) // round(room * 100)))
    return Page(paper, landscape, across)


def _inches(paper: Paper, landscape: bool) -> float:  # noqa: FBT001
    """How wide the part of a paper is that is printed on."""
    return SIDES[paper][landscape] - MARGINS

"""Widths of columns by the text that stands in them.

The unit is the one of spreadsheet programs: the width of a digit of the plain face. Letters are measured
in classes (narrow, plain, wide) of a grotesque such as Arial, which is close enough for a column.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from exporters.book.cells import Cell, Look, shown_width

MEASURED: Final = 0
"""A width of this is measured."""
LEAST: Final = 8
MOST: Final = 52
PADDING: Final = 2.0
FILTER: Final = 2.5
"""The arrow of a filter covers the end of its heading."""
_NARROW: Final = frozenset("iíìỉĩịjlI.,:;|! ()[]ftr-'")
_WIDE: Final = frozenset("mwMWOÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢQGĐ@%")
_LARGER: Final = {Look.TITLE: 0.0, Look.SUBTITLE: 0.0, Look.NOTE: 0.0, Look.FIGURE: 2.0}
"""Titles and notes flow over the cells beside them and do not widen a column."""


def text_width(text: str) -> float:
    """How many digits wide the widest line of a text is."""
    return max((_line(line) for line in text.split("\n")), default=0.0)


def fitted_widths(
    rows: Iterable[Sequence[Cell]], *, filtered: bool = False, least: int = LEAST, most: int = MOST
) -> tuple[int, ...]:
    """A width for each column: its widest text, between ``least`` and ``most`` characters.

    A heading may wrap, so only its widest word counts. Beyond ``most`` text wraps.
    """
    widths: list[float] = []
    for row in rows:
        widths += [0.0] * (len(row) - len(widths))
        for index, cell in enumerate(row):
            widths[index] = max(widths[index], _cell(cell, filtered=filtered))
    return tuple(max(least, min(most, round(width + PADDING))) for width in widths)


def _cell(cell: Cell, *, filtered: bool) -> float:
    text = shown_width(cell)
    if cell.look is Look.HEAD:
        words = max((_line(word) for word in text.split()), default=0.0)
        return words * 1.1 + (FILTER if filtered else 0.0)
    bold = 1.08 if cell.look is Look.LABEL else 1.0
    return text_width(text) * _LARGER.get(cell.look, bold) + cell.indent


def _line(text: str) -> float:
    return sum(0.55 if char in _NARROW else 1.45 if char in _WIDE else 1.0 for char in text)

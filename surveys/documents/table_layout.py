"""How a table fits on paper: upright, across, or in blocks of columns one below the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from surveys.documents.response import PaperColumn, PaperTable

UPRIGHT: Final = 160.0
"""Millimetres between the margins of the Decree, on A4."""
ACROSS: Final = 247.0
SIZES: Final = {False: (11.0, 10.0, 9.0), True: (11.0, 10.0, 9.0, 8.5, 8.0)}
"""Sizes of letters in points that are tried, upright and across; smaller ones are not read."""
BLOCKS_SIZE: Final = 9.0
"""Where columns must be parted anyway, the letters need not be small."""

_MM_PER_POINT: Final = 25.4 / 72
_WIDTH_OF_LETTER: Final = 0.54
_WIDTH_OF_DIGIT: Final = 0.5
_WIDTH_OF_POINT: Final = 0.28
"""In sizes of letters; a bold Vietnamese letter is a little wider than a digit."""
_PADDING: Final = 3.2
_LONGEST_WORD: Final = 14
_NARROWEST: Final = 9.0
_LABEL: Final = (14.0, 58.0)
_READ_AT: Final = 28
_LINES: Final = 0.7
"""A text of so many letters is read on a line and a half; more than the first number is a sentence."""


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that stand beside each other, by their place in the table, with widths in mm."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]
    label: float


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is set: across the page or upright, in which size of letters, in which blocks."""

    is_across: bool
    size: float
    blocks: tuple[Block, ...]


def layout_of(table: PaperTable) -> Layout:
    """The largest letters in which all columns fit upright, else across, else blocks across."""
    for is_across, room in ((False, UPRIGHT), (True, ACROSS)):
        for size in SIZES[is_across]:
            label, widths = _label(table, size), _widths(table, size)
            if label + sum(widths) <= room:
                return Layout(is_across, size, (_block(range(len(widths)), widths, label),))
    return _in_blocks(table, BLOCKS_SIZE)


def _in_blocks(table: PaperTable, size: float) -> Layout:
    label, widths = _label(table, size), _widths(table, size)
    needed = len(list(_filled(widths, ACROSS - label)))
    # As many blocks as are needed, each about as wide as the others.
    room = max(sum(widths) / needed, *widths)
    blocks = list(_filled(widths, min(room * 1.1, ACROSS - label)))
    if len(blocks) > needed:
        blocks = list(_filled(widths, ACROSS - label))
    blocks_of_table = tuple(_block(block, widths, label) for block in blocks)
    return Layout(is_across=True, size=size, blocks=blocks_of_table)


def _filled(widths: list[float], room: float) -> Iterator[list[int]]:
    """Columns in order, as many in a block as there is room for; at least one."""
    block: list[int] = []
    for place, width in enumerate(widths):
        if block and sum(widths[each] for each in block) + width > room:
            yield block
            block = []
        block.append(place)
    if block:
        yield block


def _block(places: range | list[int], widths: list[float], label: float) -> Block:
    return Block(tuple(places), tuple(widths[place] for place in places), label)


def _label(table: PaperTable, size: float) -> float:
    longest = max(len(text) for text in [table.corner, *(row.label for row in table.rows)])
    low, high = _LABEL
    return min(high, max(low, longest * size * _WIDTH_OF_LETTER * _MM_PER_POINT + _PADDING))


def _widths(table: PaperTable, size: float) -> list[float]:
    return [
        _width(column, [row.cells[place] for row in table.rows], size)
        for place, column in enumerate(table.columns)
    ]


def _width(column: PaperColumn, texts: list[str], size: float) -> float:
    letters = max((_word(text) for text in [column.label, *texts]), default=0) * _WIDTH_OF_LETTER
    if column.is_figure:
        letters = max([_word(column.label) * _WIDTH_OF_LETTER, *map(_figure, texts)])
    else:
        longest = min(_READ_AT, max(map(len, texts), default=0))
        letters = max(letters, longest * _LINES * _WIDTH_OF_LETTER)
    return max(_NARROWEST, letters * size * _MM_PER_POINT + _PADDING)


def _figure(text: str) -> float:
    """How wide a figure is, in sizes of its letters; words in its place may be parted."""
    if len(text) > _READ_AT or text.isalpha():
        return _word(text) * _WIDTH_OF_LETTER
    return sum(_WIDTH_OF_POINT if each in ".,- " else _WIDTH_OF_DIGIT for each in text)


def _word(text: str) -> int:
    """The letters of the longest word, as far as words are not parted."""
    return min(_LONGEST_WORD, max(map(len, text.split(" ")), default=0))

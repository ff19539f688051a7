"""What people copy from Excel or type as lists: cells of text, and codes made of their words."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

Cells = tuple[tuple[str, ...], ...]
"""A block as it was copied: rows of cells of one length, "" where there is nothing."""

MAX_SLUG: Final = 32

_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u200b-\u200f\u2028-\u202e]"
)
_SPACES: Final = re.compile(r"\s+")
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_PLAIN: Final = re.compile(r"[^\t\n]*")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")
_UNLIKE: Final = str.maketrans({"đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l"})


def cells_of(text: str) -> Cells:
    """The cells of a text as spreadsheets put it on the clipboard. Never raises.

    Tabs part cells and line breaks rows; a cell in quotation marks may hold both, and a doubled mark
    stands for one. Cells come clean: NFC, without control characters, spaces run together. Short rows
    are filled up; empty rows and columns at the end are left out.
    """
    rows = [
        [clean(cell) for cell in row]
        for row in _split(text.replace("\r\n", "\n").replace("\r", "\n"))
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((_width(row) for row in rows), default=0)
    return tuple(tuple([*row, *[""] * width][:width]) for row in rows)


def clean(text: str) -> str:
    """One line without control characters and doubled spaces, in NFC."""
    return _SPACES.sub(" ", _CONTROL.sub("", unicodedata.normalize("NFC", text))).strip()


def slug(text: str, *, stem: str = "", longest: int = MAX_SLUG) -> str:
    """A name of small ASCII letters, digits and low lines: "Số cán bộ nữ" gives ``so_can_bo_nu``.

    It is cut at a word where it gets longer than ``longest``. Text without Latin letters or digits
    gives ``stem``; what would begin with a digit gets the stem before it, if there is one.
    """
    bare = unicodedata.normalize("NFD", text.translate(_UNLIKE)).encode("ascii", "ignore").decode()
    words = _NO_LETTER.sub("_", bare.casefold()).strip("_")
    if len(words) > longest:
        cut = words[: longest + 1].rpartition("_")[0]
        words = (cut or words[:longest]).strip("_")
    if stem and (not words or words[0].isdigit()):
        return f"{stem}_{words}".strip("_")
    return words


def texts_of(cells: Iterable[Iterable[str]]) -> list[str]:
    """All cells that say something, row after row."""
    return [cell for row in cells for cell in row if cell]


def _split(text: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        quoted = _QUOTED.match(text, place)
        found = quoted or _PLAIN.match(text, place)
        assert found is not None, "nothing at all is a plain cell"
        rows[-1].append(found[1].replace('""', '"') if quoted else found[0])
        place = found.end()
        if place >= len(text):
            return rows
        if text[place] == "\n":
            rows.append([])
        place += 1


def _width(row: list[str]) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell), default=0)

"""Names of sheets as Excel takes them, and places in sheets."""

import re
from typing import Final

from exporters.formats.streamed_xlsx.options import MAX_NAME
from exporters.formats.streamed_xlsx.texts import pieces

FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]+")
RESERVED: Final = "history"


class SheetNames:
    """The names of a workbook's sheets: at most 31 UTF-16 units, different by more than case."""

    def __init__(self) -> None:
        self._taken: set[str] = {RESERVED}

    def take(self, title: str) -> str:
        """A name made of ``title`` that no other sheet has, from now on taken."""
        plain = FORBIDDEN.sub(" ", title).strip().strip("'").strip() or "Sheet"
        name, number = _cut(plain, MAX_NAME), 1
        while name.casefold() in self._taken:
            number += 1
            ending = f" ({number})"
            name = _cut(plain, MAX_NAME - len(ending)) + ending
        self._taken.add(name.casefold())
        return name


def letters_of(number: int) -> str:
    """The letters of a column counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def link_to(sheet: str, place: str) -> str:
    """A place in a sheet of the same workbook."""
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{place}"


def _cut(text: str, most: int) -> str:
    return pieces(text, most)[0].rstrip("' ")

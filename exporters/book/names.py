"""Defined names: areas that formulas call by a word."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from exporters.book.areas import Area

_SOUND: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_CELL: Final = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*")
LONGEST: Final = 255


class BadName(ValueError):
    """A defined name that a spreadsheet program would refuse, or read as a cell."""


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name of the whole workbook. Raises BadName."""

    name: str
    area: Area
    comment: str = ""

    def __post_init__(self) -> None:
        sound = _SOUND.fullmatch(self.name) and len(self.name) <= LONGEST
        if not sound or _CELL.fullmatch(self.name):
            raise BadName(self.name)


def name_of(text: str, *, before: str = "") -> str:
    """A name that a program takes, made of ``before`` and a text: ``1.2 Hạ tầng`` -> ``w_1.2_Ha_tang``.

    Two texts may give the same name; who needs them apart numbers them.
    """
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    made = (before + re.sub(r"[^A-Za-z0-9_.]+", "_", letters).strip("_"))[:LONGEST]
    return made if _SOUND.fullmatch(made) and not _CELL.fullmatch(made) else f"_{made}"

"""Single cells: their address and their text."""

import re
import unicodedata
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\u200b]")
_SPACES: Final = re.compile(r"[ \t\u00a0]+")
_SMART_QUOTES: Final = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")


def letters(index: int) -> str:
    """The name of the column with that index: 0 is A, 26 is AA."""
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(sheet: str, row: int, index: int) -> str:
    """A cell as people write it: ``survey!E14``."""
    return f"{sheet}!{letters(index)}{row}"


def clean(text: str, *, collapse: bool = True) -> str:
    """The text in NFC without control characters and outer blanks, runs of blanks made one."""
    if text.isascii() and text.isalnum():
        return text
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n")
    return (_SPACES.sub(" ", text) if collapse else text).strip()


def straighten(text: str) -> str:
    """An expression with the quotes that a word processor made round."""
    return text.translate(_SMART_QUOTES)

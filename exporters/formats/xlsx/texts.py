"""Text as a workbook can hold it."""

import re
from typing import Final

MAX_TEXT: Final = 32_767
"""In UTF-16 units, as Excel counts."""
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
CODE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{1,4}_)")
"""The standard has four figures; LibreOffice takes fewer for a code as well."""
MARKUP: Final = re.compile("[&<>\r]")
_WRITTEN: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
"""A carriage return by itself would be read as a line feed."""


def readable(text: str) -> str:
    """``text`` without what XML cannot hold, at most 32,767 UTF-16 units long."""
    clean = CONTROL.sub("", text)
    if len(clean) <= MAX_TEXT // 2:
        return clean
    coded = clean.encode("utf-16-le")
    if len(coded) <= 2 * MAX_TEXT:
        return clean
    # Half of a character at the end is dropped.
    return coded[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def literal(text: str) -> str:
    """``text`` for readers that take ``_x0041_`` for a coded character: they read what it says."""
    return CODE.sub("_x005F_", text) if "_x" in text else text


def escaped(text: str) -> str:
    """``text`` between two tags."""
    return MARKUP.sub(lambda found: _WRITTEN[found[0]], text) if MARKUP.search(text) else text

"""Text as the XML of a workbook holds it.

What XML cannot hold is written as ``_xHHHH_``, and so is the ``_`` of a text that looks like that (to
LibreOffice fewer figures do): Excel, LibreOffice and calamine read the text as it was. Whole arrays are looked at by their bytes first: most
texts need nothing at all.
"""

import re
from typing import Final

import pyarrow as pa

from exporters.arrow import Values, bytes_of
from exporters.arrow import kernels as pc

CONTROLS: Final = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
ODD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{1,4}_)")
GUARDED: Final = r"^[\s\x{a0}\x{200b}\x{feff}]*[=+\-@|%;\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]|^[\t\r\n]|^[0-9][0-9.,:/\- ]*%?$"
"""RE2: texts that Excel would take for a formula, a number or a date if somebody edited the cell."""
MARKUP: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
"""The ampersand first. A carriage return by itself would be read as a line feed."""

IN_ATTRIBUTES: Final = {ord(sign): written for sign, written in MARKUP.items()} | {34: "&quot;"}


def xml(text: str) -> str:
    """One text. Lone surrogates, which no encoding of Unicode has, become U+FFFD."""
    sound = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _coded(sound).translate(IN_ATTRIBUTES)


def escaped(texts: Values) -> Values:
    """An array of texts; nulls stay null."""
    data = bytes_of(texts).tobytes()
    if _has_odd(data):
        texts = pa.array(
            [None if text is None else _coded(text) for text in texts.to_pylist()], pa.string()
        )
        data = bytes_of(texts).tobytes()
    for sign, written in MARKUP.items():
        if sign.encode() in data:
            texts = pc.replace_substring(texts, sign, written)
    return texts


def guarded(texts: Values) -> Values:
    """Which texts are to be kept from turning into something else when their cell is edited."""
    found: Values = pc.match_substring_regex(texts, GUARDED)
    return found


def units(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, most: int) -> list[str]:
    """``text`` in pieces of at most ``most`` UTF-16 units, no character torn apart."""
    parts: list[str] = []
    start = 0
    while start < len(text):
        end = min(start + most, len(text))
        while units(text[start:end]) > most:
            end -= max(1, (units(text[start:end]) - most) // 2)
        parts.append(text[start:end])
        start = end
    return parts


def _coded(text: str) -> str:
    return ODD.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _has_odd(data: bytes) -> bool:
    return (
        b"_x" in data
        or b"\xef\xbf\xbe" in data
        or b"\xef\xbf\xbf" in data
        or len(data.translate(None, CONTROLS)) < len(data)
    )

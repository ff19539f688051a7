"""The colours of the workbooks: those of ``static/css/tokens.css``; a test compares them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Colour(StrEnum):
    """A colour by the name of its token, without ``--ks-``."""

    INK = "17212F"
    INK_2 = "465468"
    INK_3 = "5D6B7E"
    PAPER = "FFFFFF"
    SUNKEN = "EEF1F4"
    LINE = "DFE4EA"
    LINE_2 = "C3CCD6"
    ACCENT = "14508F"
    ACCENT_SOFT = "E8F0F9"
    ACCENT_LINE = "B4CBE6"
    OK = "14643A"
    OK_SOFT = "E1F3E8"
    WARN = "7D4700"
    WARN_SOFT = "FFF0D1"
    WARN_LINE = "C77C0E"
    BAD = "A8201A"
    BAD_SOFT = "FDEAEA"
    D1 = "14508F"
    D2 = "D9790B"
    D3 = "0D8A72"
    D4 = "8D63C8"
    D5 = "B8433A"
    D6 = "7C8999"
    SEQ_0 = "E9EFF7"
    SEQ_1 = "D3E2F2"
    SEQ_2 = "A3C3E3"
    SEQ_3 = "6B9BCD"
    SEQ_4 = "2F6CAB"
    SEQ_5 = "123F73"


@dataclass(frozen=True, slots=True)
class Shade:
    """A ground and the ink that is read on it."""

    ground: Colour
    ink: Colour


SHADES: Final = (
    Shade(Colour.SEQ_0, Colour.INK),
    Shade(Colour.SEQ_1, Colour.INK),
    Shade(Colour.SEQ_2, Colour.INK),
    Shade(Colour.SEQ_3, Colour.INK),
    Shade(Colour.SEQ_4, Colour.PAPER),
    Shade(Colour.SEQ_5, Colour.PAPER),
)
"""The six shades of scores and levels, from the least to the best, as on the pages."""

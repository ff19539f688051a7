"""Pieces of formulas that Excel 2016 and LibreOffice read alike: no arrays to confirm, no names of new
functions, nothing volatile."""

from collections.abc import Iterable, Sequence
from typing import Final

LONGEST: Final = 8000
"""Excel takes formulas of 8,192 characters."""
MOST_ARGUMENTS: Final = 250
DIGITS: Final = 12


def number(value: float) -> str:
    """A figure as a formula writes it, to the last bit."""
    return repr(float(value)).upper().removesuffix(".0")


def text(value: str) -> str:
    """A text as a formula writes it."""
    return '"' + value.replace('"', '""') + '"'


def array(values: Iterable[str]) -> str:
    """Constants side by side, ``{1,2}``; they are written already."""
    return "{" + ",".join(values) + "}"


def rounded(value: str) -> str:
    """``value`` to 12 significant digits, as everything is compared; it stands three times in there."""
    return f"IF({value}=0,0,ROUND({value},{DIGITS - 1}-INT(LOG10(ABS({value})))))"


def significant(value: float) -> float:
    """The same of a figure."""
    return float(f"{value:.{DIGITS - 1}e}")


def chosen(condition: str, then: str, otherwise: str) -> str:
    """``IF``."""
    return f"IF({condition},{then},{otherwise})"


def one_of(value: str, words: Sequence[str]) -> str:
    """Whether a cell holds one of some words."""
    tests = [f"{value}={text(word)}" for word in words]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def every(conditions: Sequence[str]) -> str:
    """``AND``; TRUE of none."""
    if not conditions:
        return "TRUE"
    return conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})"

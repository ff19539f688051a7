"""Strengths and weaknesses: by the distance to the median for pillars, by places for indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

NAMED: Final = 2
"""So many pillars stand in a heading."""
ALWAYS: Final = 3
"""A place so near to the top is a strength whatever else the unit is good at."""
MOST: Final = 10
FEWEST: Final = 3
SHARE: Final = 4
"""One of so many indicators is a strength, one a weakness; the Global Innovation Index names ten of
about eighty."""
HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """An indicator that stands out: its place among ``of`` peers."""

    code: str
    rank: int
    of: int


@dataclass(frozen=True, slots=True)
class Marks:
    """The strengths from the best, the weaknesses from the worst."""

    strengths: tuple[Mark, ...]
    weaknesses: tuple[Mark, ...]


def marks_of(leaves: Mapping[str, Mapping[str, Any]], *, fewest: int) -> Marks:
    """Strengths and weaknesses of a unit by the rule of the Global Innovation Index.

    Indicators are ordered by the share of peers that stand lower. A strength is at least as high as
    the N-th highest of the unit's own, and above half of its peers; one of the first three is one in
    any case. Weaknesses mirror that, below half. Ties may give more than N. Indicators with fewer than
    ``fewest`` peers tell nothing, imputed ones neither.
    """
    placed = {
        code: held["peers"]
        for code, held in leaves.items()
        if held.get("peers")
        and held["peers"]["percentile"] is not None
        and held["peers"]["of"] >= fewest
        and not held.get("imputed")
    }
    if not placed:
        return Marks((), ())
    shares = sorted(each["percentile"] for each in placed.values())
    wanted = min(len(shares), MOST, max(FEWEST, len(shares) // SHARE))
    high, low = shares[-wanted], shares[wanted - 1]
    strengths = [
        code
        for code, each in placed.items()
        if each["percentile"] > HALF and (each["percentile"] >= high or each["rank"] <= ALWAYS)
    ]
    weaknesses = [
        code
        for code, each in placed.items()
        if each["percentile"] < HALF and each["percentile"] <= low
    ]
    return Marks(
        _ordered(strengths, placed, best_first=True),
        _ordered(weaknesses, placed, best_first=False),
    )


def apart(
    differences: Mapping[str, float | None], *, named: int = NAMED
) -> tuple[list[str], list[str]]:
    """The pillars that are the furthest above and below the median, at most ``named`` each."""
    known = sorted(
        ((code, value) for code, value in differences.items() if value is not None),
        key=lambda pair: pair[1],
    )
    above = [code for code, value in reversed(known) if value > 0][:named]
    below = [code for code, value in known if value < 0][:named]
    return above, below


def _ordered(
    codes: Sequence[str], placed: Mapping[str, Mapping[str, Any]], *, best_first: bool
) -> tuple[Mark, ...]:
    found = sorted(codes, key=lambda code: placed[code]["percentile"], reverse=best_first)
    return tuple(Mark(code, placed[code]["rank"], placed[code]["of"]) for code in found)

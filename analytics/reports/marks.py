"""Strengths and weaknesses: by the distance to the median for pillars, by places for indicators."""

from collections.abc import Collection, Mapping
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
    any case. Weaknesses mirror that by the share of peers that stand higher, so that a tie with most
    of the peers is neither. Ties may give more than N. Indicators with fewer than ``fewest`` peers
    tell nothing, imputed ones neither.
    """
    placed = {
        code: held["peers"]
        for code, held in leaves.items()
        if held.get("peers")
        and held["peers"]["percentile"] is not None
        and held["peers"]["of"] >= fewest
        and not held.get("imputed")
    }
    lower = {code: each["percentile"] for code, each in placed.items()}
    higher = {code: (each["rank"] - 1) / (each["of"] - 1) for code, each in placed.items()}
    first = {code for code, each in placed.items() if each["rank"] <= ALWAYS}
    return Marks(
        _outstanding(lower, placed, in_any_case=first),
        _outstanding(higher, placed, in_any_case=frozenset()),
    )


def apart(differences: Mapping[str, float | None]) -> tuple[list[str], list[str]]:
    """The pillars that are the furthest above and below the median, at most ``NAMED`` each.

    The second is named only where it is at least half as far away as the first.
    """
    known = {code: value for code, value in differences.items() if value is not None}
    return (
        _furthest({code: value for code, value in known.items() if value > 0}),
        _furthest({code: -value for code, value in known.items() if value < 0}),
    )


def _furthest(distances: Mapping[str, float]) -> list[str]:
    ordered = sorted(distances, key=lambda code: distances[code], reverse=True)[:NAMED]
    return [code for code in ordered if distances[code] >= HALF * distances[ordered[0]]]


def _outstanding(
    shares: Mapping[str, float],
    placed: Mapping[str, Mapping[str, Any]],
    *,
    in_any_case: Collection[str],
) -> tuple[Mark, ...]:
    """Those with the highest shares, the highest first."""
    if not shares:
        return ()
    ordered = sorted(shares.values(), reverse=True)
    edge = ordered[min(len(ordered), MOST, max(FEWEST, len(ordered) // SHARE)) - 1]
    found = [
        code
        for code, share in shares.items()
        if share > HALF and (share >= edge or code in in_any_case)
    ]
    found.sort(key=lambda code: shares[code], reverse=True)
    return tuple(Mark(code, placed[code]["rank"], placed[code]["of"]) for code in found)

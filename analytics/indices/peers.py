"""How each unit stands among the units of its type: quantiles for all to see, a place for itself."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import quantiles
from typing import Any, Final

from analytics.indices.outcome import UnitOutcome

Json = dict[str, Any]

DIGITS: Final = 12
"""Values that agree so far are ties: what follows is noise of the arithmetic."""


def with_peers(units: Sequence[UnitOutcome]) -> tuple[list[UnitOutcome], Json]:
    """The units with their place among peers at every indicator, and the quantiles of each type.

    The quantiles (type 7) are ``[n, 25 %, 50 %, 75 %]``: by node ``nodes``, of the normalised
    ``leaves`` and of ``raw`` values, for each type of unit. No unit is named, and whether so few may
    be shown is asked when they are. A place is ``rank`` of ``of``, the best being 1, and
    ``percentile``, the share of peers that stand lower (ties count as not lower; None where a unit
    stands alone).
    """
    by_type: dict[str, list[int]] = defaultdict(list)
    for place, unit in enumerate(units):
        by_type[unit.type].append(place)
    found: dict[int, UnitOutcome] = {}
    summary: Json = {}
    for kind, places in by_type.items():
        members = [units[place] for place in places]
        summary[kind] = {
            "units": len(members),
            "nodes": _quantiles(members, "nodes", "score"),
            "leaves": _quantiles(members, "leaves", "normalised"),
            "raw": _quantiles(members, "leaves", "value"),
        }
        found |= dict(zip(places, _placed(members), strict=True))
    return [found[place] for place in range(len(units))], summary


def _quantiles(members: Sequence[UnitOutcome], part: str, name: str) -> Json:
    values = _values(members, part, name)
    return {code: [len(held), *_three(held)] for code, held in values.items() if held}


def _three(values: Sequence[float]) -> list[float]:
    return quantiles(values, n=4, method="inclusive") if len(values) > 1 else [values[0]] * 3


def _values(members: Iterable[UnitOutcome], part: str, name: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for unit in members:
        for code, held in unit.data.get(part, {}).items():
            if held.get(name) is not None:
                found[code].append(held[name])
    return found


def _placed(members: Sequence[UnitOutcome]) -> list[UnitOutcome]:
    every = {
        code: sorted(_significant(value) for value in values)
        for code, values in _values(members, "leaves", "normalised").items()
    }
    return [replace(unit, data={**unit.data, "leaves": _leaves(unit, every)}) for unit in members]


def _leaves(unit: UnitOutcome, every: Mapping[str, Sequence[float]]) -> Json:
    leaves: Json = {}
    for code, held in unit.data.get("leaves", {}).items():
        value = held.get("normalised")
        leaves[code] = held if value is None else {**held, "peers": _place(value, every[code])}
    return leaves


def _place(value: float, ordered: Sequence[float]) -> Json:
    own = _significant(value)
    lower = bisect_left(ordered, own)
    higher = len(ordered) - bisect_right(ordered, own)
    others = len(ordered) - 1
    return {
        "rank": higher + 1,
        "of": len(ordered),
        "percentile": lower / others if others else None,
    }


def _significant(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")

"""Places in a JSON document."""

from collections.abc import Mapping
from copy import deepcopy
from itertools import pairwise
from typing import Any, TypeAlias

from analytics.definitions.problems import json_path

Place: TypeAlias = tuple[str | int, ...]


def name_of(place: Place) -> str:
    """The place as a JSON path: ``$.indicators[3].code``."""
    return json_path(place)


def value_at(document: Any, place: Place, default: Any = None) -> Any:
    """What stands at the place; ``default`` where nothing does."""
    found = document
    for part in place:
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            return default
    return found


def with_value(document: Mapping[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """A copy in which the value stands at the place; None takes away what stands there."""
    copy = deepcopy(dict(document))
    put(copy, place, value)
    return copy


def put(document: dict[str, Any], place: Place, value: Any) -> None:
    """Write the value at the place, with what leads there; None takes away what stands there."""
    holder: Any = document
    for part, following in pairwise(place):
        held = holder.get(part) if isinstance(holder, dict) else holder[part]
        if not isinstance(held, dict | list):
            if value is None:
                return
            held = [None, None] if isinstance(following, int) else {}
            holder[part] = held
        holder = held
    last = place[-1]
    if value is None and isinstance(holder, dict):
        holder.pop(last, None)
    else:
        holder[last] = value

"""How many rows of a list a browser was shown: what it sends is about them, and no others."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from analytics.indices.editor.fields import Sent
from analytics.indices.editor.parts import BOUNDARIES, STEPS
from analytics.indices.editor.places import Place, name_of, value_at

MOST: Final = 500
PREFIX: Final = "rows "
"""Before the place of a list, in the name of the field that tells its rows."""


def resized(document: dict[str, Any], pane: str, sent: Sent) -> None:
    """Give each list of the pane as many rows as its form had; in place.

    A row that was added while something else was wrong is not stored yet, and one that was removed
    then still is: without this what was typed would be lost, or be put into another's row.
    """
    for place, empty in _lists(document, pane):
        told = str(sent.get(f"{PREFIX}{name_of(place)}", ""))
        rows = value_at(document, place, [])
        if told.isdecimal() and len(told) < 4 and isinstance(rows, list):
            wanted = min(int(told), MOST)
            rows = [*rows[:wanted], *(empty() for _number in range(wanted - len(rows)))]
            holder = value_at(document, place[:-1])
            if rows or place[-1] in holder:
                holder[place[-1]] = rows


def _lists(
    document: Mapping[str, Any], pane: str
) -> Iterator[tuple[Place, Callable[[], dict[str, Any]]]]:
    if pane == BOUNDARIES:
        yield ("boundaries",), dict
    if pane == STEPS:
        for code, group in value_at(document, ("weighting", "by_node"), {}).items():
            if value_at(group, ("method",)) == "budget":
                yield ("weighting", "by_node", code, "experts"), lambda: {"points": {}}

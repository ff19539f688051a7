"""With what an index can begin: nothing, or a definition that the product ships."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from analytics.definitions import write
from analytics.definitions.shipped import SHIPPED, shipped

BLANK: Final[Mapping[str, Any]] = {
    "schema": 1,
    "version": "1",
    "indicators": [],
    "tree": {"code": "index", "children": []},
}


@dataclass(frozen=True, slots=True)
class Shipped:
    """A definition of the product."""

    code: str
    name: Mapping[str, str]
    basis: str
    document: Mapping[str, Any]


@cache
def shipped_definitions() -> tuple[Shipped, ...]:
    """The definitions that the product ships, in the order in which they are offered."""
    found = [shipped(code) for code in SHIPPED]
    return tuple(Shipped(each.code, each.name, each.basis, write(each)) for each in found)

"""The table of functions: names, what they take, what they return."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import (
    date_of,
    items_of,
    moment_of,
    number_of,
    text_of,
    truth_of,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    A ``strict`` one makes the whole call blank when it is blank. ``many`` takes any number of
    arguments and sequences, flattened; only the last parameter may be so.
    """

    kind: str
    optional: bool = False
    many: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """One row of the table. ``in_scope`` ones get the scope as their first argument."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Type
    call: Callable[..., Any]
    in_scope: bool = False

    @property
    def least(self) -> int:
        """How many arguments there must be."""
        return sum(not p.optional for p in self.parameters)

    @property
    def most(self) -> int | None:
        """How many arguments there may be; None is any number."""
        is_open = any(p.many and p.kind != SEQUENCE for p in self.parameters)
        return None if is_open else len(self.parameters)


FUNCTIONS: Final[dict[str, Function]] = {}

READERS: Final[dict[str, Callable[[Value], Any]]] = {
    "number": number_of,
    "text": text_of,
    "boolean": truth_of,
    "date": date_of,
    "moment": moment_of,
    "items": items_of,
    "value": lambda value: value,
}
SEQUENCE: Final = "sequence"
STRICT: Final = {"number", "date", "moment"}


def function(
    name: str, *, takes: str = "", returns: Type, in_scope: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Enter a function into the table.

    ``takes`` lists the parameters: ``number text boolean date moment items value``, or
    ``sequence`` for one question of a repeat or table read from outside; with ``?`` for optional,
    ``*`` for any number of values, ``+`` for at least one.
    """
    parameters = tuple(_parameter(word) for word in takes.split())

    def enter(call: Callable[..., Any]) -> Callable[..., Any]:
        FUNCTIONS[name] = Function(name, parameters, returns, call, in_scope)
        return call

    return enter


def _parameter(word: str) -> Parameter:
    kind = word.rstrip("?*+")
    many = word[-1] in "*+" or kind == SEQUENCE
    return Parameter(
        kind,
        optional=word[-1] in "?*",
        many=many,
        strict=kind in STRICT and not many,
    )

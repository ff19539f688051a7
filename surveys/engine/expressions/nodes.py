"""What an expression is made of. ``at`` is the first character, counted from 0."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number."""

    value: Decimal
    at: int


@dataclass(frozen=True, slots=True)
class Text:
    """A literal text; ``''`` is the literal blank."""

    value: str
    at: int


@dataclass(frozen=True, slots=True)
class Reference:
    """``${name}``"""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Dot:
    """``.``, the question itself."""

    at: int


@dataclass(frozen=True, slots=True)
class Parent:
    """``..``, the row a question stands in; only as the argument of ``position``."""

    at: int


@dataclass(frozen=True, slots=True)
class Column:
    """A bare name: a column of the choice list that is being filtered."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """``name(arguments)``; a unary minus is a call of ``-``."""

    name: str
    arguments: tuple["Node", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands of one precedence, joined from the left: flat, so that long sums do not nest."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]
    at: int


@dataclass(frozen=True, slots=True)
class Lookup:
    """``instance('list')/root/item[condition]/column``: the first item that meets a condition."""

    list_name: str
    condition: "Node"
    column: str
    at: int


Node = Number | Text | Reference | Dot | Parent | Column | Call | Chain | Lookup

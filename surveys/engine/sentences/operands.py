"""What can stand on a side of a comparison: answers, values and what is worked out of them."""

from dataclasses import replace
from typing import Final

from surveys.engine.expressions import Node
from surveys.engine.expressions.nodes import (
    Call,
    Chain,
    Column,
    Dot,
    Lookup,
    Number,
    Parent,
    Reference,
    Text,
)

ARITHMETIC: Final = frozenset({"+", "-", "*", "div", "mod"})
SAID: Final = frozenset(
    {
        "-",
        "abs",
        "add-months",
        "cell",
        "coalesce",
        "count",
        "count-non-empty",
        "count-selected",
        "date",
        "end-of-month",
        "int",
        "max",
        "mean",
        "min",
        "missing-code",
        "now",
        "number",
        "position",
        "previous",
        "round",
        "row",
        "string",
        "string-length",
        "sum",
        "today",
    }
)
"""The functions that interfaces have words for."""


def bare(node: Node) -> Node:
    """The node without its places, so that equal meanings are equal; glued texts are one text."""
    match node:
        case Call(name="concat", arguments=arguments) if arguments and all(
            isinstance(each, Text) for each in arguments
        ):
            return Text("".join(each.value for each in arguments if isinstance(each, Text)), 0)
        case Call(name=name, arguments=arguments):
            return Call(name, tuple(bare(each) for each in arguments), 0)
        case Chain(first=first, rest=rest):
            return Chain(bare(first), tuple((sign, bare(each)) for sign, each in rest), 0)
        case Lookup():
            return replace(node, condition=bare(node.condition), at=0)
        case _:
            return replace(node, at=0)


def is_sayable(node: Node) -> bool:
    """Whether words can be put to the node: it is a value, and made of what has words."""
    match node:
        case Number() | Text() | Reference() | Dot() | Column():
            return True
        case Chain(first=first, rest=rest):
            return all(sign in ARITHMETIC for sign, _ in rest) and all(
                is_sayable(each) for each in (first, *(operand for _, operand in rest))
            )
        case Call(name="position", arguments=arguments):
            return all(isinstance(each, Parent) for each in arguments)
        case Call(name=name, arguments=arguments):
            return name in SAID and all(is_sayable(each) for each in arguments)
        case _:
            return False


def is_literal(node: Node) -> bool:
    """Whether the node is a value that was written down: a number, a text, a date."""
    match node:
        case Number() | Text():
            return True
        case Call(name="-", arguments=(Number(),)) | Call(name="date", arguments=(Text(),)):
            return True
        case _:
            return False


def is_fixed(node: Node) -> bool:
    """Whether no answer decides the node's value."""
    match node:
        case Reference() | Dot() | Column() | Lookup() | Parent():
            return False
        case Call(name="row" | "position" | "cell"):
            return False
        case Call(arguments=arguments):
            return all(is_fixed(each) for each in arguments)
        case Chain(first=first, rest=rest):
            return is_fixed(first) and all(is_fixed(each) for _, each in rest)
        case _:
            return True

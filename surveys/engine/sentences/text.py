"""Nodes as the text of an expression: no parenthesis more than the meaning needs."""

import re
from collections.abc import Iterator
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

LEVELS: Final = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
UNARY: Final = 7
PRIMARY: Final = 8


def text_of_node(node: Node) -> str:
    """The text that is read as this node. A text with both kinds of quotes is glued together."""
    match node:
        case Chain():
            return _chain(node)
        case Call(name="-", arguments=(operand,)):
            return f"-{_within(operand, PRIMARY)}"
        case Call(name=name, arguments=arguments):
            return f"{name}({', '.join(text_of_node(each) for each in arguments)})"
        case Lookup(list_name=name, condition=condition, column=column):
            return f"instance({quoted(name)})/root/item[{text_of_node(condition)}]/{column}"
        case _:
            return _atom(node)


def quoted(value: str) -> str:
    """A text as a literal: in the quotes that it does not hold itself."""
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    return f"concat({', '.join(_pieces(value))})"


def _atom(node: Number | Text | Reference | Dot | Parent | Column) -> str:
    match node:
        case Number(value=value):
            return format(value, "f")
        case Text(value=value):
            return quoted(value)
        case Reference(name=name):
            return f"${{{name}}}"
        case Column(name=name):
            return name
        case Dot():
            return "."
        case Parent():
            return ".."


def _chain(node: Chain) -> str:
    inner = _level(node) + 1
    steps = (f" {sign} {_within(operand, inner)}" for sign, operand in node.rest)
    return _within(node.first, inner) + "".join(steps)


def _pieces(value: str) -> Iterator[str]:
    for piece in re.findall(r"[^']+|'+", value):
        yield f'"{piece}"' if "'" in piece else f"'{piece}'"


def _within(node: Node, level: int) -> str:
    text = text_of_node(node)
    return text if _level(node) >= level else f"({text})"


def _level(node: Node) -> int:
    match node:
        case Chain(rest=rest):
            return LEVELS[rest[0][0]]
        case Call(name="-", arguments=(_,)):
            return UNARY
        case _:
            return PRIMARY

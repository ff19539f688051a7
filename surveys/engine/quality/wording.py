"""Nodes of the expression language back to text, and what stands in them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from surveys.engine.expressions.nodes import (
    Call,
    Chain,
    Column,
    Dot,
    Lookup,
    Node,
    Number,
    Parent,
    Reference,
    Text,
)
from surveys.engine.expressions.values import number_text


def text_of_node(node: Node) -> str:
    """The node as an expression that parses to an equal one; equal meaning, equal text."""
    return _WRITERS[type(node)](node)


def nodes_in(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        match each:
            case Call(arguments=arguments):
                waiting.extend(reversed(arguments))
            case Chain(first=first, rest=rest):
                waiting.extend(operand for _, operand in reversed(rest))
                waiting.append(first)
            case Lookup(condition=condition):
                waiting.append(condition)
            case _:
                pass


def with_columns(node: Node, item: Mapping[str, str]) -> Node:
    """The node with each bare column name replaced by the entry's text."""
    match node:
        case Column(name=name, at=at):
            return Text(item.get(name, ""), at)
        case Call(name=name, arguments=arguments, at=at):
            return Call(name, tuple(with_columns(each, item) for each in arguments), at)
        case Chain(first=first, rest=rest, at=at):
            filled = tuple((sign, with_columns(each, item)) for sign, each in rest)
            return Chain(with_columns(first, item), filled, at)
        case _:
            return node


def _call(node: Call) -> str:
    arguments = [text_of_node(each) for each in node.arguments]
    if node.name == "-":
        return f"-({arguments[0]})"
    return f"{node.name}({', '.join(arguments)})"


def _chain(node: Chain) -> str:
    joined = "".join(f" {sign} {_operand(each)}" for sign, each in node.rest)
    return f"{_operand(node.first)}{joined}"


def _lookup(node: Lookup) -> str:
    condition = text_of_node(node.condition)
    return f"instance('{node.list_name}')/root/item[{condition}]/{node.column}"


def _text(node: Text) -> str:
    return f'"{node.value}"' if "'" in node.value else f"'{node.value}'"


def _operand(node: Node) -> str:
    text = text_of_node(node)
    return f"({text})" if isinstance(node, Chain) else text


_WRITERS: Final[dict[type[Node], Callable[[Any], str]]] = {
    Number: lambda node: number_text(node.value),
    Text: _text,
    Reference: lambda node: f"${{{node.name}}}",
    Column: lambda node: str(node.name),
    Dot: lambda _: ".",
    Parent: lambda _: "..",
    Call: _call,
    Chain: _chain,
    Lookup: _lookup,
}

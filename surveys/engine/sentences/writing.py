"""From a condition to the nodes and the text of its expression."""

from collections.abc import Iterable
from typing import Final

from surveys.engine.expressions import Node
from surveys.engine.expressions.nodes import Call, Chain, Text
from surveys.engine.sentences.model import Comparison, Condition, Joined, Term
from surveys.engine.sentences.text import text_of_node

SIGNS: Final = {
    Comparison.IS: "=",
    Comparison.IS_NOT: "!=",
    Comparison.ONE_OF: "=",
    Comparison.NONE_OF: "!=",
    Comparison.ABOVE: ">",
    Comparison.BELOW: "<",
    Comparison.AT_LEAST: ">=",
    Comparison.AT_MOST: "<=",
    Comparison.BLANK: "=",
    Comparison.ANSWERED: "!=",
}
CALLS: Final = {
    Comparison.INCLUDES: "selected",
    Comparison.INCLUDES_ALL: "selected",
    Comparison.INCLUDES_NONE: "selected",
    Comparison.CONTAINS: "contains",
    Comparison.STARTS_WITH: "starts-with",
    Comparison.ENDS_WITH: "ends-with",
    Comparison.MATCHES: "regex",
}
EACH: Final = {Comparison.NONE_OF: "and", Comparison.INCLUDES_ALL: "and"}
"""How the comparisons with several values are joined; the others by "or"."""


def write(condition: Condition) -> str:
    """The text of the expression. ``read`` of it gives ``normal(condition)`` back."""
    return text_of_node(node_of(condition))


def node_of(condition: Condition) -> Node:
    """The expression's nodes, all with ``at`` 0."""
    if isinstance(condition, Term):
        return _term(condition)
    parts = [node_of(part) for part in condition.parts]
    match condition.kind:
        case Joined.ALL:
            return _joined("and", parts) if parts else Call("true", (), 0)
        case Joined.ANY:
            return _joined("or", parts) if parts else Call("false", (), 0)
        case Joined.NONE:
            return Call("not", (_joined("or", parts),), 0) if parts else Call("true", (), 0)


def _term(term: Term) -> Node:
    subject, comparison = term.subject, term.comparison
    if comparison is Comparison.BETWEEN:
        least, most = term.values
        return _joined("and", [_signed(subject, ">=", least), _signed(subject, "<=", most)])
    if comparison in CALLS:
        name = CALLS[comparison]
        parts: list[Node] = [Call(name, (subject, value), 0) for value in term.values]
    else:
        parts = [
            _signed(subject, SIGNS[comparison], value) for value in term.values or (Text("", 0),)
        ]
    whole = _joined(EACH.get(comparison, "or"), parts)
    return Call("not", (whole,), 0) if comparison is Comparison.INCLUDES_NONE else whole


def _signed(left: Node, sign: str, right: Node) -> Node:
    return Chain(left, ((sign, right),), 0)


def _joined(word: str, parts: Iterable[Node]) -> Node:
    """The parts in one chain, those that are such a chain dissolved in it."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, Chain) and part.rest[0][0] == word:
            flat.extend((part.first, *(operand for _, operand in part.rest)))
        else:
            flat.append(part)
    first, *rest = flat
    return Chain(first, tuple((word, each) for each in rest), 0) if rest else first

"""From nodes to the condition that they say."""

from typing import Final

from surveys.engine.expressions import Node
from surveys.engine.expressions.nodes import Call, Chain, Text
from surveys.engine.sentences.model import ALWAYS, NEVER, Comparison, Condition, Group, Joined, Term
from surveys.engine.sentences.normal import normal
from surveys.engine.sentences.operands import bare, is_fixed, is_sayable

SIGNS: Final = {
    "=": Comparison.IS,
    "!=": Comparison.IS_NOT,
    ">": Comparison.ABOVE,
    "<": Comparison.BELOW,
    ">=": Comparison.AT_LEAST,
    "<=": Comparison.AT_MOST,
}
TURNED: Final = {"=": "=", "!=": "!=", ">": "<", "<": ">", ">=": "<=", "<=": ">="}
CALLS: Final = {
    "selected": Comparison.INCLUDES,
    "contains": Comparison.CONTAINS,
    "starts-with": Comparison.STARTS_WITH,
    "ends-with": Comparison.ENDS_WITH,
    "regex": Comparison.MATCHES,
}
CONSTANTS: Final = {"true": ALWAYS, "false": NEVER}
JOINS: Final = {"and": Joined.ALL, "or": Joined.ANY}


def read(node: Node) -> Condition | None:
    """The condition that the node says, in its normal form; None where no sentence says it.

    The condition means what the node means, for every answer: it may turn ``5 < ${a}`` around and
    bring neighbours together, nothing more.
    """
    condition = _condition(bare(node))
    return None if condition is None else normal(condition)


def _condition(node: Node) -> Condition | None:
    match node:
        case Chain(first=first, rest=rest) if rest[0][0] in JOINS:
            return _group(JOINS[rest[0][0]], (first, *(operand for _, operand in rest)))
        case Chain(first=left, rest=((sign, right),)) if sign in SIGNS:
            return _comparison(left, sign, right)
        case Call():
            return _call(node)
        case _:
            return None


def _call(node: Call) -> Condition | None:
    match node:
        case Call(name="not", arguments=(inside,)):
            return _group(Joined.NONE, (inside,))
        case Call(name=name, arguments=()) if name in CONSTANTS:
            return CONSTANTS[name]
        case Call(name=name, arguments=(subject, value)) if name in CALLS:
            return _term(subject, CALLS[name], value)
        case _:
            return None


def _group(kind: Joined, nodes: tuple[Node, ...]) -> Group | None:
    parts = [_condition(node) for node in nodes]
    said = tuple(part for part in parts if part is not None)
    return Group(kind, said) if len(said) == len(parts) else None


def _comparison(left: Node, sign: str, right: Node) -> Term | None:
    if is_fixed(left) and not is_fixed(right):
        left, sign, right = right, TURNED[sign], left
    return _term(left, SIGNS[sign], right)


def _term(subject: Node, comparison: Comparison, value: Node) -> Term | None:
    if not (is_sayable(subject) and is_sayable(value)):
        return None
    # A blank in order or inclusion is never met: it is shown as it was written.
    if value == Text("", 0) and comparison not in {Comparison.IS, Comparison.IS_NOT}:
        return None
    return Term(subject, comparison, (value,))

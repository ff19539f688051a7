"""The values at which the logic of a form turns, by question: what its expressions compare with."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from surveys.engine.expressions.nodes import Call, Chain, Dot, Node, Number, Reference, Text
from surveys.engine.expressions.values import number_text
from surveys.engine.form import Form
from surveys.engine.lookedup import expressions_of, formulas_of
from surveys.engine.quality.wording import nodes_in

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


def landmarks_of(form: Form) -> Mapping[str, tuple[str, ...]]:
    """For each name the literals it is compared with anywhere, ``selected`` included."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for element in form.definition.elements():
        for _, node in expressions_of(element):
            for name, literal in _compared(node, element.name):
                found[name][literal] = None
    for _, node in formulas_of(form.definition):
        for name, literal in _compared(node, ""):
            found[name][literal] = None
    return {name: tuple(literals) for name, literals in found.items()}


def comparisons_in(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """Every comparison, once from each side: sign as it stands, this side, the other side."""
    for each in nodes_in(node):
        if isinstance(each, Chain) and each.rest[0][0] in COMPARISONS:
            sign, other = each.rest[0]
            yield sign, each.first, other
            yield sign, other, each.first


def _compared(node: Node, dot: str) -> Iterator[tuple[str, str]]:
    for _, one, other in comparisons_in(node):
        name, literal = _name(one, dot), _literal(other)
        if name and literal:
            yield name, literal
    for each in nodes_in(node):
        if isinstance(each, Call) and each.name == "selected":
            name, literal = _name(each.arguments[0], dot), _literal(each.arguments[-1])
            if name and literal:
                yield name, literal


def _name(node: Node, dot: str) -> str:
    match node:
        case Reference(name=name):
            return name
        case Dot():
            return dot
        case Call(arguments=(only,)):
            return _name(only, dot)
        case _:
            return ""


def _literal(node: Node) -> str:
    match node:
        case Number(value=value):
            return number_text(value)
        case Text(value=text):
            return text
        case Call(name="-", arguments=(Number(value=value),)):
            return number_text(-value)
        case Call(name="date", arguments=(Text(value=text),)):
            return text
        case _:
            return ""

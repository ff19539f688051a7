"""Our expressions in ODK Collect's words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from surveys.engine.expressions import ExpressionError
from surveys.engine.expressions.nodes import Call, Chain, Dot, Lookup, Node, Text
from surveys.engine.expressions.parser import parse

FOREIGN: Final = frozenset(
    {
        *("previous", "missing-code", "add-months", "end-of-month"),
        *("row", "cell", "floor", "ceiling", "mean", "substring"),
    }
)
"""Functions of ours that Collect's evaluator, JavaRosa, does not have."""

_CELL: Final = re.compile(r"cell\s*\(\s*\$\{\s*([^{}]*?)\s*\}\s*,\s*['\"]([^'\"]*)['\"]\s*\)")
_ROW: Final = re.compile(r"row\s*\(\s*\)")


@dataclass(frozen=True, slots=True)
class Tables:
    """Where cells are: the table of a column, and the place of a row in it, from 1."""

    table_of: Mapping[str, str] = field(default_factory=dict)
    position_of: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an expression stands: ``row`` is the question that holds the row's code, in a table;
    ``dot`` what ``.`` means where it does not mean the question itself.
    """

    row: str = ""
    dot: str = ""


NOWHERE: Final = Spot()
"""Outside tables, where ``.`` means the question itself."""


@dataclass(frozen=True, slots=True)
class Translated:
    """The expression for Collect, and the functions in it for which there is no word."""

    text: str
    unknown: tuple[str, ...] = ()


def translate(text: str, tables: Tables, spot: Spot) -> Translated:
    """``row()`` becomes the question with the row's code, ``cell()`` of a fixed row an
    ``indexed-repeat()``; what cannot be read at all stays as it is.
    """
    try:
        nodes = list(_nodes(parse(text)))
    except ExpressionError:
        return Translated(text)
    edits: list[tuple[int, int, str]] = []
    unknown: list[str] = []
    for node in nodes:
        edit = _edit(text, node, tables, spot)
        if edit:
            edits.append(edit)
        elif isinstance(node, Call) and node.name in FOREIGN:
            unknown.append(node.name)
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return Translated(text, tuple(dict.fromkeys(unknown)))


def never(text: str, dot: str) -> bool:
    """Whether a condition over the column's name cannot hold for the column ``dot``: it is a
    conjunction, and one of its parts compares the name with another.
    """
    try:
        node = parse(text)
    except ExpressionError:
        return False
    parts = [node]
    if isinstance(node, Chain) and {sign for sign, _ in node.rest} == {"and"}:
        parts = [node.first, *(part for _, part in node.rest)]
    return any(_fails(part, dot) for part in parts)


def _fails(part: Node, dot: str) -> bool:
    match part:
        case Chain(first=Dot(), rest=((sign, Text(value=name)),)):
            return (sign == "!=" and name == dot) or (sign == "=" and name != dot)
    return False


def _edit(text: str, node: Node, tables: Tables, spot: Spot) -> tuple[int, int, str] | None:
    match node:
        case Dot(at=at) if spot.dot:
            return at, at + 1, f"'{spot.dot}'"
        case Call(name="row", at=at) if spot.row and (found := _ROW.match(text, at)):
            return at, found.end(), f"${{{spot.row}}}"
        case Call(name="cell", at=at) if found := _CELL.match(text, at):
            column, row = found.groups()
            table = tables.table_of.get(column, "")
            if position := tables.position_of.get((table, row)):
                new = f"indexed-repeat(${{{column}}}, ${{{table}}}, {position})"
                return at, found.end(), new
    return None


def _nodes(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        match node:
            case Call(arguments=arguments):
                waiting.extend(arguments)
            case Chain(first=first, rest=rest):
                waiting += [first, *(operand for _, operand in rest)]
            case Lookup(condition=condition):
                waiting.append(condition)

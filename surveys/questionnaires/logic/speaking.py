"""From expressions to sentences in the reader's language."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.engine.expressions import Node
from surveys.engine.expressions.nodes import (
    Call,
    Chain,
    Column,
    Dot,
    Number,
    Parent,
    Reference,
    Text,
)
from surveys.engine.sentences import (
    ALWAYS,
    NEVER,
    Comparison,
    Condition,
    Group,
    Joined,
    Term,
    bare,
    is_sayable,
    read,
    text_of_node,
)
from surveys.engine.structure import NO, YES
from surveys.questionnaires.logic.spot import Spot, parsed
from surveys.questionnaires.logic.tokens import Look, Token
from surveys.questionnaires.logic.words import (
    INFIXES,
    JOINS,
    PREFIXES,
    SIGNS,
    UNSPOKEN,
    WORDS,
    words_of,
)
from surveys.rendering import show_date, show_figure

HUNDRED: Final = Decimal(100)
MINUS: Final = "\u2212"

Tokens = Iterator[Token]


def sentence(spot: Spot, text: str) -> tuple[Token, ...]:
    """What an expression says at a place; nothing where no sentence says it."""
    plain = text.replace(" ", "").casefold()
    if plain in YES | NO:
        return tuple(condition_tokens(spot, ALWAYS if plain in YES else NEVER))
    node = parsed(text)
    if node is None:
        return ()
    node = bare(node)
    if (condition := read(node)) is not None:
        return tuple(condition_tokens(spot, condition))
    return tuple(_value(spot, node, node)) if _is_value(node) else ()


def condition_tokens(spot: Spot, condition: Condition) -> Tokens:
    """The sentence of a condition."""
    if isinstance(condition, Term):
        yield from _term(spot, condition)
    elif not condition.parts:
        is_always = condition.kind is not Joined.ANY
        words = pgettext("condition", "always") if is_always else pgettext("condition", "never")
        yield Token(words, Look.WORD)
    else:
        yield from _group(spot, condition)


def operand_tokens(spot: Spot, node: Node) -> Tokens:
    """One side of a comparison."""
    return _value(spot, node, node)


def shown_value(spot: Spot, subject: Node, value: Node) -> str:
    """A value beside a subject, in one piece."""
    return " ".join(token.text for token in _value(spot, value, subject))


def _group(spot: Spot, group: Group) -> Tokens:
    if group.kind is Joined.NONE:
        yield Token(pgettext("condition", "it does not hold that"), Look.JOIN)
    for index, part in enumerate(group.parts):
        if index:
            yield Token(str(JOINS[group.kind]), Look.JOIN)
        if isinstance(part, Group) and part.parts:
            yield Token("(", Look.JOIN)
            yield from _group(spot, part)
            yield Token(")", Look.JOIN)
        else:
            yield from condition_tokens(spot, part)


def _term(spot: Spot, term: Term) -> Tokens:
    yield from _value(spot, term.subject, term.subject)
    family = spot.family(term.subject)
    yield Token(str(words_of(term.comparison, family, len(term.values))), Look.WORD)
    for index, value in enumerate(term.values):
        if index and term.comparison is Comparison.BETWEEN:
            yield Token(pgettext("between", "and"), Look.WORD)
        elif index:
            is_all = term.comparison is Comparison.INCLUDES_ALL
            word = JOINS[Joined.ALL if is_all else Joined.ANY]
            yield Token(str(word), Look.BETWEEN)
        yield from _value(spot, value, term.subject)


def _value(spot: Spot, node: Node, beside: Node) -> Tokens:
    """An operand; a literal is worded as a value of what it stands beside."""
    match node:
        case Reference(name=name):
            yield Token(spot.label(name), Look.SUBJECT)
        case Dot():
            yield Token(_this(spot), Look.SUBJECT)
        case Column(name=name):
            yield Token(_column(name), Look.SUBJECT)
        case Number() | Text():
            yield Token(_literal(spot, node, beside), Look.VALUE)
        case Chain():
            yield from _chain(spot, node)
        case Call():
            yield from _call(spot, node, beside)
        case _:
            yield Token(text_of_node(node), Look.VALUE)


def _literal(spot: Spot, node: Number | Text, beside: Node) -> str:
    text = format(node.value, "f") if isinstance(node, Number) else node.value
    if label := spot.choice_label(beside, text):
        return label
    if isinstance(node, Number):
        return show_figure(text, spot.language)
    if not text:
        return pgettext("value", "blank")
    return show_date(text) if _is_date(text) else f"“{text}”"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-12-31")


def _this(spot: Spot) -> str:
    return pgettext("subject", "the column") if spot.is_of_cells else _("this answer")


def _column(name: str) -> str:
    if name == "name":
        return pgettext("subject", "the choice")
    return _("its %(column)s") % {"column": f"“{name}”"}


def _chain(spot: Spot, node: Chain) -> Tokens:
    share = _share(node)
    if share is not None:
        percent, whole = share
        yield Token(f"{show_figure(percent, spot.language)} %", Look.VALUE)
        yield Token(pgettext("share", "of"), Look.WORD)
        yield from _inside(spot, whole)
        return
    yield from _inside(spot, node.first)
    for sign, operand in node.rest:
        yield Token(str(SIGNS[sign]), Look.WORD)
        yield from _inside(spot, operand)


def _share(node: Chain) -> tuple[str, Node] | None:
    """``1.1 * ${x}`` as 110 and ``${x}``; None for other products."""
    if len(node.rest) != 1 or node.rest[0][0] != "*":
        return None
    one, other = node.first, node.rest[0][1]
    if isinstance(other, Number):
        one, other = other, one
    if not isinstance(one, Number) or isinstance(other, Number) or one.value % 1 == 0:
        return None
    return format((one.value * HUNDRED).normalize(), "f"), other


def _inside(spot: Spot, node: Node) -> Tokens:
    if isinstance(node, Chain):
        yield Token("(", Look.WORD)
        yield from _chain(spot, node)
        yield Token(")", Look.WORD)
    else:
        yield from _value(spot, node, node)


def _call(spot: Spot, node: Call, beside: Node) -> Tokens:
    match node:
        case Call(name="-", arguments=(Number(value=value),)):
            yield Token(show_figure(f"-{value:f}", spot.language), Look.VALUE)
        case Call(name="-", arguments=(operand,)):
            yield Token(MINUS, Look.WORD)
            yield from _inside(spot, operand)
        case Call(name="date", arguments=(Text(value=text),)) if _is_date(text):
            yield Token(show_date(text), Look.VALUE)
        case Call(name="cell", arguments=(Reference(name=name), Text(value=row))):
            yield Token(f"{spot.label(name)}, {spot.row_label(name, row)}", Look.SUBJECT)
        case Call(name="if", arguments=(condition, one, other)):
            yield from _if(spot, (condition, one, other), beside)
        case Call(name=name) if name in WORDS:
            look = Look.VALUE if name in {"today", "now"} else Look.SUBJECT
            yield Token(str(WORDS[name]), look)
        case _:
            yield from _function(spot, node, beside)


def _function(spot: Spot, node: Call, beside: Node) -> Tokens:
    if node.name in PREFIXES:
        yield Token(str(PREFIXES[node.name]), Look.WORD)
    between = INFIXES.get(node.name)
    for index, argument in enumerate(node.arguments):
        if index:
            yield Token(str(between or pgettext("list", "and")), Look.WORD)
        is_plain = node.name in UNSPOKEN or node.name in INFIXES
        yield from _value(spot, argument, beside if is_plain else argument)


def _if(spot: Spot, parts: tuple[Node, Node, Node], beside: Node) -> Tokens:
    condition, one, other = parts
    said = read(condition)
    assert said is not None
    yield Token(pgettext("choice of a value", "if"), Look.JOIN)
    yield from condition_tokens(spot, said)
    yield Token(pgettext("choice of a value", "then"), Look.JOIN)
    yield from _value(spot, one, beside)
    yield Token(pgettext("choice of a value", "else"), Look.JOIN)
    yield from _value(spot, other, beside)


def _is_value(node: Node) -> bool:
    """Whether words can be put to a calculation: operands, and choices between them."""
    match node:
        case Call(name="if", arguments=(condition, one, other)):
            return read(condition) is not None and _is_value(one) and _is_value(other)
        case Chain(first=first, rest=rest):
            return all(sign in SIGNS for sign, _operand in rest) and all(
                _is_value(each) for each in (first, *(operand for _sign, operand in rest))
            )
        case Parent():
            return False
        case _:
            return is_sayable(node)

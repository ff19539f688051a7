"""Values as people write them in a sentence, and as expressions hold them."""

from datetime import date, time
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from surveys.engine import EvaluationError, read_date, read_number
from surveys.engine.answers import read_datetime
from surveys.engine.expressions import Node, Type
from surveys.engine.expressions.nodes import Call, Number, Text
from surveys.engine.expressions.values import decimal_of, parse_time, text_of
from surveys.engine.sentences import bare, is_literal, is_sayable
from surveys.questionnaires.logic.referring import advice, called, resolved
from surveys.questionnaires.logic.spot import Spot
from surveys.questionnaires.logic.words import Family
from surveys.rendering import show_date, show_number


class ValueUnreadable(ValueError):
    """A typed value that is none; its text is what to do about it."""


def written(spot: Spot, subject: Node, value: Node) -> str:
    """A literal as it stands in a box: a code, a number or a date in the reader's format, a text."""
    if isinstance(value, Call) and value.name == "date":
        (value,) = value.arguments
    if isinstance(value, Call):
        (figure,) = value.arguments
        return f"-{written(spot, subject, figure)}"
    if isinstance(value, Number):
        digits = format(value.value, "f")
        return digits if spot.choices(subject) else show_number(digits, spot.language)
    assert isinstance(value, Text)
    return show_date(value.value) if spot.family(subject) is Family.DATE else value.value


def formula(spot: Spot, value: Node) -> str:
    """A value that is no literal, as it stands in its box."""
    return called(spot, value)


def read_value(spot: Spot, subject: Node, typed: str) -> Node:
    """The literal that somebody typed beside a subject. Raises ValueUnreadable."""
    typed = typed.strip()
    if not typed:
        raise ValueUnreadable(_("Type a value."))
    if spot.choices(subject):
        return _choice(spot, subject, typed)
    try:
        return READERS[spot.family(subject)](spot, subject, typed)
    except EvaluationError as failure:
        raise ValueUnreadable(_("This is no date. Write it as 31/12/2026.")) from failure


def read_formula(spot: Spot, typed: str) -> Node:
    """The expression that somebody chose or typed as a value. Raises ValueUnreadable."""
    node = resolved(spot, typed)
    if node is None or not is_sayable(node):
        raise ValueUnreadable(advice(spot, typed))
    return node


def is_formula(values: tuple[Node, ...]) -> bool:
    """Whether values have to be shown as expressions."""
    return any(not is_literal(bare(value)) for value in values)


def _choice(spot: Spot, subject: Node, typed: str) -> Node:
    choices = spot.choices(subject)
    codes = [code for code, label in choices if typed in {code, label}]
    if not codes:
        # A code that the list has lost stays until somebody takes it out.
        return Text(typed, 0)
    return Text(codes[0], 0)


def _number(spot: Spot, _subject: Node, typed: str) -> Node:
    value = read_number(typed, language=spot.language)
    if value is None:
        raise ValueUnreadable(_("This is no number."))
    return _figure(value)


def _figure(value: Decimal) -> Node:
    return Call("-", (Number(-value, 0),), 0) if value < 0 else Number(value, 0)


def _moment(spot: Spot, subject: Node, typed: str) -> Node:
    kind = spot.type_of(subject)
    if kind is Type.TIME:
        clock = parse_time(typed)
        assert isinstance(clock, time)
        return Text(text_of(clock), 0)
    if kind is Type.DATETIME and ":" in typed:
        return Text(text_of(read_datetime(typed)), 0)
    day = read_date(typed)
    assert isinstance(day, date)
    return Call("date", (Text(day.isoformat(), 0),), 0)


def _text(spot: Spot, subject: Node, typed: str) -> Node:
    is_open = spot.type_of(subject) is not Type.TEXT
    figure = decimal_of(typed) if is_open else None
    return Text(typed, 0) if figure is None else _figure(figure)


READERS: Final = {
    Family.NUMBER: _number,
    Family.DATE: _moment,
    Family.TEXT: _text,
    Family.CHOICE: _text,
    Family.CHOICES: _text,
}

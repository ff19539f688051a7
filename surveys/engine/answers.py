"""Stored answers and typed text as values, and values as stored answers."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import (
    date_of,
    datetime_of,
    decimal_of,
    number_of,
    number_text,
    parse_date,
    parse_moment,
    parse_time,
    text_of,
    text_or_blank,
    truth_of,
)
from surveys.engine.model import Choice, Kind, Question
from surveys.engine.others import OTHER
from surveys.engine.results import Cell, JSONValue

ACKNOWLEDGED: Final = "OK"
NUMERIC: Final = {Kind.INTEGER, Kind.DECIMAL, Kind.RANGE}
SEVERAL: Final = {Kind.SELECT_MULTIPLE, Kind.RANK}

TYPES: Final = {
    Kind.TEXT: Type.TEXT,
    Kind.INTEGER: Type.NUMBER,
    Kind.DECIMAL: Type.NUMBER,
    Kind.RANGE: Type.NUMBER,
    Kind.DATE: Type.DATE,
    Kind.TIME: Type.TIME,
    Kind.DATETIME: Type.DATETIME,
    Kind.SELECT_ONE: Type.CHOICE,
    Kind.SELECT_MULTIPLE: Type.CHOICES,
    Kind.RANK: Type.CHOICES,
    Kind.NOTE: Type.TEXT,
    Kind.CALCULATE: Type.ANY,
    Kind.HIDDEN: Type.TEXT,
    Kind.ACKNOWLEDGE: Type.TEXT,
    Kind.FILE: Type.TEXT,
    Kind.IMAGE: Type.TEXT,
}

GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*", re.ASCII)
PLAIN: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+", re.ASCII)
MIXED: Final = re.compile(
    r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]+|(?:,[0-9]{3})+\.[0-9]+)", re.ASCII
)
SPACED: Final = re.compile(r"(?<=[0-9])[\s\u00a0\u202f\u2009'](?=[0-9]{3}(?![0-9]))")
DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)
YEAR_FIRST: Final = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})", re.ASCII)
LONG_NUMBER: Final = re.compile(r"[-+\u2212]?(?:[0-9][\s\u00a0\u202f\u2009'.,]?){29,}", re.ASCII)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Unreadable(ValueError):
    """Text that stands for no value of the question's kind."""


def value_of(kind: Kind, stored: object) -> Value:
    """The stored answer as expressions read it. Raises Unreadable."""
    if stored is None or stored in ("", []):
        return None
    try:
        return _VALUES[kind](stored)
    except EvaluationError as refusal:
        raise Unreadable(refusal.advice) from refusal


def stored_of(value: Value) -> JSONValue:
    """A value as it is stored."""
    match value:
        case None | bool() | str():
            return value
        case tuple():
            return list(value)
        case Decimal() | date() | time():
            return text_of(value)


def coerced(kind: Kind, value: Value) -> Value:
    """A computed value in the type of the question that holds it; blank if it does not fit."""
    if value is None:
        return None
    try:
        return _COERCIONS.get(TYPES[kind], _same)(value)
    except EvaluationError:
        return None


def read_number(text: str, *, language: str = "vi", is_whole: bool = False) -> Decimal | None:
    """The number a person wrote, in either notation; None if it is none.

    A lone separator before exactly three digits groups if it is the language's grouping sign
    (or the question takes whole numbers only); otherwise the last separator is the decimal one.
    """
    plain = SPACED.sub("", text.strip()).replace("\u2212", "-")
    sign, plain = ("-", plain[1:]) if plain[:1] == "-" else ("", plain.removeprefix("+"))
    if MIXED.fullmatch(plain):
        last = max(plain.rfind("."), plain.rfind(","))
        whole, fraction = re.sub(r"[.,]", "", plain[:last]), plain[last + 1 :]
        return decimal_of(f"{sign}{whole}.{fraction}")
    grouped = GROUPED.fullmatch(plain)
    if grouped is not None:
        is_alone = len(re.findall(r"[.,]", plain)) == 1
        grouping = "," if language == "en" else "."
        if not is_alone or is_whole or grouped.group(1) == grouping:
            return decimal_of(sign + re.sub(r"[.,]", "", plain))
    if PLAIN.fullmatch(plain):
        return decimal_of(sign + plain.replace(",", "."))
    return None


def has_too_many_digits(text: str) -> bool:
    """Whether the text is a number but for its length: more digits than are kept exactly."""
    return LONG_NUMBER.fullmatch(text.strip()) is not None and read_number(text) is None


def read_typed(
    question: Question, typed: str | Sequence[str], choices: Sequence[Choice], language: str
) -> Cell:
    """What a person typed or ticked, as a cell; the text itself where it cannot be read."""
    if not isinstance(typed, str):
        return _read_several(question, typed, choices)
    text = CONTROL.sub("", unicodedata.normalize("NFC", typed)).strip()
    if not text:
        return Cell()
    if text.upper() in question.missing:
        return Cell(missing=text.upper())
    if question.kind in SEVERAL:
        codes = {choice.name for choice in choices}
        parts = text.split() if set(text.split()) <= codes else re.split(r"[,;\n]", text)
        return _read_several(question, parts, choices)
    try:
        return Cell(value=_read_one(question, text, choices, language))
    except (Unreadable, EvaluationError):
        return Cell(typed=text)


def _read_one(question: Question, text: str, choices: Sequence[Choice], language: str) -> JSONValue:
    kind = question.kind
    if kind in NUMERIC:
        return _read_figure(kind, text, language)
    if kind is Kind.SELECT_ONE:
        return _code_of(question, text, choices)
    read = _READERS.get(kind)
    return text if read is None else read(text)


def _read_time(text: str) -> str:
    clock = re.sub(r"(?i)\s*(h|giờ)\s*", ":", text)
    return text_of(parse_time(f"{clock}00" if clock.endswith(":") else clock))


def _read_tick(text: str) -> str:
    if text.casefold() not in {"ok", "on", "true", "1", "yes", "x"}:
        raise Unreadable(text)
    return ACKNOWLEDGED


def _read_figure(kind: Kind, text: str, language: str) -> str:
    number = read_number(text, language=language, is_whole=kind is Kind.INTEGER)
    if number is None or (kind is Kind.INTEGER and number != number.to_integral_value()):
        raise Unreadable(text)
    return number_text(number)


def read_date(text: str) -> date:
    """A date as people write it: 25/12/2026, 25-12-2026, 2026-12-25. Raises EvaluationError."""
    if found := DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        return parse_date(f"{year}-{month}-{day}")
    if found := YEAR_FIRST.fullmatch(text):
        return parse_date("-".join(found.groups()))
    return parse_date(text)


def read_datetime(text: str) -> datetime | None:
    """A date with a time as people write it; a bare date is its midnight."""
    day, _, clock = text.replace("T", " ").partition(" ")
    return datetime_of(parse_moment(f"{read_date(day).isoformat()} {clock}".strip()))


def _read_several(question: Question, typed: Sequence[str], choices: Sequence[Choice]) -> Cell:
    items = [unicodedata.normalize("NFC", item).strip() for item in typed]
    items = [item for item in items if item]
    if question.kind not in SEVERAL and question.kind not in {Kind.FILE, Kind.IMAGE}:
        return Cell(typed=", ".join(items)) if len(items) > 1 else _single(question, items, choices)
    if question.kind in {Kind.FILE, Kind.IMAGE}:
        return Cell(value=items or None)
    try:
        codes = list(dict.fromkeys(_code_of(question, item, choices) for item in items))
    except Unreadable:
        return Cell(typed=", ".join(items))
    if question.kind is Kind.SELECT_MULTIPLE:
        order = {choice.name: index for index, choice in enumerate(choices)}
        codes.sort(key=lambda code: order.get(code, len(order)))
    return Cell(value=codes or None)


def _single(question: Question, items: list[str], choices: Sequence[Choice]) -> Cell:
    return read_typed(question, items[0], choices, "vi") if items else Cell()


def _code_of(question: Question, text: str, choices: Sequence[Choice]) -> str:
    for choice in choices:
        if choice.name == text:
            return text
    if question.or_other and text == OTHER:
        return text
    folded = text.casefold()
    meant = [
        choice.name
        for choice in choices
        if any(label.casefold() == folded for label in choice.label.values())
    ]
    if len(meant) != 1:  # of several with one label, nobody knows which
        raise Unreadable(text)
    return meant[0]


def _number(stored: object) -> Value:
    text = number_text(Decimal(stored)) if isinstance(stored, int) else str(stored)
    number = decimal_of(text)
    if number is None:
        raise Unreadable(text)
    return number


def _text(stored: object) -> Value:
    if isinstance(stored, list):
        return tuple(str(item) for item in stored)
    if isinstance(stored, bool):
        return ACKNOWLEDGED if stored else None
    return text_or_blank(str(stored))


def _codes(stored: object) -> Value:
    items = stored if isinstance(stored, list) else str(stored).split()
    return tuple(str(item) for item in items) or None


def _code(stored: object) -> Value:
    if isinstance(stored, list):
        if len(stored) != 1:
            raise Unreadable(str(stored))
        return str(stored[0])
    return str(stored)


def _any(stored: object) -> Value:
    if isinstance(stored, bool):
        return stored
    if isinstance(stored, int | Decimal):
        return _number(stored)
    return _text(stored)


_VALUES: Final[dict[Kind, Callable[[object], Value]]] = {
    **dict.fromkeys(NUMERIC, _number),
    **dict.fromkeys(SEVERAL, _codes),
    **dict.fromkeys(
        (Kind.TEXT, Kind.NOTE, Kind.HIDDEN, Kind.ACKNOWLEDGE, Kind.FILE, Kind.IMAGE), _text
    ),
    Kind.CALCULATE: _any,
    Kind.SELECT_ONE: _code,
    Kind.DATE: lambda stored: parse_date(str(stored)),
    Kind.TIME: lambda stored: parse_time(str(stored)),
    Kind.DATETIME: lambda stored: datetime_of(parse_moment(str(stored))),
}


def _same(value: Value) -> Value:
    return value


def _codes_of(value: Value) -> Value:
    return value if isinstance(value, tuple) else tuple(text_of(value).split()) or None


def _clock_of(value: Value) -> Value:
    return value if isinstance(value, time) else parse_time(text_of(value))


def _text_value(value: Value) -> Value:
    return text_or_blank(text_of(value))


_COERCIONS: Final[dict[Type, Callable[[Value], Value]]] = {
    Type.NUMBER: number_of,
    Type.TEXT: _text_value,
    Type.CHOICE: _text_value,
    Type.CHOICES: _codes_of,
    Type.BOOLEAN: truth_of,
    Type.DATE: date_of,
    Type.DATETIME: datetime_of,
    Type.TIME: _clock_of,
}

_READERS: Final[dict[Kind, Callable[[str], str]]] = {
    Kind.DATE: lambda text: read_date(text).isoformat(),
    Kind.TIME: _read_time,
    Kind.DATETIME: lambda text: text_of(read_datetime(text)),
    Kind.ACKNOWLEDGE: _read_tick,
}

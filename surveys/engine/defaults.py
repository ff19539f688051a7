"""What a draft or a new row starts with."""

import re
from collections.abc import Mapping
from typing import Final

from surveys.engine.answers import Unreadable, value_of
from surveys.engine.expressions import Compiled, Names, Place, Type, compile_expression
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Value
from surveys.engine.model import ChoiceList, Kind, Question

TEXTUAL: Final = {Kind.TEXT, Kind.HIDDEN, Kind.CALCULATE, Kind.NOTE}
DYNAMIC: Final = re.compile(r"\$\{|[A-Za-z][\w:-]*\(|^\s*'[^']*'\s*$|^\s*\"[^\"]*\"\s*$")


def compile_default(
    question: Question, lists: Mapping[str, ChoiceList], names: Names, place: Place
) -> Compiled | None:
    """The default as a rule: a literal of the question's kind, else an expression."""
    text = question.default.strip()
    if not text:
        return None
    if DYNAMIC.search(text) is None:
        literal = _literal(question, text, lists)
        if literal is not None:
            return _always(text, literal)
    return compile_expression(text, names, place)


def _literal(question: Question, text: str, lists: Mapping[str, ChoiceList]) -> Value:
    if question.kind in TEXTUAL:
        return text
    try:
        value = value_of(question.kind, text)
    except Unreadable:
        return None
    known = lists.get(question.list_name)
    if known is not None:
        codes = {choice.name for choice in known.choices}
        chosen = value if isinstance(value, tuple) else (str(value),)
        return value if set(chosen) <= codes else None
    return value


def _always(text: str, value: Value) -> Compiled:
    def run(_: Scope) -> Value:
        return value

    return Compiled(text, run, Type.ANY, constant=True)

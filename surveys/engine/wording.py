"""Answers in labels, hints and messages: ``${name}`` becomes what was answered, in words."""

from surveys.engine.answers import stored_of
from surveys.engine.evaluation import Evaluation
from surveys.engine.expressions.values import items_of
from surveys.engine.form import Part
from surveys.engine.mentions import REFERENCE
from surveys.engine.model import Question, text_in
from surveys.engine.values import format_value


def said_at(state: Evaluation, part: Part, row: str | None) -> tuple[str, ...]:
    """The texts of an element that speak of answers, in the reader's words."""
    default = state.form.definition.default_language
    return tuple(
        with_answers(state, text_in(text, state.language, default), part.owner, row)
        for text in part.texts
    )


def with_answers(state: Evaluation, text: str, owner: str, row: str | None) -> str:
    """The text with every ``${name}`` replaced: the same row's answer inside its repeat, outside
    the answers of all rows; nothing where there is no answer.
    """
    if "${" not in text:
        return text
    return REFERENCE.sub(lambda found: _said(state, found.group(1), owner, row), text)


def _said(state: Evaluation, name: str, owner: str, row: str | None) -> str:
    part = state.form.parts.get(name)
    if part is None or not isinstance(part.element, Question):
        return ""
    rows: tuple[str | None, ...] = (None,)
    if part.owner:
        rows = (row,) if part.owner == owner else state.row_ids(part.owner)
    return ", ".join(filter(None, (_in_words(state, part, each) for each in rows)))


def _in_words(state: Evaluation, part: Part, row: str | None) -> str:
    value = state.read(part.name, row)
    if value is None:
        return ""
    if not part.question.list_name:
        return format_value(part.question, stored_of(value), language=state.language)
    codes = items_of(value)
    labels = {each.name: each.label for each in state.known_choices(part) if each.name in codes}
    return ", ".join(text_in(labels.get(code, {}), state.language) or code for code in codes)

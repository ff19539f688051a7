"""The ready questionnaires with answers in them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from surveys.engine import Context, Form, FormState, compile_definition
from surveys.questionnaires.ready import ready_questionnaire
from surveys.xlsform import read_workbook

NOW = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001 - civil time


@lru_cache
def ready_form(code: str) -> Form:
    """The compiled questionnaire."""
    ready = ready_questionnaire(code)
    assert ready is not None
    definition = read_workbook(ready.read(), ready.filename, code=code).definition
    assert definition is not None
    return compile_definition(definition)


def answered(code: str, answers: Mapping[str, Any]) -> FormState:
    """The questionnaire with these answers."""
    return FormState(ready_form(code), answers=dict(answers), context=Context(NOW.date(), NOW))


def findings_at(state: FormState, path: str) -> list[tuple[str, str]]:
    """What is found at a place, with its grade."""
    return [(each.code, each.grade) for each in state.findings() if each.path == path]


def measured(state: FormState, code: str) -> tuple[Any, Any]:
    """Numerator and denominator of an indicator over these answers."""
    found = next(each for each in state.form.definition.indicators if each.code == code)
    return state.evaluate(found.numerator), state.evaluate(found.denominator)


def with_scores(form: Form) -> Iterator[tuple[str, str, str]]:
    """Each scored choice: its list, its code and its score."""
    for found in form.definition.lists.values():
        for choice in found.choices:
            if choice.score:
                yield found.name, choice.name, choice.score

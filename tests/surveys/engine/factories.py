"""Small forms and states for the engine's tests."""

from datetime import date, datetime
from typing import Any

from surveys.engine import (
    Choice,
    ChoiceList,
    Context,
    Definition,
    Element,
    Form,
    FormState,
    Kind,
    Question,
    compile_definition,
    errors,
)
from surveys.engine.plain import guessed

TODAY = date(2026, 11, 5)
CONTEXT = Context(today=TODAY, now=datetime(2026, 11, 5, 9, 30))  # noqa: DTZ001 - civil time


def integer(name: str, **attributes: Any) -> Question:
    return Question(name=name, kind=Kind.INTEGER, **attributes)


def text(name: str, **attributes: Any) -> Question:
    return Question(name=name, kind=Kind.TEXT, **attributes)


def calculate(name: str, calculation: str, **attributes: Any) -> Question:
    return Question(name=name, kind=Kind.CALCULATE, calculation=calculation, **attributes)


def select(name: str, list_name: str, **attributes: Any) -> Question:
    return Question(name=name, kind=Kind.SELECT_ONE, list_name=list_name, **attributes)


def several(name: str, list_name: str, **attributes: Any) -> Question:
    return Question(name=name, kind=Kind.SELECT_MULTIPLE, list_name=list_name, **attributes)


def choice_list(name: str, *codes: str) -> ChoiceList:
    return ChoiceList(name, tuple(Choice(code, {"vi": f"Nhãn {code}"}) for code in codes))


LISTS = {
    "yes_no": choice_list("yes_no", "yes", "no"),
    "rows": choice_list("rows", "north", "south"),
    "colours": choice_list("colours", "red", "green", "blue"),
}


def definition(*children: Element, **attributes: Any) -> Definition:
    attributes = {"code": "test", "title": {"vi": "Thử"}, "lists": LISTS, **attributes}
    return Definition(children=children, **attributes)


def form(*children: Element, **attributes: Any) -> Form:
    compiled = compile_definition(definition(*children, **attributes))
    assert errors(compiled.problems) == []
    return compiled


def state(compiled: Form, answers: dict[str, Any] | None = None, /, **documents: Any) -> FormState:
    documents = {"context": CONTEXT, **documents}
    return FormState(compiled, answers=answers or {}, **documents)


def codes(*children: Element, **attributes: Any) -> list[str]:
    """The codes of the problems of a definition, in order."""
    return [each.code for each in compile_definition(definition(*children, **attributes)).problems]


def evaluate(expression: str, **answers: Any) -> Any:
    """The value of an expression over answers whose JSON types are the types."""
    guess, stored = guessed(answers)
    return FormState(compile_definition(guess), answers=stored, context=CONTEXT).evaluate(
        expression
    )

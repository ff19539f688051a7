"""The text behind "other": every question that takes "or other" brings one.

As XLSForm has it, ``select_one list or_other`` called ``q`` asks in ``q_other`` what is meant. The
definition keeps the short word; the form has the question.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from surveys.engine.model import (
    Choice,
    Definition,
    Element,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
    Texts,
    walk,
)
from surveys.engine.problems import Problem

OTHER: Final = "other"
OTHER_CHOICE: Final = Choice(OTHER, {"vi": "Khác", "en": "Other"})
"""What a question with "or other" offers after its list."""

SPECIFY: Final[Texts] = {"vi": "Khác (ghi rõ)", "en": "Other (please specify)"}
LISTED: Final = {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK}


@dataclass(frozen=True, slots=True)
class Expansion:
    """A definition with the texts behind "other" in it.

    ``others`` has each such text's question, by the text's name; ``problems`` names that are taken.
    Expanding again changes nothing.
    """

    definition: Definition
    others: dict[str, str]
    problems: tuple[Problem, ...]


def with_others(definition: Definition) -> Expansion:
    """The definition in which each question with "or other" is followed by its text."""
    known = {element.name: element for element in definition.elements()}
    texts = {
        other_name(element.name): (element.name, _text_behind(element, definition.languages))
        for element in definition.elements()
        if isinstance(element, Question) and takes_other(element)
    }
    if not texts:
        return Expansion(definition, {}, ())
    problems = tuple(
        _taken(asked, name)
        for name, (asked, text) in texts.items()
        if name in known and known[name] != text
    )
    new = {asked: text for name, (asked, text) in texts.items() if name not in known}
    others = {name: asked for name, (asked, _) in texts.items()}
    children = tuple(_followed(definition.children, new))
    return Expansion(replace(definition, children=children), others, problems)


def texts_behind_other(elements: tuple[Element, ...]) -> set[str]:
    """The names of the texts behind "other" that the elements bring."""
    return {
        other_name(element.name)
        for element in walk(elements)
        if isinstance(element, Question) and takes_other(element)
    }


def takes_other(question: Question) -> bool:
    """Whether what is not in the list can be answered."""
    return question.or_other and question.kind in LISTED


def other_name(name: str) -> str:
    """The name of the text behind the question's "other"."""
    return f"{name}_{OTHER}"


def _taken(asked: str, other: str) -> Problem:
    advice = f"It holds the text behind “other” of ${{{asked}}}. Give your question another name."
    return Problem("other_name_taken", other, other, advice)


def _followed(elements: Iterable[Element], texts: Mapping[str, Question]) -> Iterator[Element]:
    for element in elements:
        match element:
            case Group() | Repeat():
                yield replace(element, children=tuple(_followed(element.children, texts)))
            case Table():
                yield replace(element, columns=tuple(_columns(element.columns, texts)))
            case Question():
                yield from _columns((element,), texts)


def _columns(questions: Iterable[Question], texts: Mapping[str, Question]) -> Iterator[Question]:
    for question in questions:
        yield question
        if question.name in texts:
            yield texts[question.name]


def _text_behind(question: Question, languages: tuple[str, ...]) -> Question:
    """The text: shown and wanted once "other" is chosen, as private and as fixed as its question."""
    label = {each: SPECIFY.get(each, SPECIFY["en"]) for each in {*SPECIFY, *languages}}
    return Question(
        name=other_name(question.name),
        kind=Kind.TEXT,
        label=label,
        relevant=f"selected(${{{question.name}}}, '{OTHER}')",
        required="yes",
        read_only=question.read_only,
        carry=question.carry,
        personal_data=question.personal_data,
    )

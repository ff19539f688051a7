""" "Other" spelled out: pyxform lets nothing refer to the text that it adds by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from surveys.engine.model import (
    Choice,
    ChoiceList,
    Definition,
    Element,
    Group,
    Question,
    Repeat,
    Table,
    text_in,
)
from surveys.engine.others import OTHER, OTHER_CHOICE, takes_other, with_others


def spelled_out(definition: Definition) -> Definition:
    """The same questionnaire without "or other": choice and text stand there like any other."""
    whole = with_others(definition).definition
    if whole is definition:
        return definition
    label = {each: text_in(OTHER_CHOICE.label, each, "en") for each in definition.languages}
    lists = _Lists(dict(definition.lists), replace(OTHER_CHOICE, label=label))
    children = tuple(_spelled(whole.children, lists))
    return replace(whole, children=children, lists=lists.known)


def _spelled(elements: tuple[Element, ...], lists: "_Lists") -> Iterator[Element]:
    for element in elements:
        match element:
            case Group() | Repeat():
                yield replace(element, children=tuple(_spelled(element.children, lists)))
            case Table():
                columns = tuple(_question(column, lists) for column in element.columns)
                yield replace(element, columns=columns)
            case Question():
                yield _question(element, lists)


def _question(question: Question, lists: "_Lists") -> Question:
    if not takes_other(question):
        return question
    return replace(question, or_other=False, list_name=lists.with_other(question.list_name))


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists, each with a twin that offers "other" too where that is wanted."""

    known: dict[str, ChoiceList]
    other: Choice

    def with_other(self, name: str) -> str:
        """The name of the list that offers "other" after the choices of ``name``."""
        plain = self.known[name]
        if OTHER in plain.by_name():
            return name
        wanted = ChoiceList(f"{name}_{OTHER}", (*plain.choices, self.other))
        while self.known.get(wanted.name, wanted) != wanted:
            wanted = replace(wanted, name=f"{wanted.name}_")
        self.known[wanted.name] = wanted
        return wanted.name

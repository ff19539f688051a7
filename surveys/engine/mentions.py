"""Which texts of an element speak of answers: ``${name}`` in labels, hints, messages, choices."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from surveys.engine.model import Definition, Element, Question, Table, Texts

REFERENCE: Final = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
LABELS: Final = ("label", "hint", "guidance")
MESSAGES: Final = ("required_message", "constraint_message", "warning_message")


def speaking_texts(definition: Definition) -> dict[str, tuple[Texts, ...]]:
    """The texts with references that people read at each element, by its name.

    The heads of a table's columns are read at the table, what is said of a cell at its column.
    """
    choices = {
        name: tuple(speaking(choice.label for choice in known.choices))
        for name, known in definition.lists.items()
    }
    columns = {
        column.name
        for element in definition.elements()
        if isinstance(element, Table)
        for column in element.columns
    }
    found: dict[str, tuple[Texts, ...]] = {}
    for element in definition.elements():
        fields = MESSAGES if element.name in columns else (*LABELS, *MESSAGES)
        texts = [*_texts(element, fields), *choices.get(_list_of(element), ())]
        if isinstance(element, Table):
            texts.extend(text for column in element.columns for text in _texts(column, LABELS))
        if texts:
            found.setdefault(element.name, tuple(texts))
    return found


def mentioned(texts: Iterable[Texts]) -> set[str]:
    """The names that texts refer to, in any language."""
    return {name for text in texts for words in text.values() for name in REFERENCE.findall(words)}


def speaking(texts: Iterable[Texts]) -> Iterator[Texts]:
    """Those of the texts that refer to anything."""
    return (text for text in texts if any("${" in words for words in text.values()))


def _texts(element: Element, fields: Iterable[str]) -> Iterator[Texts]:
    return speaking(getattr(element, field, {}) for field in fields)


def _list_of(element: Element) -> str:
    match element:
        case Question():
            return element.list_name
        case Table():
            return element.row_list
        case _:
            return ""

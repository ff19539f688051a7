"""Which texts of an element speak of answers: ``${name}`` in labels, hints, messages, choices."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from surveys.engine.expressions import nearest
from surveys.engine.model import Definition, Element, Question, Table, Texts
from surveys.engine.problems import Problem

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


def mention_problems(
    definition: Definition, places: Mapping[str, str], names: Collection[str]
) -> Iterator[Problem]:
    """What texts refer to that does not exist; ``places`` says where each element stands."""
    for element in definition.elements():
        for field in (*LABELS, *MESSAGES):
            at = f"{places.get(element.name, element.name)}.{field}"
            yield from _unknown(getattr(element, field, {}), at, names)
    for known in definition.lists.values():
        for choice in known.choices:
            yield from _unknown(choice.label, f"choices/{known.name}.label", names)


def _unknown(texts: Texts, at: str, names: Collection[str]) -> Iterator[Problem]:
    for language, words in texts.items():
        for name in REFERENCE.findall(words) if "${" in words else ():
            if name not in names:
                advice = nearest(name, names, "${%s}").strip() or "No row has this name."
                yield Problem("reference_unknown", f"{at}::{language}", name, advice)


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

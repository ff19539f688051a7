"""What is written for one element, one choice or one indicator: cells by column and language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Final

from surveys.engine.model import (
    ChoiceList,
    Element,
    Group,
    Indicator,
    Kind,
    Question,
    Repeat,
    Table,
)
from surveys.xlsform.headers import ColumnKey
from surveys.xlsform.vocabulary import INDICATORS, SURVEY

Cells = Mapping[ColumnKey, str]

_COLUMNS: Final[Mapping[str, str]] = {"guidance": "guidance_hint", "kind": "type"}
"""Attributes of the model whose column is called otherwise."""

_APART: Final = frozenset({"kind", "list_name", "or_other", "parameters", "children", "columns"})
"""Attributes that are no cell of their own name."""

_FOREIGN: Final[Mapping[tuple[Kind, str], re.Pattern[str]]] = {
    (Kind.TEXT, "rows"): re.compile(r"[0-9]{1,4}"),
    (Kind.IMAGE, "max-pixels"): re.compile(r"[0-9]{1,9}"),
    (Kind.RANGE, "start"): re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    (Kind.RANGE, "end"): re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    (Kind.RANGE, "step"): re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    (Kind.SELECT_ONE, "randomize"): re.compile(r"true|false"),
    (Kind.SELECT_MULTIPLE, "randomize"): re.compile(r"true|false"),
    (Kind.RANK, "randomize"): re.compile(r"true|false"),
}
"""Parameters that XLSForm has too; all others would make pyxform refuse the workbook."""


def survey_cells(elements: Iterable[Element]) -> Iterator[Cells]:
    """The rows of the sheet ``survey``, in document order, with the ends of blocks."""
    for element in elements:
        match element:
            case Question():
                yield _question(element)
            case Group():
                yield from _block("group", element, element.children)
            case Repeat():
                yield from _block("repeat", element, element.children)
            case Table():
                yield from _block("repeat", element, element.columns)


def choice_cells(lists: Iterable[ChoiceList]) -> Iterator[Cells]:
    """The rows of the sheet ``choices``."""
    for entries in lists:
        for choice in entries.choices:
            cells = {("list_name", ""): entries.name, ("name", ""): choice.name}
            cells |= {("label", language): text for language, text in choice.label.items()}
            cells |= {("score", ""): choice.score} if choice.score else {}
            yield cells | {(name, ""): text for name, text in choice.extra.items()}


def indicator_cells(indicators: Iterable[Indicator]) -> Iterator[Cells]:
    """The rows of the sheet ``indicators``."""
    for indicator in indicators:
        yield _attributes(indicator, INDICATORS.translated)


def _question(question: Question) -> Cells:
    words = [question.kind.value, question.list_name, "or_other" if question.or_other else ""]
    cells = {("type", ""): " ".join(filter(None, words))}
    cells |= _attributes(question, SURVEY.translated)
    foreign = {n: v for n, v in question.parameters.items() if _is_foreign(question.kind, n, v)}
    ours = {n: v for n, v in question.parameters.items() if n not in foreign}
    for column, parameters in (("parameters", foreign), ("own_parameters", ours)):
        if parameters:
            cells[column, ""] = " ".join(f"{name}={value}" for name, value in parameters.items())
    return cells


def _is_foreign(kind: Kind, name: str, value: str) -> bool:
    pattern = _FOREIGN.get((kind, name))
    return pattern is not None and pattern.fullmatch(value) is not None


def _block(
    word: str, block: Group | Repeat | Table, children: Iterable[Element]
) -> Iterator[Cells]:
    yield {("type", ""): f"begin_{word}", **_attributes(block, SURVEY.translated)}
    yield from survey_cells(children)
    yield {("type", ""): f"end_{word}"}


def _attributes(described: Element | Indicator, translated: frozenset[str]) -> dict[ColumnKey, str]:
    """Each attribute that says anything, under the name of its column."""
    cells: dict[ColumnKey, str] = {}
    for item in fields(described):
        if item.name in _APART or not item.compare:
            continue
        column, value = _COLUMNS.get(item.name, item.name), getattr(described, item.name)
        if column in translated:
            cells |= {(column, language): text for language, text in value.items()}
        elif text := _text(value):
            cells[column, ""] = text
    return cells


def _text(value: object) -> str:
    """A cell's text; "" for what the reader takes from an empty cell."""
    match value:
        case bool():
            return "yes" if value else ""
        case tuple():
            return " ".join(map(str, value))
        case StrEnum():
            return "" if value.value == "none" else value.value
        case None:
            return ""
    return str(value)

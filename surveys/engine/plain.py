"""Definitions from plain JSON data, for callers without the stored-definition reader.

``surveys.definitions`` is the full reader, with every error and its path; this one takes the same
shape, and refuses with the first thing it cannot take.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar

from surveys.engine.expressions.values import number_text
from surveys.engine.model import (
    Carry,
    Choice,
    ChoiceList,
    Definition,
    Element,
    EvidenceNeed,
    Group,
    Indicator,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
    Totals,
)
from surveys.engine.results import Document

Record = TypeVar("Record", Question, Group, Repeat, Table, Choice, ChoiceList, Indicator)

ELEMENTS: Final[dict[str, type[Question | Group | Repeat | Table]]] = {
    "question": Question,
    "group": Group,
    "repeat": Repeat,
    "table": Table,
}
ENUMS: Final[dict[str, type[StrEnum]]] = {
    "kind": Kind,
    "evidence": EvidenceNeed,
    "carry": Carry,
    "totals": Totals,
}


class PlainDefinitionWrong(ValueError):
    """Data that is no definition."""


def definition_of(data: Mapping[str, Any]) -> Definition:
    """The definition in the shape that ``surveys.definitions.dump`` writes."""
    try:
        lists = {
            name: ChoiceList(name, tuple(_record(Choice, each) for each in found["choices"]))
            for name, found in data.get("lists", {}).items()
        }
        return Definition(
            code=str(data.get("code", "")),
            title=data.get("title", {}),
            default_language=data.get("default_language", "vi"),
            languages=tuple(data.get("languages", ("vi",))),
            children=tuple(_element(each) for each in data.get("children", ())),
            lists=lists,
            indicators=tuple(_record(Indicator, each) for each in data.get("indicators", ())),
            settings=data.get("settings", {}),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as refusal:
        raise PlainDefinitionWrong(f"This is no definition: {refusal!r}.") from refusal


def guessed(answers: Document) -> tuple[Definition, Document]:
    """A definition in which the JSON types of the answers are the types, and the answers for it."""
    guess = _Guess()
    children = tuple(guess.element(name, value) for name, value in answers.items())
    return Definition(code="answers", title={}, children=children, lists=guess.lists), guess.answers


class _Guess:
    def __init__(self) -> None:
        self.lists: dict[str, ChoiceList] = {}
        self.answers: Document = {}

    def element(self, name: str, value: Any) -> Element:
        match value:
            case dict() if value and all(isinstance(each, dict) for each in value.values()):
                return self._table(name, value)
            case dict():
                children = tuple(self.element(key, each) for key, each in value.items())
                return Group(name=name, children=children)
            case [dict(), *_]:
                return self._repeat(name, name, value)
            case list() if not all(isinstance(each, str) for each in value):
                return self._repeat(f"rows_of_{name}", "", [{name: each} for each in value])
            case _:
                self.answers[name] = _stored(value)
                return _question(name, [value])

    def _table(self, name: str, rows: dict[str, dict[str, Any]]) -> Table:
        self.lists[name] = ChoiceList(name, tuple(Choice(row, {}) for row in rows))
        self.answers[name] = {
            row: {key: _stored(each) for key, each in cells.items()} for row, cells in rows.items()
        }
        return Table(name=name, row_list=name, columns=_questions(list(rows.values())))

    def _repeat(self, name: str, label: str, rows: list[dict[str, Any]]) -> Repeat:
        self.answers[name] = [
            {"_id": str(row.get("_id", index)), **{k: _stored(v) for k, v in row.items()}}
            for index, row in enumerate(rows, 1)
        ]
        return Repeat(name=name, label={"vi": label}, children=_questions(rows))


def _questions(rows: list[dict[str, Any]]) -> tuple[Question, ...]:
    names = dict.fromkeys(key for row in rows for key in row if key != "_id")
    return tuple(_question(name, [row.get(name) for row in rows]) for name in names)


def _question(name: str, values: list[Any]) -> Question:
    present = [value for value in values if value is not None]
    if not present:
        return Question(name=name, kind=Kind.CALCULATE, trigger=name)
    if all(isinstance(value, bool) for value in present):
        # The language has booleans, questions have not: a calculation once done stands for one.
        return Question(name=name, kind=Kind.CALCULATE, calculation="true()", trigger=name)
    if all(isinstance(value, int | Decimal) for value in present):
        return Question(name=name, kind=Kind.DECIMAL)
    if any(isinstance(value, list) for value in present):
        return Question(name=name, kind=Kind.SELECT_MULTIPLE, list_name=name)
    return Question(name=name, kind=Kind.TEXT)


def _stored(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    return number_text(Decimal(value)) if isinstance(value, int | Decimal) else value


def _element(data: Mapping[str, Any]) -> Element:
    kind: Any = ELEMENTS[data.get("element", "question")]
    element: Element = _record(kind, data)
    return element


def _record(kind: type[Record], data: Mapping[str, Any]) -> Record:
    known = {item.name for item in fields(kind)}
    if unknown := set(data) - known - {"element"}:
        raise PlainDefinitionWrong(f"{kind.__name__} has no attribute {min(unknown)}.")
    return kind(**{key: _attribute(key, value) for key, value in data.items() if key in known})


def _attribute(name: str, value: Any) -> Any:
    if name in {"children", "columns"}:
        return tuple(_element(each) for each in value)
    if name == "missing":
        return tuple(MissingCode(each) for each in value)
    if name in ENUMS and value is not None:
        return ENUMS[name](value)
    if name == "valid_from" and value is not None:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value

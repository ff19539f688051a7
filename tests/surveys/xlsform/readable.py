"""Arbitrary definitions made such as a workbook can say: what the reader would accept."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from itertools import count
from typing import Any

from surveys.engine import data_table
from surveys.engine.model import (
    Choice,
    ChoiceList,
    DataTable,
    Definition,
    Element,
    Group,
    Indicator,
    Kind,
    Question,
    Repeat,
    Table,
)
from surveys.xlsform.cells import clean
from surveys.xlsform.settings import KEPT
from surveys.xlsform.vocabulary import EXPRESSIONS

FIRST = Question(name="first", kind=Kind.TEXT)
"""A questionnaire has at least one question."""

SELECTS = {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK}


def readable(definition: Definition) -> Definition:
    """The definition with what its shape allows but no workbook can mean made good."""
    lists = {name: _list(name, each) for name, each in definition.lists.items() if each.choices}
    indicators = tuple(_indicator(i, each) for i, each in enumerate(definition.indicators))
    maker = _Maker(next(iter(lists), ""), indicators[0].code if indicators else "")
    main = definition.default_language
    title = {language: clean(text) for language, text in _texts(definition.title).items()}
    title = {language: title[language] for language in sorted(title, key=main.__ne__)}
    return replace(
        definition,
        title=title or {main: definition.code},
        children=maker.elements((FIRST, *definition.children)),
        lists=lists,
        indicators=indicators,
        languages=tuple(dict.fromkeys((main, *title, *definition.languages, "vi", "en", "fr"))),
        tables=_tables(definition.tables, lists),
        settings={name: f"{name}_{len(definition.settings)}" for name in KEPT},
    )


def _tables(
    found: Mapping[str, DataTable], lists: Mapping[str, ChoiceList]
) -> dict[str, DataTable]:
    """A table for each, with what the arbitrary text holds in its cells."""
    made = {}
    for number, each in enumerate(found.values()):
        name = f"t{number}"
        if name not in lists:
            cells = [clean(each.text, collapse=False), "a\nb", 'c,"d"']
            made[name] = data_table(name, ["key", "Giá trị", "x"], [cells, ["", " ".strip(), "1"]])
    return made


_CALCULATIONS = {Kind.TEXT: "concat('a', 'b')", Kind.CALCULATE: "1 + 1"}


class _Maker:
    """Gives every element its own name and something to refer to."""

    def __init__(self, list_name: str, indicator: str) -> None:
        self._list_name = list_name
        self._indicator = indicator
        self._numbers = count()

    def elements(self, found: tuple[Element, ...], *, in_rows: bool = False) -> tuple[Element, ...]:
        return tuple(self._element(element, in_rows=in_rows) for element in found)

    def _element(self, element: Element, *, in_rows: bool) -> Element:
        name = f"{element.name}_{next(self._numbers)}"
        plain = {"name": name, **_plain(element)}
        match element:
            case Question():
                return self._question(element, plain)
            case Group():
                return replace(
                    element, **plain, children=self.elements(element.children, in_rows=in_rows)
                )
            case Repeat() if not in_rows:
                return replace(
                    element, **plain, children=self.elements(element.children, in_rows=True)
                )
            case Table() if self._list_name and not in_rows and element.columns:
                columns = tuple(
                    c
                    for c in self.elements(element.columns, in_rows=True)
                    if isinstance(c, Question)
                )
                return replace(element, **plain | {"row_list": self._list_name}, columns=columns)
        return Group(name=name, label=_texts(element.label))

    def _question(self, question: Question, plain: dict[str, Any]) -> Question:
        kind = question.kind if self._list_name or question.kind not in SELECTS else Kind.TEXT
        listed = kind in SELECTS
        return replace(
            question,
            **plain
            | {
                "kind": kind,
                "label": plain["label"] or {"vi": plain["name"]},
                "list_name": self._list_name if listed else "",
                "or_other": question.or_other and listed,
                "choice_filter": "",
                "trigger": "",
                "calculation": _CALCULATIONS.get(kind, ""),
                "default": "'a'" if question.default and kind is Kind.TEXT else "",
                "missing": tuple(dict.fromkeys(question.missing)),
                "indicator": self._indicator if question.indicator else "",
                "parameters": {
                    f"p{name}": f"v{len(value)}" for name, value in question.parameters.items()
                },
            },
        )


def _plain(element: Element | Indicator) -> dict[str, Any]:
    return dict(_plain_attributes(element))


def _plain_attributes(element: Element | Indicator) -> Iterator[tuple[str, Any]]:
    for field in fields(element):
        value = getattr(element, field.name)
        if field.name in EXPRESSIONS:
            yield field.name, ["", "true()", "1 = 1 and 2 > 1"][len(value) % 3]
        elif isinstance(value, Mapping):
            yield field.name, _texts(value)
        elif type(value) is str and field.name != "name":
            yield field.name, _said(value)


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: said for language, text in texts.items() if (said := _said(text))}


def _said(text: str) -> str:
    """The text as a reader leaves it: cleaning twice, for what removed characters bring together."""
    kept = "".join(each for each in text if each not in "$\ufffe\uffff")
    return clean(clean(kept, collapse=False), collapse=False)


def _list(name: str, entries: ChoiceList) -> ChoiceList:
    choices = tuple(_choice(i, each) for i, each in enumerate(entries.choices))
    return ChoiceList(name, choices)


def _choice(index: int, choice: Choice) -> Choice:
    return Choice(
        name=f"{choice.name}{index}",
        label=_texts(choice.label),
        score=str(len(choice.score)) if choice.score else "",
        extra={f"x_{name}": text for name, text in _texts(choice.extra).items()},
    )


def _indicator(index: int, indicator: Indicator) -> Indicator:
    plain = _plain(indicator) | {
        "code": f"{indicator.code}{index}",
        "direction": "down" if indicator.direction else "up",
        "over": "answered" if indicator.over else "sum",
        "applies_to": tuple(f"t{len(word)}" for word in indicator.applies_to),
        "scoring": f"steps({len(indicator.scoring)}=1)" if index else "",
    }
    return replace(indicator, **plain)

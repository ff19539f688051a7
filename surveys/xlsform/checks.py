"""Pass 5: what only the whole shows: names, lists, tables, indicators.

Expressions are the engine's to check, when the definition is compiled.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from surveys.engine.model import Element, Kind, Question, Repeat, Table, walk
from surveys.engine.others import texts_behind_other
from surveys.engine.problems import Problem, Severity
from surveys.xlsform.appearances import appearance_problems
from surveys.xlsform.indicators import Indicators
from surveys.xlsform.lists import Lists
from surveys.xlsform.parameters import parameter_problems
from surveys.xlsform.repeats import ROOT, repeat_name_problems
from surveys.xlsform.rows import Row
from surveys.xlsform.tree import Tree
from surveys.xlsform.triggers import is_seen_by_people, trigger_problems
from surveys.xlsform.vocabulary import CHOICES, NAME_ADVICE, SURVEY, XML_NAME

_RESERVED: Final = frozenset({"meta", "_id"})
_REFERENCE: Final = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_SELECTS: Final = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})


@dataclass(frozen=True, slots=True)
class Parts:
    """What the passes before have made of the workbook."""

    tree: Tree
    lists: Lists
    indicators: Indicators
    root: str = ROOT


def check(parts: Parts) -> Iterator[Problem]:
    """Every problem that shows only when all sheets are read."""
    yield from _name_problems(parts.tree)
    yield from repeat_name_problems(parts.tree, parts.root)
    yield from trigger_problems(parts.tree)
    rows = dict(reversed(parts.tree.named))
    for element in walk(parts.tree.children):
        if row := rows.get(element.name):
            yield from _element_problems(element, row, parts)
    yield from _text_problems(parts)
    yield from _unused_lists(parts)


def used_lists(children: tuple[Element, ...]) -> set[str]:
    """The lists that questions and tables name."""
    used = {e.list_name for e in walk(children) if isinstance(e, Question)}
    return used | {e.row_list for e in walk(children) if isinstance(e, Table)}


def _name_problems(tree: Tree) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    folded: dict[str, str] = {}
    for name, row in tree.named:
        if not XML_NAME.fullmatch(name):
            yield row.problem("name_invalid", "name", name, NAME_ADVICE)
        if name in _RESERVED:
            yield row.problem("name_reserved", "name", name, "Choose another name.")
        if name in first:
            advice = f"The name stands already at {first[name].at('name')}; choose another."
            yield row.problem("name_twice", "name", name, advice)
        elif (other := folded.get(name.lower())) is not None:
            advice = f"It differs from {other} by capitals only."
            yield row.problem("name_case", "name", name, advice, Severity.WARNING)
        first.setdefault(name, row)
        folded.setdefault(name.lower(), name)


def _element_problems(element: Element, row: Row, parts: Parts) -> Iterator[Problem]:
    yield from appearance_problems(element, row)
    if isinstance(element, Question):
        yield from _question_problems(element, row, parts)
    elif isinstance(element, Table):
        yield from _list_problems(element.row_list, "row_list", row, parts.lists)
        yield from _row_code_problems(element, parts.lists)
        if not element.columns:
            yield row.problem("table_empty", "type", element.name, "Add questions as its columns.")
    elif not element.children:
        code = "repeat_empty" if isinstance(element, Repeat) else "group_empty"
        yield row.problem(code, "type", element.name, "Nothing stands in it.", Severity.WARNING)
    if severity := _label_wanted(element):
        advice = "Say what is asked; until then the name is shown."
        yield row.problem("label_missing", "label", element.name, advice, severity)


def _label_wanted(element: Element) -> Severity | None:
    """How bad it is that the label is missing; without a hint either nobody can answer."""
    if element.label or not isinstance(element, Question | Table):
        return None
    if isinstance(element, Table):
        return Severity.WARNING
    if element.kind in {Kind.CALCULATE, Kind.HIDDEN}:
        return None
    is_seen = not element.hint and is_seen_by_people(element)
    return Severity.ERROR if is_seen else Severity.WARNING


def _question_problems(question: Question, row: Row, parts: Parts) -> Iterator[Problem]:
    if question.kind in _SELECTS:
        if question.list_name:
            yield from _list_problems(question.list_name, "type", row, parts.lists)
        else:
            advice = f"Write the list after the type, e.g. {question.kind} my_list."
            yield row.problem("list_missing", "type", question.name, advice)
    if question.kind in {Kind.SELECT_MULTIPLE, Kind.RANK}:
        yield from _blank_problems(question.list_name, parts.lists)
    if question.or_other and question.choice_filter:
        advice = "A filtered list cannot offer “other”; add the choice to the list."
        yield row.problem("or_other_filtered", "choice_filter", question.name, advice)
    yield from parameter_problems(question, row)
    yield from _indicator_problems(question, row, parts.indicators)


def _list_problems(name: str, attribute: str, row: Row, lists: Lists) -> Iterator[Problem]:
    if name not in lists.lists:
        near = get_close_matches(name, lists.lists, n=1)
        advice = f"Did you mean {near[0]}?" if near else "Add its choices to the sheet choices."
        yield row.problem("list_unknown", attribute, name, advice)


def _blank_problems(list_name: str, lists: Lists) -> Iterator[Problem]:
    """Several choices are written with blanks between them, so none may hold one."""
    for row in lists.rows.get(list_name, ()):
        if " " in row.text("name"):
            advice = "A choice of a list for several answers must not contain blanks."
            yield row.problem("choice_name_blank", "name", row.text("name"), advice)


def _row_code_problems(table: Table, lists: Lists) -> Iterator[Problem]:
    for row in lists.rows.get(table.row_list, ()):
        if "/" in row.text("name"):
            advice = "A row's code must not contain a slash."
            yield row.problem("row_code_invalid", "name", row.text("name"), advice)


def _indicator_problems(question: Question, row: Row, indicators: Indicators) -> Iterator[Problem]:
    for code in question.indicators:
        if code not in indicators.known:
            near = get_close_matches(code, indicators.known, n=1)
            advice = f"Did you mean {near[0]}?" if near else "Add it to the sheet indicators."
            yield row.problem("indicator_unknown", "indicator", code, advice)


def _text_problems(parts: Parts) -> Iterator[Problem]:
    """References in labels, hints and messages; those in expressions are the engine's."""
    names = {name for name, _ in parts.tree.named} | texts_behind_other(parts.tree.children)
    for _, row in parts.tree.named:
        yield from _reference_problems(row, SURVEY.translated, names)
    for rows in parts.lists.rows.values():
        for row in rows:
            yield from _reference_problems(row, CHOICES.translated, names)


def _reference_problems(row: Row, attributes: frozenset[str], names: set[str]) -> Iterator[Problem]:
    for attribute, language, text in row.translated(attributes):
        for name in _REFERENCE.findall(text) if "${" in text else ():
            if name not in names:
                near = get_close_matches(name, names, n=1)
                advice = f"Did you mean ${{{near[0]}}}?" if near else "No row has this name."
                yield Problem("reference_unknown", row.at(attribute, language), name, advice)


def _unused_lists(parts: Parts) -> Iterator[Problem]:
    used = used_lists(parts.tree.children)
    for name, rows in parts.lists.rows.items():
        if name not in used:
            advice = "No question uses the list."
            yield rows[0].problem("list_unused", "list_name", name, advice, Severity.WARNING)

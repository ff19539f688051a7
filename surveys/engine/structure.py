"""Checks of a definition that need no expression: names, lists, nesting, limits."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from surveys.engine.bands import BandUnreadable, read_band
from surveys.engine.datatables import TableMalformed, rows_of
from surveys.engine.expressions import Compiled, Type, nearest
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Value
from surveys.engine.model import (
    Definition,
    Element,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
)
from surveys.engine.prefilled import PrefillSource
from surveys.engine.problems import Problem, Severity

MAX_NAME_LENGTH: Final = 64
"""So that the place of a cell of a table in a repeat stays within 200 characters."""

NAME: Final = re.compile(r"[^\W\d][\w.-]*")
FIGURES: Final = {Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.CALCULATE}
LISTED: Final = {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK}
TABLE_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,23}")
"""A table's name is part of a file's name and, with a prefix, of a sheet's, which take 31."""
MAX_NESTING: Final = 64
MAX_CELLS: Final = 20_000
YES: Final = {"yes", "true", "true()"}
NO: Final = {"no", "false", "false()"}


def flag(text: str) -> Compiled | None:
    """The rule of a plain yes or no, as XLSForm writes it; None for an expression."""
    word = text.replace(" ", "").casefold()
    if word in YES:
        return Compiled(text, _yes, Type.BOOLEAN, constant=True)
    if word in NO:
        return Compiled(text, _no, Type.BOOLEAN, constant=True)
    return None


def nesting_problem(definition: Definition) -> Problem | None:
    """What to say of groups within groups that nobody can follow any more."""
    level: list[Element] = list(definition.children)
    for _ in range(MAX_NESTING):
        level = [child for element in level for child in _children(element)]
    if not level:
        return None
    advice = f"Groups nest deeper than {MAX_NESTING}; take them apart."
    return Problem("nesting_too_deep", level[0].name, level[0].name, advice)


def structure_problems(definition: Definition) -> list[Problem]:
    """What is wrong with names, lists and nesting."""
    problems = [*_list_problems(definition), *_table_problems(definition)]
    counts = Counter(element.name for element in definition.elements())
    for name, count in counts.items():
        if count > 1:
            problems.append(
                Problem("name_repeated", name, name, f"{count} elements are called {name}.")
            )
        if NAME.fullmatch(name) is None:
            advice = "A name begins with a letter and holds letters, digits, '_', '-', '.' only."
            problems.append(Problem("name_invalid", name, name, advice))
        elif len(name) > MAX_NAME_LENGTH:
            advice = f"A name has at most {MAX_NAME_LENGTH} characters."
            problems.append(Problem("name_too_long", name, name, advice))
    for element in definition.children:
        problems.extend(_element_problems(definition, element, "", inside=False))
    if (cells := _cells(definition)) > MAX_CELLS:
        advice = f"The tables have {cells} cells; {MAX_CELLS} are allowed in one response."
        problems.append(Problem("too_many_cells", "", definition.code, advice))
    return problems


def _list_problems(definition: Definition) -> Iterator[Problem]:
    for name, choices in definition.lists.items():
        counts = Counter(choice.name for choice in choices.choices)
        for code, count in counts.items():
            if count > 1:
                advice = f"The list {name} has the choice {code} {count} times."
                yield Problem("choice_repeated", f"choices/{name}", code, advice)


def _table_problems(definition: Definition) -> Iterator[Problem]:
    folded = Counter(name.casefold() for name in definition.tables)
    for name, table in definition.tables.items():
        at = f"lookups/{name}"
        if TABLE_NAME.fullmatch(name) is None:
            advice = "A table's name has at most 24 letters without marks, digits, '_', '-', '.'."
            yield Problem("name_invalid", at, name, advice)
        if name in definition.lists or folded[name.casefold()] > 1:
            advice = "Another lookup table or choice list has the name. Rename one of them."
            yield Problem("name_repeated", at, name, advice)
        try:
            rows_of(table)
        except TableMalformed:
            yield Problem("table_malformed", at, name, "Attach the table once more.")


def _element_problems(
    definition: Definition, element: Element, above: str, *, inside: bool
) -> Iterator[Problem]:
    at = f"{above}{element.name}"
    match element:
        case Question():
            yield from _question_problems(definition, element, at)
        case Group():
            for child in element.children:
                yield from _element_problems(definition, child, f"{at}/", inside=inside)
        case Repeat() | Table():
            if inside:
                advice = "A repeat or table cannot stand inside a repeat; take it out."
                yield Problem("nested_repeat", at, element.name, advice)
            if isinstance(element, Table):
                yield from _missing_list(definition, element.row_list, f"{at}.row_list")
            below = element.columns if isinstance(element, Table) else element.children
            for child in below:
                yield from _element_problems(definition, child, f"{at}/", inside=True)


def _question_problems(definition: Definition, question: Question, at: str) -> Iterator[Problem]:
    if question.kind in LISTED:
        yield from _missing_list(definition, question.list_name, f"{at}.list_name")
    has_source = question.calculation or question.default or question.trigger
    if question.kind is Kind.CALCULATE and not has_source:
        advice = "A calculate question needs a calculation."
        yield Problem("calculation_missing", f"{at}.calculation", question.name, advice)
    prefill = question.parameters.get("prefill", "")
    if prefill and prefill not in set(PrefillSource):
        advice = f"Use: {', '.join(PrefillSource)}."
        yield Problem("prefill_unknown", f"{at}.parameters", prefill, advice, Severity.WARNING)
    yield from _band_problems(question, f"{at}.band")
    if question.trigger and not question.calculation:
        advice = "Without a calculation the trigger clears the answer."
        yield Problem(
            "calculation_missing", f"{at}.trigger", question.name, advice, Severity.WARNING
        )


def _band_problems(question: Question, at: str) -> Iterator[Problem]:
    if not question.band:
        return
    try:
        read_band(question.band)
    except BandUnreadable:
        advice = "Write for example ±5, -10..50 or >=0, with a percent sign for a share."
        yield Problem("band_unreadable", at, question.band, advice)
    if question.kind not in FIGURES:
        advice = "Only figures have a band. Empty the column band."
        yield Problem("band_without_figure", at, question.name, advice, Severity.WARNING)


def _missing_list(definition: Definition, list_name: str, at: str) -> Iterator[Problem]:
    if list_name not in definition.lists:
        advice = f"There is no list '{list_name}'.{nearest(list_name, definition.lists)}"
        yield Problem("list_unknown", at, list_name, advice)


def _children(element: Element) -> tuple[Element, ...]:
    match element:
        case Group() | Repeat():
            return element.children
        case Table():
            return element.columns
        case Question():
            return ()


def _cells(definition: Definition) -> int:
    total = 0
    for element in definition.elements():
        if isinstance(element, Table) and element.row_list in definition.lists:
            total += len(element.columns) * len(definition.lists[element.row_list].choices)
    return total


def _yes(_: Scope) -> Value:
    return True


def _no(_: Scope) -> Value:
    return False

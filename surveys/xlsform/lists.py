"""The sheet ``choices``: choice lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from surveys.engine.model import Choice, ChoiceList
from surveys.engine.problems import Problem, Severity
from surveys.xlsform.rows import Row
from surveys.xlsform.vocabulary import CHOICES

_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists by name, and the rows of each list in the same order as its choices."""

    lists: Mapping[str, ChoiceList]
    rows: Mapping[str, tuple[Row, ...]]
    problems: tuple[Problem, ...]


def read_lists(rows: tuple[Row, ...]) -> Lists:
    """Gather the rows by ``list_name``; lists keep the order of their first row."""
    found: dict[str, list[tuple[Row, Choice]]] = {}
    problems: list[Problem] = []
    for row in rows:
        name, code = row.text("list_name"), row.text("name")
        problems.extend(_missing(row, name, code))
        if name and code:
            found.setdefault(name, []).append((row, _choice(row, code, problems)))
        problems.extend(row.unread())
    for entries in found.values():
        problems.extend(_twice(entries))
    return Lists(
        {
            name: ChoiceList(name, tuple(choice for _, choice in entries))
            for name, entries in found.items()
        },
        {name: tuple(row for row, _ in entries) for name, entries in found.items()},
        tuple(problems),
    )


def _missing(row: Row, name: str, code: str) -> list[Problem]:
    problems = []
    if not name:
        advice = "Say which list the choice belongs to."
        problems.append(row.problem("list_name_missing", "list_name", code, advice))
    if not code:
        advice = "Give the choice a name: the code that is stored."
        problems.append(row.problem("choice_name_missing", "name", name, advice))
    return problems


def _choice(row: Row, code: str, problems: list[Problem]) -> Choice:
    label, score = row.texts("label"), row.text("score")
    if not label:
        advice = "The choice will be shown by its code."
        problems.append(row.problem("label_missing", "label", code, advice, Severity.WARNING))
    if score and not _NUMBER.fullmatch(score):
        advice = "Write the score as a number with a decimal point, e.g. 2.5."
        problems.append(row.problem("score_not_a_number", "score", score, advice))
    return Choice(name=code, label=label, score=score, extra=row.others(CHOICES.known))


def _twice(entries: list[tuple[Row, Choice]]) -> list[Problem]:
    first: dict[str, Row] = {}
    problems = []
    for row, choice in entries:
        if choice.name in first:
            advice = f"The list has this choice already, at {first[choice.name].at('name')}."
            problems.append(row.problem("choice_twice", "name", choice.name, advice))
        first.setdefault(choice.name, row)
    return problems

"""The sheet ``indicators``: the figures that questions feed."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from surveys.engine.answers import read_date
from surveys.engine.expressions import EvaluationError
from surveys.engine.model import Indicator
from surveys.engine.problems import Problem
from surveys.xlsform.rows import Row

DIRECTIONS: Final = ("up", "down")
DENOMINATORS: Final = ("units", "answered", "sum")

_SEPARATORS: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators in the order of their rows."""

    indicators: tuple[Indicator, ...]
    rows: Mapping[str, Row]
    problems: tuple[Problem, ...]
    known: frozenset[str]


def read_indicators(
    rows: tuple[Row, ...], agency_types: Collection[str], catalogue: Collection[str] = ()
) -> Indicators:
    """Read every row; ``agency_types`` are the words that ``applies_to`` may hold, if given, and
    ``catalogue`` the codes that questions may name without a row.
    """
    found: list[Indicator] = []
    by_code: dict[str, Row] = {}
    problems: list[Problem] = []
    for row in rows:
        code = row.text("code")
        if not code:
            problems.append(row.problem("name_missing", "code", "", "Give the indicator a code."))
            continue
        if code in by_code:
            advice = f"The code stands already at {by_code[code].at('code')}."
            problems.append(row.problem("indicator_twice", "code", code, advice))
        by_code.setdefault(code, row)
        found.append(_indicator(row, code, agency_types, problems))
        problems.extend(row.unread())
    return Indicators(tuple(found), by_code, tuple(problems), frozenset({*by_code, *catalogue}))


def _indicator(
    row: Row, code: str, agency_types: Collection[str], problems: list[Problem]
) -> Indicator:
    return Indicator(
        code=code,
        label=row.texts("label"),
        unit=row.texts("unit"),
        direction=_one_of(row, "direction", DIRECTIONS, problems),
        target=row.text("target"),
        legal_basis=row.text("legal_basis"),
        numerator=row.text("numerator"),
        denominator=row.text("denominator"),
        over=_one_of(row, "over", DENOMINATORS, problems),
        applies_to=_applies_to(row, agency_types, problems),
        scoring=row.text("scoring"),
        valid_from=_day(row, "valid_from", problems),
    )


def _day(row: Row, attribute: str, problems: list[Problem]) -> date | None:
    text = row.text(attribute)
    if not text:
        return None
    try:
        return read_date(text)
    except EvaluationError as refusal:
        problems.append(row.problem(refusal.code, attribute, text, refusal.advice))
        return None


def _one_of(row: Row, attribute: str, words: tuple[str, ...], problems: list[Problem]) -> str:
    text = row.text(attribute)
    if not text:
        return words[0]
    if text.lower() not in words:
        advice = f"Write one of: {', '.join(words)}."
        problems.append(row.problem("value_not_allowed", attribute, text, advice))
    return text.lower()


def _applies_to(
    row: Row, agency_types: Collection[str], problems: list[Problem]
) -> tuple[str, ...]:
    words = tuple(filter(None, _SEPARATORS.split(row.text("applies_to").lower())))
    for word in words:
        if agency_types and word not in agency_types:
            near = get_close_matches(word, agency_types, n=1)
            advice = f"Did you mean {near[0]}?" if near else f"Use: {', '.join(agency_types)}."
            problems.append(row.problem("agency_type_unknown", "applies_to", word, advice))
    return words

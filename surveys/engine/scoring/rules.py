"""Scoring rules as immutable data: how one agency's answer becomes points.

A rule that exists is sound: what is wrong with its figures is refused when it is made.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)

MOST_ENTRIES: Final = 1_000
_FIGURE: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")


class RuleInvalid(ValueError):
    """A rule that cannot be.

    ``code`` is stable, ``advice`` a sentence for people, ``field`` the part of the rule concerned
    (``low``, ``points``), ``position`` the character of the text, counted from 1, where there is one.
    """

    def __init__(self, code: str, advice: str, *, field: str = "", position: int = 0) -> None:
        super().__init__(advice)
        self.code = code
        self.advice = advice
        self.field = field
        self.position = position


class Evidence(StrEnum):
    """How far an answer is backed by documents."""

    NONE = "none"
    GIVEN = "given"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class ChoiceMap:
    """Points for the one choice that was taken: ``choices(A=1, B=0.5)``."""

    points: tuple[tuple[str, Decimal], ...]

    def __post_init__(self) -> None:
        _check_choices(self.points)


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """Points for every choice that was taken, ``most`` at most: ``selected(A=1, B=1; most=1.5)``."""

    points: tuple[tuple[str, Decimal], ...]
    most: Decimal | None = None

    def __post_init__(self) -> None:
        _check_choices(self.points)
        if self.most is not None:
            _check_more_than_zero(self.most, "most")


@dataclass(frozen=True, slots=True)
class Linear:
    """No points at ``low`` and beyond, all at ``high`` and beyond, in proportion between them:
    ``linear(from=0, to=100, points=10)``. ``low`` may be the greater: then less is better.
    """

    low: Decimal
    high: Decimal
    points: Decimal

    def __post_init__(self) -> None:
        _check_goalposts(self.low, self.high, self.points)


@dataclass(frozen=True, slots=True)
class Steps:
    """The points of the highest threshold that the figure reaches, ``below`` under the lowest:
    ``steps(10=1, 25=2, 50=3; below=0)``. A threshold belongs to the step that begins with it.
    """

    steps: tuple[tuple[Decimal, Decimal], ...]
    below: Decimal = ZERO

    def __post_init__(self) -> None:
        _check_number(len(self.steps), "steps")
        thresholds = [threshold for threshold, _ in self.steps]
        for threshold, points in self.steps:
            _check_figure(threshold, "steps")
            _check_points(points, "steps")
        if any(after <= before for before, after in pairwise(thresholds)):
            advice = "Put the thresholds in ascending order, each once."
            raise RuleInvalid("steps_unordered", advice, field="steps")
        _check_points(self.below, "below")


@dataclass(frozen=True, slots=True)
class Ratio:
    """One question's figure divided by another's, scored as ``Linear`` scores a figure:
    ``ratio(numerator=trained, denominator=staff, from=0, to=1, points=10)``.
    """

    numerator: str
    denominator: str
    low: Decimal
    high: Decimal
    points: Decimal

    def __post_init__(self) -> None:
        for field in ("numerator", "denominator"):
            if not getattr(self, field).strip():
                raise RuleInvalid("question_missing", "Name a question.", field=field)
        _check_goalposts(self.low, self.high, self.points)


@dataclass(frozen=True, slots=True)
class EvidenceMultiplier:
    """Another rule's points times a factor for the evidence:
    ``evidence(choices(A=1); none=0, given=0.5, verified=1)``.
    """

    rule: ChoiceMap | MultipleChoice | Linear | Steps | Ratio
    none: Decimal = ZERO
    given: Decimal = ONE
    verified: Decimal = ONE

    def __post_init__(self) -> None:
        for field in ("none", "given", "verified"):
            _check_points(getattr(self, field), field)


Simple = ChoiceMap | MultipleChoice | Linear | Steps | Ratio
Rule = Simple | EvidenceMultiplier


def figure(text: str, field: str = "") -> Decimal:
    """A figure as rules write it: at most 15 digits before the point and 9 behind it.

    Raises RuleInvalid.
    """
    if not _FIGURE.fullmatch(text):
        raise RuleInvalid("figure_unreadable", _FIGURE_ADVICE, field=field)
    return Decimal(text)


_FIGURE_ADVICE: Final = "Write a number of at most 15 digits, with a decimal point and 9 decimals."


def _check_choices(points: Iterable[tuple[str, Decimal]]) -> None:
    pairs = tuple(points)
    _check_number(len(pairs), "points")
    seen: set[str] = set()
    for code, each in pairs:
        if not code.strip():
            raise RuleInvalid("choice_code_missing", "Give each choice its code.", field="points")
        if code in seen:
            raise RuleInvalid("entry_twice", f"'{code}' stands twice in the rule.", field="points")
        seen.add(code)
        _check_points(each, "points")


def _check_number(number: int, field: str) -> None:
    if not number:
        raise RuleInvalid("rule_empty", "Say what gives points, e.g. A=1.", field=field)
    if number > MOST_ENTRIES:
        advice = f"The rule has {number} entries; {MOST_ENTRIES} are allowed."
        raise RuleInvalid("rule_too_long", advice, field=field)


def _check_goalposts(low: Decimal, high: Decimal, points: Decimal) -> None:
    _check_figure(low, "low")
    _check_figure(high, "high")
    if low == high:
        advice = "The figures for no points and for all points must differ."
        raise RuleInvalid("goalposts_equal", advice, field="high")
    _check_more_than_zero(points, "points")


def _check_more_than_zero(points: Decimal, field: str) -> None:
    _check_points(points, field)
    if not points:
        raise RuleInvalid("points_zero", "Give more than 0 points.", field=field)


def _check_points(points: Decimal, field: str) -> None:
    _check_figure(points, field)
    if points < 0:
        raise RuleInvalid("points_negative", "Points are 0 or more.", field=field)


def _check_figure(value: Decimal, field: str) -> None:
    if not value.is_finite() or not _FIGURE.fullmatch(format(value, "f")):
        raise RuleInvalid("figure_unreadable", _FIGURE_ADVICE, field=field)

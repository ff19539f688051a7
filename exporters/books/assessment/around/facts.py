"""What the sheets around a run tell beside the run itself, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

Texts = Mapping[str, str]
MEASURES: Final = ("mean", "median", "sd", "least", "greatest", "sum")
"""What is told of the numbers of a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An agency that the round asked. ``status`` and ``type`` are words by language; ``form`` is the number of
    its questionnaire; ``parts`` are numerators and denominators by target."""

    key: str
    name: Texts
    type: Texts
    status: Texts
    signed: bool
    submitted_at: datetime | None
    late_days: int
    form: int = 1
    parts: Mapping[str, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A questionnaire that measures a target, and the types of agency it applies to there; none: all."""

    form: int
    types: Sequence[Texts] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An indicator of the round's catalogue; without figures where it was not asked. ``over`` says what the
    denominator counts."""

    code: str
    label: Texts
    unit: Texts
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    is_percent: bool = False
    goal: float | None = None
    answered: int | None = None
    missing: int | None = None
    basis: str = ""
    over: str = ""
    measured: Sequence[Measured] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An answer of a question, or all measures of its numbers. ``n`` None: not shown."""

    question: str
    label: str
    kind: str
    answered: int | None
    what: str = ""
    n: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    measures: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable of a questionnaire."""

    name: str
    number: str
    label: Texts
    kind: Texts
    unit: Texts
    codes: Texts
    missing: str
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What the simulated runs gave a unit."""

    rank_mean: float
    rank_median: float
    rank_low: float
    rank_high: float
    score_low: float | None
    score_high: float | None
    top: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to the index or its publications. ``is_this``: it is what this file is of."""

    at: datetime
    kind: str
    what: Texts
    detail: Texts
    mark: str = ""
    is_this: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """By which rules figures are hidden, and how much was hidden so far."""

    identity: Texts
    minimum: int
    minimum_people: int
    p: int | None
    shows_all: bool
    tables: int
    hidden: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Everything beside the run. ``questions`` is None where none were tabulated for this reader.
    ``is_public``: for whoever reads what was published, and so without anything of single agencies."""

    campaign: Texts
    owner: Texts
    period: Texts
    reference_date: date
    deadline: date
    basis: str
    forms: Sequence[Texts]
    asked: Sequence[Asked]
    targets: Sequence[Target]
    questions: Sequence[Line] | None
    variables: Sequence[Variable]
    spreads: Mapping[str, Spread]
    outranking: Mapping[str, Sequence[float | None]]
    """By unit, in the order of the units: the share of the simulated runs in which it stands before the other."""
    events: Sequence[Event]
    protection: Protection
    counted: tuple[int, int]
    """How many agencies were asked, and how many have signed."""
    released_on: date | None = None
    release_title: Texts = field(default_factory=dict)
    is_public: bool = False

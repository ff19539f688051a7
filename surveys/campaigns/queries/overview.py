"""How a round is getting on: six figures, who is late, the same by type of agency."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum

from surveys.campaigns.enums import AssignmentStatus, Disposition, Level
from surveys.campaigns.levels import LEVEL_OF
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries.counts import DONE, NAMES, Counts, figures, stands_at, waits_at
from surveys.campaigns.signing_off import SignOffStep, chain_of
from surveys.organisations.enums import AgencyType


@dataclass(frozen=True)
class TypeRow:
    """The figures of one type of agency."""

    type: AgencyType
    counts: Counts


@dataclass(frozen=True)
class LevelRow:
    """The figures of a level, and of the types that make it up."""

    level: Level
    counts: Counts
    types: tuple[TypeRow, ...]


@dataclass(frozen=True)
class StepRow:
    """A step of the sign-off chain, its place in it, and how many agencies wait for it."""

    step: SignOffStep
    position: int
    number: int


@dataclass(frozen=True)
class Overview:
    """A round at a moment. ``previous_rate`` is the last round's, as long before its deadline;
    ``last_due`` the latest deadline of those who owe an answer."""

    types: tuple[TypeRow, ...]
    last_activity: datetime | None
    awaiting_since: datetime | None
    drafting_share: float | None
    previous_rate: float | None
    last_due: datetime | None
    steps: tuple[StepRow, ...]

    @cached_property
    def counts(self) -> Counts:
        """All agencies together."""
        return sum((row.counts for row in self.types), Counts())

    @cached_property
    def levels(self) -> tuple[LevelRow, ...]:
        """The levels that are asked."""
        by_level: dict[Level, list[TypeRow]] = {level: [] for level in Level}
        for row in self.types:
            by_level[LEVEL_OF[row.type]].append(row)
        return tuple(
            LevelRow(level, sum((row.counts for row in rows), Counts()), tuple(rows))
            for level, rows in by_level.items()
            if rows
        )


def overview(round_: Round, at: datetime) -> Overview:
    """The round as it stands; one query, and one more where there is a previous round."""
    rows = _by_type(round_, at)
    drafting_total = sum(row["drafting_total"] or 0 for row in rows)
    drafting_answered = sum(row["drafting_answered"] or 0 for row in rows)
    return Overview(
        types=_type_rows(rows),
        last_activity=max((row["last"] for row in rows if row["last"]), default=None),
        awaiting_since=min((row["waiting"] for row in rows if row["waiting"]), default=None),
        drafting_share=100 * drafting_answered / drafting_total if drafting_total else None,
        previous_rate=_previous_rate(round_, at),
        last_due=max((row["last_due"] for row in rows if row["last_due"]), default=None),
        steps=_step_rows(round_, rows),
    )


def _by_type(round_: Round, at: datetime) -> list[dict[str, Any]]:
    drafting = stands_at(AssignmentStatus.DRAFT)
    waiting = stands_at(AssignmentStatus.AWAITING_SIGNATURE)
    grouped = (
        Assignment.objects.expected()
        .filter(round=round_)
        .values("agency__type")
        .annotate(
            # The sums come first: below them "total" is the number of agencies, not of questions.
            drafting_answered=Sum("answered", filter=drafting),
            drafting_total=Sum("total", filter=drafting),
            last=Max("last_activity"),
            waiting=Min("last_activity", filter=waiting),
            last_due=Max("due_at", filter=Q(disposition=Disposition.ASKED) & ~Q(status__in=DONE)),
            **_waiting_at(round_),
            **figures(at, closes_at=round_.closes_at),
        )
    )
    return [dict(row) for row in grouped]


def _waiting_at(round_: Round) -> dict[str, Count]:
    chain = chain_of(round_.sign_off)
    return {
        f"step_{position}": Count("pk", filter=waits_at(chain, position))
        for position in range(len(chain))
    }


def _step_rows(round_: Round, rows: list[dict[str, Any]]) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(step, position, sum(row[f"step_{position}"] for row in rows))
        for position, step in enumerate(chain_of(round_.sign_off))
    )


def no_longer_asked(round_: Round) -> int:
    """How many agencies the round has stopped asking; one query."""
    return Assignment.objects.filter(round=round_, disposition=Disposition.INELIGIBLE).count()


def _type_rows(rows: list[dict[str, Any]]) -> tuple[TypeRow, ...]:
    by_type = {row["agency__type"]: row for row in rows}
    return tuple(
        TypeRow(type=kind, counts=Counts(**{name: by_type[kind][name] for name in NAMES}))
        for kind in AgencyType
        if kind in by_type
    )


def _previous_rate(round_: Round, at: datetime) -> float | None:
    """The share the previous round had reached as long before, or after, its own deadline."""
    previous = round_.previous
    if previous is None:
        return None
    then = previous.closes_at + (at - round_.closes_at)
    counts = (
        Assignment.objects.expected()
        .filter(round=previous)
        .aggregate(total=Count("pk"), submitted=Count("pk", filter=Q(submitted_at__lte=then)))
    )
    return 100 * counts["submitted"] / counts["total"] if counts["total"] else None

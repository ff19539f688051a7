"""How a round is getting on: six figures, who is late, the same by type of agency."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final, Self

from django.db.models import Count, F, Max, Min, Q, Sum

from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment, Round
from surveys.organisations.enums import AgencyType

DONE: Final = (
    AssignmentStatus.SUBMITTED,
    AssignmentStatus.VERIFIED,
    AssignmentStatus.PUBLISHED,
)


@dataclass(frozen=True)
class Counts:
    """Agencies by where they stand. ``late`` are those past their deadline without a submission."""

    total: int = 0
    submitted: int = 0
    awaiting: int = 0
    drafting: int = 0
    returned: int = 0
    not_started: int = 0
    late: int = 0
    submitted_late: int = 0
    extended: int = 0

    def __add__(self, other: Self) -> "Counts":
        """Both together."""
        return Counts(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    @property
    def rate(self) -> float | None:
        """Submitted per hundred of those who must answer (AAPOR's RR1); None of nobody."""
        return 100 * self.submitted / self.total if self.total else None

    @property
    def by_status(self) -> dict[str, int]:
        """The numbers by status; what was verified or published counts as submitted."""
        return {
            AssignmentStatus.SUBMITTED: self.submitted,
            AssignmentStatus.AWAITING_SIGNATURE: self.awaiting,
            AssignmentStatus.DRAFT: self.drafting,
            AssignmentStatus.RETURNED: self.returned,
            AssignmentStatus.NOT_STARTED: self.not_started,
        }


@dataclass(frozen=True)
class TypeRow:
    """The figures of one type of agency."""

    type: AgencyType
    counts: Counts


@dataclass(frozen=True)
class Overview:
    """A round at a moment. ``previous_rate`` is the last round's, as long before its deadline."""

    types: tuple[TypeRow, ...]
    last_activity: datetime | None
    awaiting_since: datetime | None
    drafting_share: float | None
    previous_rate: float | None

    @cached_property
    def counts(self) -> Counts:
        """All agencies together."""
        return sum((row.counts for row in self.types), Counts())


def is_late(at: datetime) -> Q:
    """Past the deadline without a submission."""
    return Q(due_at__lte=at) & ~Q(status__in=DONE)


def figures(at: datetime, closes_at: datetime | F) -> dict[str, Count]:
    """The aggregates that make ``Counts``, over assignments of rounds that close at ``closes_at``."""
    of = AssignmentStatus
    return {
        "total": Count("pk"),
        "submitted": Count("pk", filter=Q(status__in=DONE)),
        "awaiting": Count("pk", filter=Q(status=of.AWAITING_SIGNATURE)),
        "drafting": Count("pk", filter=Q(status=of.DRAFT)),
        "returned": Count("pk", filter=Q(status=of.RETURNED)),
        "not_started": Count("pk", filter=Q(status=of.NOT_STARTED)),
        "late": Count("pk", filter=is_late(at)),
        "submitted_late": Count("pk", filter=Q(status__in=DONE, late_days__gt=0)),
        "extended": Count("pk", filter=Q(due_at__gt=closes_at)),
    }


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
    )


def _by_type(round_: Round, at: datetime) -> list[dict[str, Any]]:
    drafting = Q(status=AssignmentStatus.DRAFT)
    waiting = Q(status=AssignmentStatus.AWAITING_SIGNATURE)
    grouped = (
        Assignment.objects.filter(round=round_)
        .values("agency__type")
        .annotate(
            # The sums come first: below them "total" is the number of agencies, not of questions.
            drafting_answered=Sum("answered", filter=drafting),
            drafting_total=Sum("total", filter=drafting),
            last=Max("last_activity"),
            waiting=Min("last_activity", filter=waiting),
            **figures(at, closes_at=round_.closes_at),
        )
    )
    return [dict(row) for row in grouped]


def _type_rows(rows: list[dict[str, Any]]) -> tuple[TypeRow, ...]:
    by_type = {row["agency__type"]: row for row in rows}
    names = Counts.__dataclass_fields__
    return tuple(
        TypeRow(type=kind, counts=Counts(**{name: by_type[kind][name] for name in names}))
        for kind in AgencyType
        if kind in by_type
    )


def _previous_rate(round_: Round, at: datetime) -> float | None:
    """The share the previous round had reached as long before, or after, its own deadline."""
    previous = round_.previous
    if previous is None:
        return None
    then = previous.closes_at + (at - round_.closes_at)
    counts = Assignment.objects.filter(round=previous).aggregate(
        total=Count("pk"), submitted=Count("pk", filter=Q(submitted_at__lte=then))
    )
    return 100 * counts["submitted"] / counts["total"] if counts["total"] else None

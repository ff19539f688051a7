"""Agencies of a round by where they stand: the aggregates, and what is computed of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from django.db.models import Count, F, Q

from surveys.campaigns.enums import AssignmentStatus, Disposition
from surveys.campaigns.signing_off import SignOffStep, StepPlace, sign_index

DONE: Final = (
    AssignmentStatus.SUBMITTED,
    AssignmentStatus.VERIFIED,
    AssignmentStatus.PUBLISHED,
)
VERIFIED: Final = (AssignmentStatus.VERIFIED, AssignmentStatus.PUBLISHED)


@dataclass(frozen=True)
class Counts:
    """Agencies by where they stand; who is no longer asked is in none of these.

    ``submitted``, ``awaiting``, ``drafting``, ``returned``, ``not_started`` and ``refused`` add up to
    ``total``. ``late`` are those past their deadline without a submission or a refusal;
    ``half_drafted`` have answered at least half, ``unopened`` have not even looked.
    """

    total: int = 0
    submitted: int = 0
    verified: int = 0
    awaiting: int = 0
    drafting: int = 0
    half_drafted: int = 0
    returned: int = 0
    not_started: int = 0
    unopened: int = 0
    refused: int = 0
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
            Disposition.REFUSED: self.refused,
        }


NAMES: Final = tuple(Counts.__dataclass_fields__)


def has_refused() -> Q:
    """Refused, and not submitted all the same."""
    return Q(disposition=Disposition.REFUSED) & ~Q(status__in=DONE)


def stands_at(*statuses: AssignmentStatus) -> Q:
    """In one of the statuses, and not refused."""
    within = Q(status__in=statuses)
    done = all(status in DONE for status in statuses)
    return within if done else within & ~Q(disposition=Disposition.REFUSED)


def is_unopened() -> Q:
    """Nobody of the agency has looked at it yet."""
    return stands_at(AssignmentStatus.NOT_STARTED) & Q(seen_at=None)


def waits_at(chain: Sequence[SignOffStep], position: int) -> Q:
    """Sent, and the step at ``position`` of the chain is the next one.

    What was signed before there were chains stands at 0, and waits for the first step of a superior.
    """
    if chain[position].place is StepPlace.AGENCY:
        return stands_at(AssignmentStatus.AWAITING_SIGNATURE) & Q(step=position)
    after_signing = sign_index(chain) + 1
    at_step = Q(step__lte=position) if position == after_signing else Q(step=position)
    return stands_at(AssignmentStatus.SUBMITTED) & at_step & Q(agency__parent__isnull=False)


def is_late(at: datetime) -> Q:
    """Past the deadline without a submission; who refused is not late."""
    return Q(due_at__lte=at) & ~Q(status__in=DONE) & ~Q(disposition=Disposition.REFUSED)


def figures(at: datetime, closes_at: datetime | F) -> dict[str, Count]:
    """The aggregates that make ``Counts``, over expected assignments of rounds that close at
    ``closes_at``."""
    of = AssignmentStatus
    half = Q(total__gt=0, answered__gte=F("total") - F("answered"))
    wanted = {
        "submitted": stands_at(*DONE),
        "verified": stands_at(*VERIFIED),
        "awaiting": stands_at(of.AWAITING_SIGNATURE),
        "drafting": stands_at(of.DRAFT),
        "half_drafted": stands_at(of.DRAFT) & half,
        "returned": stands_at(of.RETURNED),
        "not_started": stands_at(of.NOT_STARTED),
        "unopened": is_unopened(),
        "refused": has_refused(),
        "late": is_late(at),
        "submitted_late": Q(status__in=DONE, late_days__gt=0),
        "extended": Q(due_at__gt=closes_at),
    }
    counts = {name: Count("pk", filter=condition) for name, condition in wanted.items()}
    # Last, because from there on "total" is the number of agencies, not of questions.
    return counts | {"total": Count("pk")}

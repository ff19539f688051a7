"""How far a verification is: by answer, by verifier, and what still keeps it from its end."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from surveys.organisations.models import User
from surveys.verification.enums import ItemStatus, PlanStatus
from surveys.verification.models import (
    Judgement,
    VerificationCase,
    VerificationItem,
    VerificationPlan,
)
from surveys.verification.workflow import OPEN


@dataclass(frozen=True, slots=True)
class VerifierLine:
    """One verifier: how many judgements are asked and given."""

    person: User
    asked: int
    given: int

    @property
    def left(self) -> int:
        """How many are to be given still."""
        return self.asked - self.given


@dataclass(frozen=True, slots=True)
class Progress:
    """Answers by status, agencies by release, and the verifiers."""

    by_status: dict[str, int]
    agencies: int
    released: int
    verifiers: tuple[VerifierLine, ...]

    @property
    def items(self) -> int:
        """All answers under verification."""
        return sum(self.by_status.values())

    @property
    def open(self) -> int:
        """The answers without a finding."""
        return sum(self.by_status.get(status, 0) for status in OPEN)

    @property
    def found(self) -> int:
        """The answers with a finding."""
        return self.items - self.open


def progress_of(plan: VerificationPlan) -> Progress:
    """How far the verification is, in four queries."""
    items = VerificationItem.objects.filter(case__plan=plan).order_by()
    counted = items.values_list("status").annotate(number=Count("pk"))
    cases = plan.cases.order_by().aggregate(
        agencies=Count("pk"), released=Count("pk", filter=Q(released_at__isnull=False))
    )
    asked = (
        Judgement.objects.filter(item__case__plan=plan)
        .order_by("verifier__full_name", "verifier")
        .values_list("verifier")
        .annotate(asked=Count("pk"), given=Count("pk", filter=~Q(verdict="")))
    )
    lines = list(asked)
    people = User.objects.in_bulk([person for person, *_rest in lines])
    return Progress(
        by_status=dict(counted),
        agencies=cases["agencies"],
        released=cases["released"],
        verifiers=tuple(VerifierLine(people[who], all_, given) for who, all_, given in lines),
    )


def with_work_left(plan: VerificationPlan) -> QuerySet[User]:
    """Who has answers of the plan to judge still, by name; ``left`` is how many."""
    waiting = Judgement.objects.filter(
        item__case__plan=plan, verdict="", verifier=OuterRef("pk")
    ).order_by()
    number = waiting.values("verifier").annotate(number=Count("pk")).values("number")
    return (
        User.objects.annotate(left=Subquery(number)).filter(left__gt=0).order_by("full_name", "pk")
    )


@dataclass(frozen=True, slots=True)
class Unready:
    """What keeps a verification from being closed: how many of each."""

    open_items: int
    unreleased: int
    explaining: int
    undecided: int
    until: datetime | None = None
    """Up to when somebody may still explain."""

    @property
    def is_ready(self) -> bool:
        """Whether nothing does."""
        return not (self.open_items or self.unreleased or self.explaining or self.undecided)


def unready(plan: VerificationPlan, *, at: datetime) -> Unready:
    """What is still to be done before the verification can be closed."""
    items = VerificationItem.objects.filter(case__plan=plan)
    cases = VerificationCase.objects.filter(plan=plan)
    explaining = cases.filter(explain_until__gt=at).filter(pk__in=_may_explain(plan))
    return Unready(
        open_items=items.filter(status__in=OPEN).count(),
        unreleased=cases.filter(released_at=None).count(),
        explaining=explaining.count() if plan.status == PlanStatus.UNDER_WAY else 0,
        undecided=items.filter(status=ItemStatus.EXPLAINED).count(),
        until=explaining.aggregate(last=Max("explain_until"))["last"],
    )


def _may_explain(plan: VerificationPlan) -> "set[int]":
    """The cases in which something is left to explain: a finding against the agency, unexplained."""
    left = VerificationItem.objects.filter(case__plan=plan, status=ItemStatus.SETTLED)
    return set(left.exclude(verdict="accepted").values_list("case", flat=True))


def holds_answers(assignment_id: int) -> bool:
    """Whether the assignment's signed answers are under verification; one query."""
    return VerificationCase.objects.filter(assignment=assignment_id).exists()

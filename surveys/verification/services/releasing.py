"""Telling agencies what was found, and until when they may explain."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.campaigns.deadlines import end_of, last_day, local_day
from surveys.common.errors import DomainError
from surveys.organisations.models import User
from surveys.verification.models import VerificationCase, VerificationItem, VerificationPlan
from surveys.verification.services.locking import lock_all
from surveys.verification.services.recording import record_of_plan
from surveys.verification.workflow import OPEN, PlanStep, next_status


class FindingsUnsettled(DomainError):
    """An agency gets its findings when all of them stand."""

    code = "findings_unsettled"
    message = _(
        "Not every answer has a finding yet: %(items)d are to verify or in dispute, at "
        "%(agencies)d agencies. Release the agencies that are through, or wait."
    )


class NothingToRelease(DomainError):
    """All that could be released is."""

    code = "nothing_to_release"
    message = _("No agency waits for its findings: they were released already.")


@transaction.atomic
def release(
    plan: VerificationPlan,
    *,
    actor: User | None,
    at: datetime,
    assignments: Collection[int] | None = None,
) -> list[VerificationCase]:
    """Release the findings to the agencies of the assignments, or to all that have none yet.

    Each may explain until the end of the plan's days, today not counted. Raises VerificationMovedOn,
    NothingToRelease or FindingsUnsettled.
    """
    locked = lock_all(plan)
    next_status(locked.status, PlanStep.WORK)
    cases = VerificationCase.objects.filter(plan=locked, released_at=None)
    if assignments is not None:
        cases = cases.filter(assignment__in=assignments)
    waiting = list(cases.order_by("pk"))
    if not waiting:
        raise NothingToRelease
    _refuse_unsettled(waiting)
    until = end_of(local_day(at) + timedelta(days=locked.explain_days))
    VerificationCase.objects.filter(pk__in=[case.pk for case in waiting]).update(
        released_at=at, explain_until=until
    )
    for case in waiting:
        case.released_at, case.explain_until = at, until
    record_of_plan(
        Event.FINDINGS_RELEASED,
        locked,
        actor=actor,
        at=at,
        assignments=[case.assignment_id for case in waiting],
        agencies=len(waiting),
        until=last_day(until),
    )
    return waiting


def ready_cases(plan: VerificationPlan) -> list[int]:
    """The assignments whose findings could be released one by one now."""
    unsettled = VerificationItem.objects.filter(case__plan=plan, status__in=OPEN).values("case")
    cases = VerificationCase.objects.filter(plan=plan, released_at=None).exclude(pk__in=unsettled)
    return list(cases.order_by("pk").values_list("assignment", flat=True))


def _refuse_unsettled(cases: Collection[VerificationCase]) -> None:
    unsettled = VerificationItem.objects.filter(
        case__in=[case.pk for case in cases], status__in=OPEN
    )
    found = list(unsettled.values_list("case", flat=True))
    if found:
        counts = {"items": len(found), "agencies": len(set(found))}
        raise FindingsUnsettled(str(FindingsUnsettled.message) % counts, **counts)

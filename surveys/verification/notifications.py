"""Whom a verification concerns, and what they are told of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse

from surveys.audit.models import AuditEvent
from surveys.campaigns.deadlines import last_day
from surveys.campaigns.models import Assignment
from surveys.campaigns.notifications import (
    news_for_department,
    news_for_members,
    round_words,
)
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.verification.models import (
    Explanation,
    Judgement,
    VerificationCase,
    VerificationItem,
    VerificationPlan,
)


def tell_of_work(plan: VerificationPlan, *, event: AuditEvent, at: datetime) -> int:
    """Tell each verifier how many answers wait; how many were told."""
    asked = Judgement.objects.filter(item__case__plan=plan, verdict="").order_by("verifier")
    counted = dict(asked.values_list("verifier").annotate(number=Count("pk")))
    return _tell_verifiers(plan, counted, event=event, at=at)


def tell_of_moved_work(plan: VerificationPlan, *, event: AuditEvent, at: datetime) -> int:
    """Tell a verifier of work that another had; how many were told."""
    taken = {int(event.data["taker"]): int(event.data["judgements"])}
    return _tell_verifiers(plan, taken, event=event, at=at)


def tell_of_findings(plan: VerificationPlan, *, event: AuditEvent, at: datetime) -> int:
    """Tell the members of the agencies whose findings were released; how many were told.

    Those of one release have the same last day.
    """
    released = event.data["assignments"]
    case = VerificationCase.objects.filter(assignment__in=released).first()
    if case is None or case.explain_until is None:
        return 0
    until = last_day(case.explain_until).isoformat()
    news = _of_findings(news_for_members(_assignments(released), until_on=until))
    return inbox.notify(NoticeKind.FINDINGS, news, event=inbox.cause(event), at=at)


def tell_of_explanation(item: VerificationItem, *, event: AuditEvent, at: datetime) -> int:
    """Tell those of the department who decide; how many were told."""
    assignment = item.case.assignment
    department = news_for_department(
        assignment.round,
        DepartmentRoleName.ADMINISTRATOR,
        agency=assignment.names,
        indicator=item.code,
        url=reverse("verification_item", args=[item.pk]),
    )
    return inbox.notify(NoticeKind.EXPLAINED, department, event=inbox.cause(event), at=at)


def tell_of_ruling(item: VerificationItem, *, event: AuditEvent, at: datetime) -> int:
    """Tell the agency's coordinators, and whoever explained; how many were told."""
    said = Explanation.objects.get(item=item)
    news = list(
        _of_findings(
            news_for_members(
                _assignments([item.case.assignment_id]),
                MembershipRole.COORDINATOR,
                indicator=item.code,
                reason=said.reason,
            )
        )
    )
    return inbox.notify(NoticeKind.RULED, news, event=inbox.cause(event), at=at)


def tell_of_end(plan: VerificationPlan, *, event: AuditEvent, at: datetime) -> int:
    """Tell the members of every agency under verification that it is over; how many were told."""
    concerned = list(plan.cases.values_list("assignment", flat=True))
    news = _of_findings(news_for_members(_assignments(concerned)))
    return inbox.notify(NoticeKind.VERIFIED, news, event=inbox.cause(event), at=at)


def _assignments(keys: Iterable[int]) -> Any:
    return Assignment.objects.filter(pk__in=list(keys))


def _of_findings(news: Iterable[News]) -> Iterator[News]:
    """The same news, leading to what was found of the agency's answers."""
    for each in news:
        _about, _colon, number = each.about.partition(":")
        address = reverse("findings", args=[int(number)])
        yield News(each.user, each.about, address, each.data)


def _tell_verifiers(
    plan: VerificationPlan, numbers: dict[int, int], *, event: AuditEvent, at: datetime
) -> int:
    round_ = plan.round
    address = reverse("round_verification_work", args=[round_.code])
    news = [
        News(person, f"round:{round_.pk}", address, {**round_words(round_), "items": number})
        for person, number in numbers.items()
    ]
    return inbox.notify(NoticeKind.VERIFICATION_GIVEN, news, event=inbox.cause(event), at=at)

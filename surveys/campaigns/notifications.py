"""Whom a round concerns, and what they are told of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from surveys.audit.models import AuditEvent
from surveys.campaigns.deadlines import last_day
from surveys.campaigns.enums import ExtensionStatus
from surveys.campaigns.models import Assignment, AssignmentQuerySet, Campaign, Extension, Round
from surveys.campaigns.queries.counts import DONE
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News
from surveys.mailing.models import OutgoingMail
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.organisations.models import DepartmentRole, User

STEERING: Final = (DepartmentRoleName.DESIGNER, DepartmentRoleName.ADMINISTRATOR)
NEXT_ROUND: Final = {"vi": "đợt tiếp theo", "en": "the next round"}


def round_words(round_: Round) -> dict[str, Any]:
    """What sentences about a round need: its campaign, its period, its last day."""
    return {
        "campaign": round_.campaign.titles,
        "period": round_.periods,
        "due_on": last_day(round_.closes_at).isoformat(),
    }


def news_for_members(
    assignments: AssignmentQuerySet, *roles: str, without: User | None = None, **words: Any
) -> Iterator[News]:
    """News to the members, in one of the roles if any are given, of each assignment's agency.

    In two queries, however many they are; a person with two roles in an agency has one. ``without``
    is who did it and knows; ``words`` is what the sentence needs beside round, agency and last day.
    """
    members = Q(agency__memberships__user__is_active=True)
    if roles:
        members &= Q(agency__memberships__role__in=roles)
    rows = assignments.filter(members).annotate(
        name=Coalesce(NullIf("agency_name", Value("")), "agency__name"),
        name_en=Coalesce(NullIf("agency_name_en", Value("")), "agency__name_en"),
        member=F("agency__memberships__user"),
    )
    named = rows.order_by("pk").values_list("pk", "round", "due_at", "name", "name_en", "member")
    concerned = Round.objects.filter(pk__in=assignments.order_by().values("round"))
    of_round = {each.pk: round_words(each) for each in concerned.select_related("campaign")}
    for pk, round_id, due_at, name, name_en, member in named.distinct():
        if without is not None and member == without.pk:
            continue
        said = {
            **of_round[round_id],
            "agency": {"vi": name, "en": name_en},
            "due_on": last_day(due_at).isoformat(),
            **words,
        }
        yield News(member, f"assignment:{pk}", reverse("assignment_detail", args=[pk]), said)


def news_about(assignment: Assignment, person: int) -> News:
    """News of an assignment to one person; reads nothing where round and campaign were read."""
    said = {
        **round_words(assignment.round),
        "agency": assignment.names,
        "due_on": last_day(assignment.due_at).isoformat(),
    }
    address = reverse("assignment_detail", args=[assignment.pk])
    return News(person, f"assignment:{assignment.pk}", address, said)


def news_for_department(
    round_: Round, *roles: str, without: User | None = None, url: str = "", **words: Any
) -> Iterator[News]:
    """News about a round to those with a role, one of the given ones if any, within its owner."""
    held = DepartmentRole.objects.filter(owner=round_.campaign.owner_id, user__is_active=True)
    if roles:
        held = held.filter(role__in=roles)
    address = url or reverse("round_overview", args=[round_.code])
    for person in held.order_by("user").values_list("user", flat=True).distinct():
        if without is None or person != without.pk:
            yield News(person, f"round:{round_.pk}", address, {**round_words(round_), **words})


def tell_of_opening(round_: Round, *, event: AuditEvent, at: datetime) -> int:
    """Tell every member of the agencies that are asked, and the department; how many were told."""
    asked = Assignment.objects.expected().filter(round=round_)
    department = news_for_department(round_, without=event.actor, agencies=asked.count())
    cause = inbox.cause(event)
    return sum(
        (
            inbox.notify(NoticeKind.ASSIGNED, news_for_members(asked), event=cause, at=at),
            inbox.notify(NoticeKind.ROUND_OPENED, department, event=cause, at=at),
        )
    )


def tell_of_closing(round_: Round, *, event: AuditEvent, at: datetime) -> int:
    """Tell the department, with how many have submitted; how many were told."""
    asked = Assignment.objects.expected().filter(round=round_)
    submitted = asked.filter(status__in=DONE).count()
    department = news_for_department(
        round_, without=event.actor, submitted=submitted, agencies=asked.count()
    )
    return inbox.notify(NoticeKind.ROUND_CLOSED, department, event=inbox.cause(event), at=at)


def tell_of_bounce(mail: OutgoingMail, *, event: AuditEvent, at: datetime) -> int:
    """Tell who designs and administers within the owner that a mail about an assignment came back.

    Mails about other things concern no round; how many were told.
    """
    about, _colon, number = mail.about.partition(":")
    if about != "assignment" or not number.isdecimal():
        return 0
    found = Assignment.objects.select_related("round__campaign", "agency")
    assignment = found.get(pk=int(number))
    department = news_for_department(
        assignment.round,
        DepartmentRoleName.DESIGNER,
        DepartmentRoleName.ADMINISTRATOR,
        agency=assignment.names,
        address=mail.to_address,
    )
    return inbox.notify(NoticeKind.MAIL_BOUNCED, department, event=inbox.cause(event), at=at)


def tell_of_wish(extension: Extension, *, event: AuditEvent, at: datetime) -> int:
    """Tell who designs and administers within the owner; how many were told."""
    assignment = extension.assignment
    round_ = assignment.round
    department = news_for_department(
        round_,
        DepartmentRoleName.DESIGNER,
        DepartmentRoleName.ADMINISTRATOR,
        url=reverse("round_agreements", args=[round_.code]),
        agency=assignment.names,
        until_on=extension.until.isoformat(),
    )
    return inbox.notify(NoticeKind.EXTENSION_ASKED, department, event=inbox.cause(event), at=at)


def tell_of_decision(extension: Extension, *, event: AuditEvent, at: datetime) -> int:
    """Tell the agency's coordinators; how many were told."""
    granted = extension.status == ExtensionStatus.GRANTED
    kind = NoticeKind.EXTENSION_GRANTED if granted else NoticeKind.EXTENSION_DENIED
    concerned = Assignment.objects.filter(pk=extension.assignment_id)
    members = news_for_members(
        concerned, MembershipRole.COORDINATOR, until_on=extension.until.isoformat()
    )
    return inbox.notify(kind, members, event=inbox.cause(event), at=at)


def tell_of_failed_opening(concerned: Round | Campaign, *, event: AuditEvent, at: datetime) -> int:
    """Tell those who run campaigns that a round could not open, or be planned, by itself, and why."""
    campaign = concerned.campaign if isinstance(concerned, Round) else concerned
    if isinstance(concerned, Round):
        about, period = f"round:{concerned.pk}", concerned.periods
        url = reverse("round_overview", args=[concerned.code])
    else:
        about, period = f"campaign:{concerned.pk}", NEXT_ROUND
        url = reverse("campaign_list")
    said = {"campaign": campaign.titles, "period": period, "reason": event.data["reason"]}
    held = DepartmentRole.objects.filter(
        owner=campaign.owner_id, user__is_active=True, role__in=STEERING
    )
    people = set(held.values_list("user", flat=True))
    if campaign.manager_id is not None:
        people.add(campaign.manager_id)
    news = [News(person, about, url, said) for person in sorted(people)]
    return inbox.notify(NoticeKind.ROUND_NOT_OPENED, news, event=inbox.cause(event), at=at)

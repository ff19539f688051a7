"""What goes on in the demo's open round beside the answers: mails, agreements, divided work."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from surveys.campaigns import services as campaigns
from surveys.campaigns.deadlines import last_day, local_day, start_of
from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment, AssignmentQuerySet, Round
from surveys.campaigns.reminding import DEFAULT_REMINDERS, ReminderStep
from surveys.organisations.enums import AgencyType, MembershipRole
from surveys.organisations.models import Agency, Membership, User
from surveys.organisations.services import StandIn, substitute
from surveys.questionnaires.queries import form_of
from surveys.responses.delegation.services import Work, give

EARLY: Final = ReminderStep(-30)
"""A month before the deadline: the demo's round is three weeks old and has four to go."""

MORNING: Final = timedelta(hours=9, minutes=10)


@transaction.atomic
def invite_all(round_: Round, *, actor: User) -> None:
    """Give the agencies addresses, and queue the invitations of the opening day."""
    asked = Agency.objects.filter(assignments__round=round_, attributes__email__isnull=True)
    for agency in asked:
        agency.attributes = agency.attributes | {"email": f"vanthu@{agency.key}.demo.vn"}
        agency.save(update_fields=["attributes"])
    plan = (EARLY, *DEFAULT_REMINDERS)
    campaigns.set_plan(round_.campaign, plan, actor=actor, at=round_.opens_at)
    campaigns.invite(round_, actor=None, at=round_.opens_at + MORNING)


@transaction.atomic
def live_on(round_: Round, *, agency: str, actor: User, at: datetime) -> None:
    """Reminders, one wish for time that waits and one granted, a refusal; and in the agency a division
    of the work and somebody who stands in."""
    reminded = start_of(EARLY.day(last_day(round_.closes_at))) + MORNING
    campaigns.remind(round_, actor=None, at=min(reminded, at))
    _agree(round_, actor=actor, at=at)
    own = _tasks(round_).get(agency__key=agency)
    _ask_for_time(own, at=at)
    _divide(own, at=at)
    _stand_in(own, at=at)


def _agree(round_: Round, *, actor: User, at: datetime) -> None:
    waiting = _tasks(round_).filter(status=AssignmentStatus.NOT_STARTED).order_by("agency__key")
    province = waiting.filter(agency__type=AgencyType.PROVINCE).first()
    ministry = waiting.exclude(agency__type=AgencyType.PROVINCE).first()
    assert province is not None, "half of the agencies have not started"
    assert ministry is not None, "half of the agencies have not started"
    until = last_day(round_.closes_at) + timedelta(days=10)
    grounds = campaigns.Grounds("Địa phương đang khắc phục hậu quả bão.", "512/UBND-KGVX")
    campaigns.extend([province], until=until, grounds=grounds, actor=actor, at=_ago(at, 2))
    grounds = campaigns.Grounds("Đang sắp xếp lại tổ chức bộ máy.", "88/VP-TH")
    campaigns.record_refusal(ministry, grounds=grounds, actor=actor, at=_ago(at, 3))


def _ask_for_time(own: Assignment, *, at: datetime) -> None:
    campaigns.ask_extension(
        own,
        until=last_day(own.due_at) + timedelta(days=7),
        grounds=campaigns.Grounds("Chờ số liệu của các xã, phường.", "1207/UBND-VX"),
        actor=_person(own, MembershipRole.COORDINATOR).user,
        at=_ago(at, 1),
    )


def _divide(own: Assignment, *, at: datetime) -> None:
    """The first two sections to whoever fills in, for this week."""
    sections = form_of(own.version).sections
    due_on = min(local_day(at) + timedelta(days=5), last_day(own.due_at))
    note = "Nhờ anh điền giúp, số liệu lấy theo báo cáo năm."
    give(
        own,
        person=_person(own, MembershipRole.CONTRIBUTOR).user,
        work=Work(parts=tuple(each.name for each in sections[:2]), due_on=due_on, note=note),
        actor=_person(own, MembershipRole.COORDINATOR).user,
        at=_ago(at, 1),
    )


def _stand_in(own: Assignment, *, at: datetime) -> None:
    """Whoever reviews stands in for the signatory for a fortnight."""
    today = local_day(_ago(at, 1))
    stand_in = StandIn(
        substitute=_person(own, MembershipRole.REVIEWER).user,
        from_on=today,
        to_on=today + timedelta(days=14),
        capacity="TUQ.",
        signs_as="Chủ tịch, Chánh Văn phòng UBND tỉnh",
        document_number="215/QĐ-UBND",
        document_on=today,
        document_issuer="UBND tỉnh Lào Cai",
    )
    absent = _person(own, MembershipRole.SIGNATORY)
    substitute(
        absent, stand_in, actor=_person(own, MembershipRole.COORDINATOR).user, at=_ago(at, 1)
    )


def _tasks(round_: Round) -> AssignmentQuerySet:
    return round_.assignments.select_related("agency", "round__campaign", "version")


def _person(own: Assignment, role: MembershipRole) -> Membership:
    found = Membership.objects.filter(agency=own.agency_id, role=role)
    return found.select_related("user", "agency").order_by("pk")[0]


def _ago(at: datetime, days: int) -> datetime:
    return at - timedelta(days=days)

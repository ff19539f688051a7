"""Reminders of a round: who gets which mail on which day."""

import json
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from surveys.campaigns import services
from surveys.campaigns.deadlines import ZONE, end_of
from surveys.campaigns.enums import AssignmentStatus, CampaignStatus, Disposition
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.models import AuditEvent
from tests.factories import AgencyFactory, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory

pytestmark = pytest.mark.django_db

LAST = date(2026, 11, 30)


def on(day, month=12):
    return datetime.combine(date(2026, month, day), time(9), tzinfo=ZONE)


@pytest.fixture
def round_():
    return RoundFactory.create(status="open", opened_at=NOW)


def asked(round_, *roles, parent=None, **fields):
    agency = AgencyFactory(parent=parent)
    for role in roles:
        member(agency, role)
    return AssignmentFactory.create(round=round_, agency=agency, asked_at=NOW, **fields)


def steps():
    return list(OutgoingMail.objects.order_by("pk").values_list("about", "step"))


def remind(*moments):
    for at in moments:
        services.send_due_reminders(at=at)
    return [step for _about, step in steps()]


S = AssignmentStatus


@pytest.mark.parametrize(
    ("at", "fields", "expected"),
    [
        (on(22, 11), {}, []),
        (on(23, 11), {}, ["remind-7-coordinator"]),
        (on(23, 11), {"status": S.DRAFT}, ["remind-7-coordinator"]),
        (on(23, 11), {"status": S.RETURNED}, ["remind-7-coordinator"]),
        (on(23, 11), {"status": S.AWAITING_SIGNATURE}, ["remind-7-coordinator"]),
        (on(23, 11), {"status": S.SUBMITTED}, []),
        (on(1), {"status": S.VERIFIED}, []),
        (on(1), {"status": S.PUBLISHED}, []),
        (on(1), {"disposition": Disposition.REFUSED}, []),
        (on(1), {"disposition": Disposition.INELIGIBLE}, []),
        (on(1), {}, ["remind+1-coordinator"]),
        (on(1), {"due_at": end_of(date(2026, 12, 10))}, []),
        (on(3), {"due_at": end_of(date(2026, 12, 10))}, ["remind-7-coordinator"]),
        (on(3), {}, ["remind+3-signatory"]),
        (on(20), {"asked_at": on(20)}, []),
    ],
)
def test_an_agency_is_reminded_by_its_own_deadline_and_standing(round_, at, fields, expected):
    assignment = asked(round_, "coordinator", "signatory")
    for name, value in fields.items():
        setattr(assignment, name, value)
    assignment.save()

    assert remind(at) == expected


def test_a_step_is_sent_once_however_often_it_is_asked(round_):
    asked(round_, "coordinator")

    assert remind(on(23, 11), on(23, 11), on(24, 11)) == ["remind-7-coordinator"]


def test_after_a_stop_only_the_latest_step_is_sent(round_):
    asked(round_, "coordinator")

    assert remind(on(2)) == ["remind+1-coordinator"]


def test_after_an_extension_the_steps_count_anew(round_):
    assignment = asked(round_, "coordinator")
    remind(on(23, 11), on(29, 11))
    assignment.due_at = end_of(date(2026, 12, 14))
    assignment.save()

    assert remind(on(7), on(8), on(13)) == [
        "remind-7-coordinator",
        "remind-1-coordinator",
        "remind-7-coordinator@2026-12-14",
        "remind-1-coordinator@2026-12-14",
    ]


def test_the_signatory_is_told_without_a_personal_link(round_):
    assignment = asked(round_, "coordinator", "signatory")
    remind(on(3))

    mail = OutgoingMail.objects.get()
    assert mail.to_user is not None
    assert mail.to_user.memberships.get().role == "signatory"
    assert mail.link_purpose == ""
    assert f"/assignments/{assignment.pk}/" in mail.text
    assert "chậm 3 ngày" in mail.subject


def test_a_superior_gets_one_mail_that_names_its_late_units(round_):
    superior = AgencyFactory()
    person = member(superior)
    late = [asked(round_, parent=superior) for _number in range(3)]
    asked(round_, parent=superior, status=S.SUBMITTED)
    elsewhere = asked(round_, parent=AgencyFactory())
    remind(on(7), on(7), on(8))

    mail = OutgoingMail.objects.get(to_user=person)
    other = OutgoingMail.objects.get(about__startswith=f"agency:{elsewhere.agency.parent_id}:")
    assert mail.about == f"agency:{superior.pk}:round:{round_.pk}"
    assert mail.step == "remind+7-superior@2026-12-07"
    assert [f"- {each.agency.name}: chậm 7 ngày" in mail.text for each in late] == [True] * 3
    assert mail.text.count("- ") == 3
    assert (other.to_address, other.status) == ("", MailStatus.FAILED)
    assert OutgoingMail.objects.count() == 2


def test_a_superior_is_written_to_again_when_a_further_unit_comes_to_it(round_):
    superior = AgencyFactory()
    asked(round_, parent=superior)
    asked(round_, parent=superior, due_at=end_of(date(2026, 12, 2)))

    assert sorted(remind(on(7), on(8), on(9), on(10))) == [
        "remind+3-signatory",
        "remind+7-superior@2026-12-07",
        "remind+7-superior@2026-12-09",
    ]


def test_an_agency_without_a_superior_is_not_escalated(round_):
    asked(round_, "coordinator")

    assert remind(on(7)) == []


def test_waiting_mails_are_withdrawn_when_the_agency_submits(round_):
    assignment = asked(round_, "coordinator", "coordinator")
    other = asked(round_, "coordinator")
    remind(on(1))

    services.move(assignment, S.SUBMITTED, at=on(1))

    withdrawn = OutgoingMail.objects.filter(status=MailStatus.WITHDRAWN)
    assert {mail.about for mail in withdrawn} == {f"assignment:{assignment.pk}"}
    assert withdrawn.count() == 2
    assert OutgoingMail.objects.get(about=f"assignment:{other.pk}").status == MailStatus.WAITING


def test_waiting_mails_are_withdrawn_when_the_agency_is_not_asked_any_more(round_):
    assignment = asked(round_, "coordinator")
    remind(on(1))
    assignment.disposition = Disposition.REFUSED
    assignment.save()

    remind(on(1) + timedelta(hours=1))

    assert OutgoingMail.objects.get().status == MailStatus.WITHDRAWN


@pytest.mark.parametrize("status", ["planned", "closed", "cancelled"])
def test_only_open_rounds_remind(status):
    assignment = AssignmentFactory.create(round__status=status, asked_at=NOW)
    member(assignment.agency)

    assert remind(on(1)) == []


def test_a_paused_campaign_does_not_remind_by_itself(round_):
    asked(round_, "coordinator")
    round_.campaign.status = CampaignStatus.PAUSED
    round_.campaign.save()

    assert remind(on(1)) == []


def test_the_late_are_reminded_by_hand_once_a_day(round_):
    late = asked(round_, "coordinator", due_at=end_of(LAST - timedelta(days=5)))
    asked(round_, "coordinator")

    assert services.remind_late(round_, actor=None, at=on(28, 11)) == 1
    with pytest.raises(services.NobodyLate):
        services.remind_late(round_, actor=None, at=on(28, 11))
    assert services.remind_late(round_, actor=None, at=on(29, 11)) == 1
    assert steps() == [
        (f"assignment:{late.pk}", "remind-now@2026-11-28"),
        (f"assignment:{late.pk}", "remind-now@2026-11-29"),
    ]


def test_the_late_of_a_closed_round_are_not_reminded():
    round_ = RoundFactory.create(status="closed")

    with pytest.raises(services.RoundNotReminded):
        services.remind_late(round_, actor=None, at=on(28))


def test_the_command_says_how_many_mails_it_queued(round_):
    asked(round_, "coordinator")
    answers = []
    for _run in range(2):
        out = StringIO()
        call_command("send_due_reminders", "--at", "2026-12-01", "--json", stdout=out)
        answers.append(json.loads(out.getvalue()))

    assert answers == [{"done": 1}, {"done": 0}]


def test_one_event_tells_of_a_rounds_reminders(round_):
    asked(round_, "coordinator")
    asked(round_, "coordinator")
    remind(on(1))

    event = AuditEvent.objects.get(kind="round.reminders_queued")
    assert event.data == {"mails": 2, "steps": ["remind+1-coordinator"]}

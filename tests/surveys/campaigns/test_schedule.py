"""Rounds open and close by themselves: each once, and none holds up another."""

import json
from datetime import date, timedelta
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection

from surveys.audit.enums import Event
from surveys.background.enums import JobStatus
from surveys.background.models import Job
from surveys.background.runner import run_pending
from surveys.campaigns import services
from surveys.campaigns.deadlines import end_of
from surveys.campaigns.enums import CampaignStatus, RoundStatus
from surveys.mailing.models import OutgoingMail
from surveys.models import Assignment, AuditEvent, Notice, Round
from tests.factories import AgencyFactory, department_person
from tests.surveys.campaigns.factories import (
    NOW,
    TODAY,
    AssignmentFactory,
    CampaignFactory,
    RoundFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


def due_round(**kwargs):
    return RoundFactory.create(campaign__status=CampaignStatus.RUNNING, **kwargs)


def statuses():
    return dict(Round.objects.values_list("code", "status"))


def run(command, *options):
    out = StringIO()
    call_command(command, "--at", "2026-11-20T09:30", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_what_is_due_opens_once():
    AgencyFactory.create()
    round_ = due_round(code="den-han")

    assert run("open_due_rounds") == {
        "done": 1,
        "rounds": [{"code": "den-han", "agencies": 1}],
        "refused": [],
    }
    assert run("open_due_rounds")["done"] == 0
    assert statuses() == {"den-han": RoundStatus.OPEN}
    assert AuditEvent.objects.filter(kind=Event.ROUND_OPENED).count() == 1
    assert round_.assignments.count() == 1


@pytest.mark.parametrize("status", ["preparing", "paused", "ended"])
def test_only_running_campaigns_open_by_themselves(status):
    RoundFactory.create(campaign__status=status)

    assert services.open_due_rounds(at=NOW) == []


def test_what_is_not_due_yet_waits():
    due_round(opens_at=NOW + timedelta(seconds=1))

    assert services.open_due_rounds(at=NOW) == []


def test_one_that_cannot_open_is_told_once_and_holds_up_no_other():
    AgencyFactory.create()
    stuck = due_round(code="a", version=VersionFactory.create(status="draft"))
    designer = department_person(owner=stuck.campaign.owner)
    due_round(code="b")

    found = run("open_due_rounds")
    run("open_due_rounds")
    run_pending()

    assert [each["code"] for each in found["rounds"]] == ["b"]
    (refused,) = found["refused"]
    assert (refused["code"], refused["refusal"]) == ("a", "questionnaire_not_published")
    assert AuditEvent.objects.filter(kind=Event.ROUND_NOT_OPENED).count() == 1
    told = Notice.objects.filter(kind="round_not_opened").values_list("user", "about")
    assert list(told) == [(designer.pk, f"round:{stuck.pk}")]


def test_a_round_whose_deadline_has_passed_is_reported_and_not_opened():
    AgencyFactory.create()
    due_round(code="tre", opens_at=NOW - timedelta(days=30), closes_at=NOW - timedelta(days=1))

    found = run("open_due_rounds")

    assert [each["refusal"] for each in found["refused"]] == ["round_deadline_passed"]
    assert statuses() == {"tre": RoundStatus.PLANNED}


def test_the_plan_stays_filled():
    campaign = CampaignFactory.create(
        status=CampaignStatus.RUNNING, period="yearly", first_cutoff=date(2026, 12, 31)
    )
    VersionFactory.create(questionnaire=campaign.questionnaire)

    services.open_due_rounds(at=NOW)

    assert list(campaign.rounds.values_list("period", flat=True)) == ["Năm 2026"]


def test_a_round_closes_when_deadline_and_grace_are_over():
    round_ = due_round(code="x", status=RoundStatus.OPEN, closes_at=end_of(TODAY), grace_days=2)

    assert services.close_due_rounds(at=round_.ends_at - timedelta(seconds=1)) == []
    (closed,) = services.close_due_rounds(at=round_.ends_at)
    assert (closed.code, services.close_due_rounds(at=round_.ends_at)) == ("x", [])
    assert Round.objects.get().closed_at == round_.ends_at


def test_a_round_waits_for_who_has_more_time_and_still_owes():
    round_ = due_round(status=RoundStatus.OPEN)
    extended = AssignmentFactory.create(round=round_, due_at=round_.closes_at + timedelta(days=3))

    assert services.close_due_rounds(at=round_.ends_at) == []
    Assignment.objects.filter(pk=extended.pk).update(status="submitted")
    assert len(services.close_due_rounds(at=round_.ends_at)) == 1


def test_a_round_does_not_wait_for_who_refused():
    round_ = due_round(status=RoundStatus.OPEN)
    later = round_.closes_at + timedelta(days=3)
    AssignmentFactory.create(round=round_, due_at=later, disposition="refused")

    assert len(services.close_due_rounds(at=round_.ends_at)) == 1


def lost_invitation(status=CampaignStatus.RUNNING):
    """A round whose job died each time it was tried."""
    AgencyFactory.create()
    round_ = due_round()
    services.open_round(round_, actor=None, at=NOW)
    Job.objects.update(status=JobStatus.FAILED)
    round_.campaign.status = status
    round_.campaign.save()
    return round_


def invitations():
    return OutgoingMail.objects.filter(step="invitation").count()


def test_agencies_whose_invitation_was_lost_with_its_job_are_invited_once():
    lost_invitation()

    for minutes in (9, 10, 11):
        services.open_due_rounds(at=NOW + timedelta(minutes=minutes))
        assert invitations() == (minutes >= 10)


def test_a_paused_campaign_invites_nobody_by_itself():
    lost_invitation(CampaignStatus.PAUSED)

    services.open_due_rounds(at=NOW + timedelta(hours=1))

    assert invitations() == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_open_a_round_once():
    AgencyFactory.create_batch(5)
    due_round()
    barrier, found = Barrier(2), []

    def work():
        barrier.wait()
        found.append(services.open_due_rounds(at=NOW))
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(len(each) for each in found) == [0, 1]
    assert AuditEvent.objects.filter(kind=Event.ROUND_OPENED).count() == 1
    assert Assignment.objects.count() == 5

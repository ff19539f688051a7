"""Campaigns and rounds are made, opened and closed; assignments move."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from surveys.audit.enums import Event
from surveys.campaigns import services
from surveys.campaigns.basis import LegalBasis
from surveys.campaigns.deadlines import end_of, start_of
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.campaigns.targets import TargetRule
from surveys.campaigns.workflow import RoundAlreadyClosed, RoundAlreadyOpen, RoundNotPlanned
from surveys.common.errors import DomainError
from surveys.models import Assignment, AuditEvent, Campaign, LiveMessage, Round
from surveys.organisations.enums import AgencyType
from surveys.questionnaires.enums import VersionStatus
from tests.factories import AgencyFactory, UserFactory
from tests.surveys.campaigns.factories import (
    NOW,
    TODAY,
    AssignmentFactory,
    CampaignFactory,
    QuestionnaireFactory,
    RoundFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db

BASIS = LegalBasis(
    number="Quyết định 1690/QĐ-TTg",
    issued_on=date(2023, 12, 26),
    issuer="Thủ tướng Chính phủ",
    abstract="Phát triển mạng lưới chuyển đổi số quốc gia",
)


def campaign_details(**changes):
    questionnaire = QuestionnaireFactory.create()
    details = {
        "code": "nang-luc",
        "questionnaire": questionnaire,
        "owner": questionnaire.owner,
        "title": "Năng lực tổ chức",
        "basis": BASIS,
        "targets": TargetRule(types=(AgencyType.PROVINCE, AgencyType.MINISTRY)),
    }
    return details | changes


def round_details(campaign, **changes):
    details = {
        "campaign": campaign,
        "code": "nang-luc-2026",
        "period": "Năm 2026",
        "reference_date": TODAY,
        "opens_at": start_of(TODAY),
        "closes_at": end_of(date(2026, 12, 31)),
    }
    return details | changes


def test_a_campaign_is_made_and_recorded():
    designer = UserFactory.create()

    campaign = services.create_campaign(actor=designer, at=NOW, **campaign_details())

    assert Campaign.objects.get() == campaign
    assert campaign.targets == {"types": ["province", "ministry"]}
    event = AuditEvent.objects.get()
    assert (event.kind, event.actor, event.at) == (Event.CAMPAIGN_CREATED, designer, NOW)
    assert event.data["legal_basis"] == (
        "Quyết định 1690/QĐ-TTg ngày 26/12/2023 của Thủ tướng Chính phủ"
    )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"basis": replace(BASIS, number="  ")}, services.LegalBasisMissing),
        ({"basis": replace(BASIS, issued_on=None)}, services.LegalBasisMissing),
        ({"basis": replace(BASIS, issuer="")}, services.LegalBasisMissing),
        ({"basis": replace(BASIS, abstract="")}, services.LegalBasisMissing),
        ({"targets": TargetRule()}, services.TargetTypesMissing),
        ({"targets": TargetRule(types=("province", "planet"))}, services.TargetTypesMissing),
    ],
)
def test_a_campaign_without_its_basis_or_types_is_refused(changes, refusal):
    with pytest.raises(refusal):
        services.create_campaign(actor=None, at=NOW, **campaign_details(**changes))

    assert not Campaign.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_campaigns_code_is_given_once():
    CampaignFactory.create(code="nang-luc")

    with pytest.raises(services.CodeTaken):
        services.create_campaign(actor=None, at=NOW, **campaign_details())


def test_a_round_asks_the_latest_published_version():
    campaign = CampaignFactory.create()
    for number, status in enumerate(
        [VersionStatus.RETIRED, VersionStatus.PUBLISHED, VersionStatus.DRAFT], start=1
    ):
        VersionFactory.create(questionnaire=campaign.questionnaire, number=number, status=status)

    round_ = services.create_round(actor=None, at=NOW, **round_details(campaign))

    assert round_.version.number == 2
    assert round_.status == RoundStatus.PLANNED
    assert AuditEvent.objects.get().kind == Event.ROUND_CREATED


def test_a_round_of_an_unpublished_questionnaire_is_refused():
    campaign = CampaignFactory.create()
    draft = VersionFactory.create(questionnaire=campaign.questionnaire, status=VersionStatus.DRAFT)

    with pytest.raises(services.QuestionnaireNotPublished):
        services.create_round(actor=None, at=NOW, **round_details(campaign))
    with pytest.raises(services.QuestionnaireNotPublished):
        services.create_round(actor=None, at=NOW, **round_details(campaign, version=draft))

    assert not Round.objects.exists()


def test_a_round_keeps_to_its_campaign_and_its_days():
    campaign = CampaignFactory.create()
    VersionFactory.create(questionnaire=campaign.questionnaire)
    refused: dict[type[DomainError], dict[str, Any]] = {
        services.VersionOfAnotherQuestionnaire: {"version": VersionFactory.create()},
        services.PreviousRoundOfAnotherCampaign: {"previous": RoundFactory.create()},
        services.RoundClosesBeforeOpening: {"closes_at": start_of(TODAY)},
    }

    for refusal, changes in refused.items():
        with pytest.raises(refusal):
            services.create_round(actor=None, at=NOW, **round_details(campaign, **changes))

    assert not campaign.rounds.exists()


def test_a_rounds_code_is_given_once():
    round_ = RoundFactory.create(code="nang-luc-2026")

    with pytest.raises(services.CodeTaken):
        services.create_round(actor=None, at=NOW, **round_details(round_.campaign))


def test_opening_asks_every_agency_of_the_types_that_is_valid_that_day():
    asked = [AgencyFactory.create(), AgencyFactory.create(valid_to=TODAY + timedelta(days=1))]
    AgencyFactory.create(type=AgencyType.COMMUNE)
    AgencyFactory.create(valid_to=TODAY)
    AgencyFactory.create(valid_from=TODAY + timedelta(days=1))
    round_ = RoundFactory.create()

    number = services.open_round(round_, actor=None, at=NOW)

    assert number == 2
    assignments = Assignment.objects.filter(round=round_)
    assert {each.agency for each in assignments} == set(asked)
    assert {each.status for each in assignments} == {AssignmentStatus.NOT_STARTED}
    assert {(each.due_at, each.answered, each.total) for each in assignments} == {
        (round_.closes_at, 0, 3)
    }
    round_.refresh_from_db()
    assert (round_.status, round_.opened_at) == (RoundStatus.OPEN, NOW)


def test_opening_is_one_event_and_one_live_message():
    AgencyFactory.create_batch(3)
    round_ = RoundFactory.create()

    services.open_round(round_, actor=None, at=NOW)

    event = AuditEvent.objects.get()
    assert (event.kind, event.data) == (Event.ROUND_OPENED, {"agencies": 3})
    assert LiveMessage.objects.get().topic == f"round:{round_.pk}"


def test_opening_twice_is_refused_and_asks_nobody_twice():
    AgencyFactory.create()
    round_ = RoundFactory.create()
    services.open_round(round_, actor=None, at=NOW)
    stale = Round.objects.get(pk=round_.pk)
    stale.status = RoundStatus.PLANNED

    for again in (round_, stale):
        with pytest.raises(RoundAlreadyOpen):
            services.open_round(again, actor=None, at=NOW)

    assert Assignment.objects.count() == 1


def test_a_closed_round_is_not_opened_again():
    AgencyFactory.create()
    round_ = RoundFactory.create(status=RoundStatus.CLOSED)

    with pytest.raises(RoundNotPlanned):
        services.open_round(round_, actor=None, at=NOW)


@pytest.mark.parametrize(
    ("changes", "at", "refusal"),
    [
        ({}, end_of(date(2026, 11, 30)), services.RoundDeadlinePassed),
        ({"campaign__targets": {"types": [AgencyType.MINISTRY]}}, NOW, services.NobodyToAsk),
    ],
)
def test_opening_is_refused_where_it_makes_no_sense(changes, at, refusal):
    AgencyFactory.create()
    round_ = RoundFactory.create(**changes)

    with pytest.raises(refusal):
        services.open_round(round_, actor=None, at=at)

    assert Round.objects.get().status == RoundStatus.PLANNED


def test_a_round_over_a_draft_is_not_opened():
    AgencyFactory.create()
    round_ = RoundFactory.create()
    round_.version.status = VersionStatus.DRAFT
    round_.version.save()

    with pytest.raises(services.QuestionnaireNotPublished):
        services.open_round(round_, actor=None, at=NOW)


@pytest.mark.parametrize("agencies", [3, 30])
def test_the_queries_of_opening_do_not_grow_with_the_agencies(
    agencies, django_assert_max_num_queries
):
    AgencyFactory.create_batch(agencies)
    round_ = RoundFactory.create()

    with django_assert_max_num_queries(30):  # four notify, on PostgreSQL; ten insert jobs
        services.open_round(round_, actor=None, at=NOW)


def test_closing_ends_the_round_once():
    round_ = RoundFactory.create(status=RoundStatus.OPEN)

    services.close_round(round_, actor=None, at=round_.ends_at)

    round_.refresh_from_db()
    assert (round_.status, round_.closed_at) == (RoundStatus.CLOSED, round_.ends_at)
    assert AuditEvent.objects.get().kind == Event.ROUND_CLOSED
    with pytest.raises(RoundAlreadyClosed):
        services.close_round(round_, actor=None, at=round_.ends_at)


def test_submitting_in_time_is_not_late():
    assignment = AssignmentFactory.create()
    last_second = assignment.due_at - timedelta(seconds=1)

    services.move(assignment, AssignmentStatus.SUBMITTED, at=last_second)

    assignment.refresh_from_db()
    assert (assignment.status, assignment.submitted_at) == ("submitted", last_second)
    assert (assignment.late_days, assignment.last_activity) == (0, last_second)


def test_submitting_after_the_deadline_counts_begun_days():
    assignment = AssignmentFactory.create()

    services.move(
        assignment, AssignmentStatus.SUBMITTED, at=assignment.due_at + timedelta(hours=25)
    )

    assignment.refresh_from_db()
    assert assignment.late_days == 2


def test_verifying_keeps_the_day_of_submission():
    assignment = AssignmentFactory.create()
    services.move(assignment, AssignmentStatus.SUBMITTED, at=assignment.due_at)

    services.move(assignment, AssignmentStatus.VERIFIED, at=assignment.due_at + timedelta(days=9))

    assignment.refresh_from_db()
    assert (assignment.submitted_at, assignment.late_days) == (assignment.due_at, 1)


def test_returning_takes_the_submission_back():
    assignment = AssignmentFactory.create()
    services.move(assignment, AssignmentStatus.SUBMITTED, at=assignment.due_at)

    services.move(assignment, AssignmentStatus.RETURNED, at=assignment.due_at)

    assignment.refresh_from_db()
    assert (assignment.submitted_at, assignment.late_days) == (None, 0)


def test_progress_is_noted_and_told_to_who_follows_the_round():
    assignment = AssignmentFactory.create()

    services.record_progress(assignment, answered=2, total=3, at=NOW)

    assignment.refresh_from_db()
    assert (assignment.answered, assignment.total, assignment.last_activity) == (2, 3, NOW)
    message = LiveMessage.objects.get()
    assert message.topic == f"round:{assignment.round_id}"
    assert message.paths == [f"{assignment.pk}/progress"]


def test_the_first_look_is_noted_once():
    assignment = AssignmentFactory.create()
    person = UserFactory.create()

    first = services.note_seen(assignment, actor=person, at=NOW)
    again = services.note_seen(assignment, actor=person, at=NOW + timedelta(days=1))

    assignment.refresh_from_db()
    assert (first, again, assignment.seen_at) == (True, False, NOW)
    assert AuditEvent.objects.filter(kind=Event.ASSIGNMENT_SEEN).count() == 1

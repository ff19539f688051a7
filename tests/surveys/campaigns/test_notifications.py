"""Whom a round concerns, and what they are told of it."""

import pytest

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.audit.services import record
from surveys.background.models import Job
from surveys.background.runner import run_pending
from surveys.campaigns.notifications import tell_of_opening
from surveys.campaigns.services import close_round, open_round
from surveys.mailing.models import OutgoingMail
from surveys.mailing.services import NewMail, queue
from surveys.models import Notice
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from tests.factories import AgencyFactory, MembershipFactory, department_person, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory

pytestmark = pytest.mark.django_db


def told_of(kind: str) -> list[tuple[int, str]]:
    """Who has a notice of the kind, and about what."""
    return sorted(Notice.objects.filter(kind=kind).values_list("user", "about"))


def test_every_member_of_an_asked_agency_is_told_of_the_opening_once():
    round_ = RoundFactory.create()
    agency = AgencyFactory(name="Tỉnh Lào Cai", name_en="Lao Cai Province")
    signatory = member(agency, MembershipRole.SIGNATORY)
    person = member(agency, MembershipRole.COORDINATOR, MembershipRole.CONTRIBUTOR)

    open_round(round_, actor=None, at=NOW)
    run_pending()

    assignment = round_.assignments.get()
    about = f"assignment:{assignment.pk}"
    assert told_of("assigned") == sorted([(signatory.pk, about), (person.pk, about)])
    notice = Notice.objects.get(user=person)
    assert (notice.url, notice.data) == (
        f"/assignments/{assignment.pk}/",
        {
            "campaign": round_.campaign.titles,
            "period": {"vi": "Năm 2026", "en": "Year 2026"},
            "agency": {"vi": "Tỉnh Lào Cai", "en": "Lao Cai Province"},
            "due_on": "2026-11-30",
        },
    )


def test_closed_accounts_are_not_told():
    round_ = RoundFactory.create()
    person = member(AgencyFactory())
    person.is_active = False
    person.save()

    open_round(round_, actor=None, at=NOW)
    run_pending()

    assert told_of("assigned") == []


def test_the_department_is_told_of_opening_and_closing_but_not_who_did_it():
    round_ = RoundFactory.create()
    AgencyFactory()
    owner = round_.campaign.owner
    actor = department_person(DepartmentRoleName.DESIGNER, owner=owner)
    verifier = department_person(DepartmentRoleName.VERIFIER, owner=owner)
    department_person(owner=AgencyFactory(type="department"))

    open_round(round_, actor=actor, at=NOW)
    close_round(round_, actor=actor, at=NOW, reason="Thử")
    run_pending()

    assert told_of("round_opened") == [(verifier.pk, f"round:{round_.pk}")]
    assert told_of("round_closed") == [(verifier.pk, f"round:{round_.pk}")]


def test_closing_tells_how_many_have_submitted():
    round_ = RoundFactory.create(status="open", opened_at=NOW)
    department_person(owner=round_.campaign.owner)
    AssignmentFactory.create(round=round_, status="submitted")
    AssignmentFactory.create(round=round_)

    close_round(round_, actor=None, at=NOW, reason="Thử")
    run_pending()

    data = Notice.objects.get(kind="round_closed").data
    assert (data["submitted"], data["agencies"]) == (1, 2)


def test_a_job_that_runs_again_tells_nobody_twice():
    round_ = RoundFactory.create()
    member(AgencyFactory())
    open_round(round_, actor=None, at=NOW)
    run_pending()

    event = AuditEvent.objects.get(kind=Event.ROUND_OPENED)
    assert tell_of_opening(round_, event=event, at=NOW) == 0


def test_telling_many_agencies_reads_no_more_often_than_telling_one(
    django_assert_max_num_queries,
):
    round_ = RoundFactory.create(status="open", opened_at=NOW)
    for _ in range(30):
        MembershipFactory(agency=AssignmentFactory.create(round=round_).agency)
    event = AuditEvent.objects.create(kind=Event.ROUND_OPENED, at=NOW, subject_id=str(round_.pk))
    Job.objects.all().delete()

    with django_assert_max_num_queries(15):  # one notifies, on PostgreSQL
        assert tell_of_opening(round_, event=event, at=NOW) == 30


def test_the_department_is_told_of_a_mail_that_came_back():
    assignment = AssignmentFactory.create()
    owner = assignment.round.campaign.owner
    designer = department_person(DepartmentRoleName.DESIGNER, owner=owner)
    department_person(DepartmentRoleName.RESEARCHER, owner=owner)
    mail = NewMail(
        about=f"assignment:{assignment.pk}",
        step="invite",
        to_address="van-thu@laocai.gov.vn",
        subject="Mời",
        text="Mời trả lời.",
    )
    queue([mail], at=NOW)

    record(Event.MAIL_BOUNCED, OutgoingMail.objects.get(), actor=None, at=NOW)
    run_pending()

    assert told_of("mail_bounced") == [(designer.pk, f"round:{assignment.round_id}")]
    assert Notice.objects.get().data["address"] == "van-thu@laocai.gov.vn"

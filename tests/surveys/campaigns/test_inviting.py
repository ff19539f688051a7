"""Invitations of a round, one mail for each agency."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.campaigns import services
from surveys.campaigns.enums import AssignmentStatus, Disposition
from surveys.campaigns.models import AccessLink, MailText
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.wording import SECRET_LINK
from surveys.models import AccountInvitation, AuditEvent
from tests.factories import AgencyFactory, UserFactory, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    manager = UserFactory(full_name="Trần Thị Hoa", email="hoa@example.gov.vn")
    return RoundFactory.create(status="open", opened_at=NOW, campaign__manager=manager)


def asked(round_, **fields):
    agency = AgencyFactory(name="Tỉnh Lào Cai", attributes=fields.pop("attributes", {}))
    return AssignmentFactory.create(round=round_, agency=agency, asked_at=NOW, **fields)


def mails():
    return list(OutgoingMail.objects.order_by("pk"))


def test_the_principal_coordinator_gets_the_mail_with_a_personal_link(round_):
    assignment = asked(round_)
    principal = member(assignment.agency)

    number = services.invite(round_, actor=None, at=NOW)

    link = AccessLink.objects.get()
    [mail] = mails()
    assert number == 1
    assert (mail.about, mail.step) == (f"assignment:{assignment.pk}", "invitation")
    assert (mail.within, mail.status) == (f"round:{round_.pk}", MailStatus.WAITING)
    assert (mail.to_address, mail.to_user) == (principal.email, principal)
    assert (mail.link_purpose, mail.link_id) == ("access", link.pk)
    assert (link.assignment, link.user) == (assignment, principal)
    assert link.expires_at == assignment.due_at + timedelta(days=30)
    assert mail.reply_to == "hoa@example.gov.vn"
    assert mail.subject == ("Năng lực tổ chức về chuyển đổi số, Năm 2026: mời Tỉnh Lào Cai trả lời")
    assert SECRET_LINK in mail.text
    assert "30/11/2026 (còn 10 ngày)" in mail.text
    assert "Quyết định 1690/QĐ-TTg ngày 26/12/2023 của Thủ tướng Chính phủ" in mail.text
    assert "Trần Thị Hoa, hoa@example.gov.vn, Cục Chuyển đổi số quốc gia" in mail.text


def test_the_other_coordinators_get_a_copy_without_the_personal_link(round_):
    assignment = asked(round_)
    member(assignment.agency)
    other = member(assignment.agency)

    services.invite(round_, actor=None, at=NOW)

    copy = OutgoingMail.objects.get(to_user=other)
    assert copy.step == f"invitation/{other.pk}"
    assert (copy.link_purpose, copy.link_id) == ("", None)
    assert f"/assignments/{assignment.pk}/" in copy.text


def test_a_person_is_written_to_in_the_own_language(round_):
    assignment = asked(round_)
    person = member(assignment.agency)
    person.language = "en"
    person.save()

    services.invite(round_, actor=None, at=NOW)

    [mail] = mails()
    assert mail.language == "en"
    assert ", Year 2026: " in mail.subject
    assert "Deadline: the end of 30/11/2026 (10 days left)." in mail.text


def test_an_agency_without_an_account_gets_an_invitation_to_one(round_):
    asked(round_, attributes={"email": "UBND@laocai.gov.vn"})

    services.invite(round_, actor=None, at=NOW)

    [mail], invitation = mails(), AccountInvitation.objects.get()
    assert (mail.to_address, mail.to_user) == ("ubnd@laocai.gov.vn", None)
    assert (mail.link_purpose, mail.link_id) == ("invitation", invitation.pk)
    assert (invitation.email, invitation.role) == ("ubnd@laocai.gov.vn", "coordinator")


@pytest.mark.parametrize("attributes", [{}, {"email": "x@y.vn\nBcc: z@y.vn"}, {"email": None}])
def test_an_agency_without_any_address_is_there_as_failed(round_, attributes):
    asked(round_, attributes=attributes)

    services.invite(round_, actor=None, at=NOW)

    [mail] = mails()
    assert (mail.to_address, mail.status) == ("", MailStatus.FAILED)


def test_a_second_run_invites_only_those_added_since(round_):
    asked(round_)
    services.invite(round_, actor=None, at=NOW)
    later = asked(round_)

    assert services.invite(round_, actor=None, at=NOW) == 1
    assert services.invite(round_, actor=None, at=NOW) == 0
    assert mails()[-1].about == f"assignment:{later.pk}"


@pytest.mark.parametrize(
    "fields",
    [
        {"disposition": Disposition.REFUSED},
        {"disposition": Disposition.INELIGIBLE},
        {"status": AssignmentStatus.SUBMITTED},
    ],
)
def test_who_need_not_answer_is_not_invited(round_, fields):
    asked(round_, **fields)

    assert services.invite(round_, actor=None, at=NOW) == 0


@pytest.mark.parametrize("status", ["planned", "closed", "cancelled"])
def test_a_round_that_is_not_open_invites_nobody(status):
    assignment = AssignmentFactory.create(round__status=status)

    assert services.invite(assignment.round, actor=None, at=NOW) == 0


def test_the_campaigns_own_words_are_used(round_):
    asked(round_)
    MailText.objects.create(
        campaign=round_.campaign,
        kind="invitation",
        language="vi",
        subject="Gửi {agency}",
        body="Xem {link}",
    )

    services.invite(round_, actor=None, at=NOW)

    [mail] = mails()
    assert mail.subject.startswith("Gửi ")
    assert mail.text.startswith("Xem http")


def test_a_name_cannot_add_a_header_or_pass_as_the_secret_link(round_):
    assignment = asked(round_)
    member(assignment.agency)
    assignment.agency_name = "Xã {{secret_link}}\r\nBcc: x@y.vn {deadline}"
    assignment.save()

    services.invite(round_, actor=None, at=NOW)

    [mail] = mails()
    assert "Xã { {secret_link}} Bcc: x@y.vn {deadline}" in mail.subject
    assert mail.text.count(SECRET_LINK) == 1


def test_the_number_of_queries_does_not_follow_the_number_of_agencies(round_):
    for number in range(3):
        asked(round_)
        asked(round_, attributes={"email": f"xa-{number}@x.vn"})
        member(asked(round_).agency)
    with CaptureQueriesContext(connection) as few:
        services.invite(round_, actor=None, at=NOW)
    for number in range(3, 9):
        asked(round_)
        asked(round_, attributes={"email": f"xa-{number}@x.vn"})
        member(asked(round_).agency)
    with CaptureQueriesContext(connection) as more:
        services.invite(round_, actor=None, at=NOW)

    assert len(more) == len(few)


def test_the_event_says_how_many_were_invited(round_):
    asked(round_)
    services.invite(round_, actor=None, at=NOW)

    event = AuditEvent.objects.get(kind="round.invited")
    assert event.data == {"agencies": 1, "mails": 1}

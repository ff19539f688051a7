"""The pages about a round's mails: words, plan, what became of them, sending again."""

import pytest
from django.utils.html import escape

from surveys.campaigns import services
from surveys.campaigns.enums import MailKind
from surveys.campaigns.mail_pages import name_lines
from surveys.campaigns.models import AccessLink, MailText
from surveys.campaigns.reminding import Addressee, ReminderStep, reminders_of
from surveys.campaigns.wording import Words, placeholders_of, product_words
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.models import AccountInvitation, AuditEvent
from surveys.organisations.services import Part, invite_person
from tests.factories import AgencyFactory, department_person, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return RoundFactory.create(status="open", opened_at=NOW)


@pytest.fixture
def designer(client):
    person = department_person("designer")
    client.force_login(person)
    return person


def asked(round_, **agency):
    return AssignmentFactory.create(round=round_, agency=AgencyFactory(**agency), asked_at=NOW)


def failed(assignment, status=MailStatus.FAILED):
    services.invite(assignment.round, actor=None, at=NOW)
    OutgoingMail.objects.update(status=status, error="550 unknown")
    return OutgoingMail.objects.get(about=f"assignment:{assignment.pk}", step="invitation")


def words_typed(kind, **changes):
    vi, en = product_words(kind, "vi"), product_words(kind, "en")
    typed = {
        "subject_vi": vi.subject,
        "body_vi": vi.body,
        "subject_en": en.subject,
        "body_en": en.body,
    }
    return typed | changes


def plan_typed(*rows):
    typed: dict[str, str] = {}
    for number, (days, side, to) in enumerate(rows):
        typed |= {f"days_{number}": days, f"side_{number}": side, f"to_{number}": to}
    for number in range(len(rows), 7):
        typed |= {f"days_{number}": "", f"side_{number}": "before", f"to_{number}": "coordinator"}
    return typed


@pytest.mark.usefixtures("designer")
def test_the_page_counts_by_step_and_lists_what_did_not_arrive(client, round_):
    lost = asked(round_, name="Tỉnh Lai Châu")
    member(asked(round_, name="Tỉnh Lào Cai").agency)
    services.invite(round_, actor=None, at=NOW)

    page = client.get(f"/rounds/{round_.code}/mails/")

    [line] = page.context["steps"]
    assert (line.label, line.total) == ("Thư mời", 2)
    assert (line.counts["failed"], line.counts["waiting"]) == (1, 1)
    assert [each.row.mail.about for each in page.context["mails"]] == [f"assignment:{lost.pk}"]
    assert "Tỉnh Lai Châu" in page.content.decode()


@pytest.mark.usefixtures("designer")
def test_a_step_that_no_database_holds_names_nothing(client, round_):
    answer = client.get(f"/rounds/{round_.code}/mails/", {"step": "a\0b"})

    assert answer.context["listed"].filters.step == "ab"


@pytest.mark.usefixtures("designer")
def test_the_list_can_be_narrowed_by_step_and_status(client, round_):
    member(asked(round_).agency)
    services.invite(round_, actor=None, at=NOW)
    address = f"/rounds/{round_.code}/mails/"

    numbers = [
        len(client.get(address + query).context["mails"])
        for query in ("", "?status=", "?status=waiting&step=invitation", "?status=sent", "?step=x")
    ]

    assert numbers == [0, 1, 1, 0, 0]


@pytest.mark.usefixtures("designer")
def test_the_page_asks_no_more_of_the_database_with_more_mails(
    client, round_, django_assert_max_num_queries
):
    for _number in range(30):
        asked(round_)
    services.invite(round_, actor=None, at=NOW)

    with django_assert_max_num_queries(20):
        client.get(f"/rounds/{round_.code}/mails/")


@pytest.mark.usefixtures("designer")
def test_the_plan_is_saved_in_order(client, round_):
    typed = plan_typed(("3", "after", "signatory"), ("0", "before", "coordinator"))

    answer = client.post(f"/rounds/{round_.code}/mails/", typed)

    round_.campaign.refresh_from_db()
    assert answer.status_code == 302
    assert reminders_of(round_.campaign.reminders) == (
        ReminderStep(0),
        ReminderStep(3, Addressee.SIGNATORY),
    )
    event = AuditEvent.objects.get(kind="campaign.reminder_plan_changed")
    assert event.data["to"][0] == {"days": 0, "to": "coordinator"}


@pytest.mark.usefixtures("designer")
@pytest.mark.parametrize(
    "rows",
    [
        [("1", "before", "signatory")],
        [("1", "after", "coordinator"), ("1", "after", "coordinator")],
        [("999", "after", "coordinator")],
        [("x", "after", "coordinator")],
        [("1", "beside", "coordinator")],
    ],
)
def test_a_plan_that_cannot_be_changes_nothing(client, round_, rows):
    before = round_.campaign.reminders

    answer = client.post(f"/rounds/{round_.code}/mails/", plan_typed(*rows))

    round_.campaign.refresh_from_db()
    assert answer.status_code == 422
    assert round_.campaign.reminders == before


@pytest.mark.usefixtures("designer")
def test_words_are_saved_in_both_languages_and_reset(client, round_):
    address = f"/rounds/{round_.code}/mails/words/invitation/"

    client.post(address, words_typed(MailKind.INVITATION, subject_vi="Gửi {agency}", save=""))
    saved = dict(MailText.objects.values_list("language", "subject"))
    client.post(f"{address}reset/")

    assert saved["vi"] == "Gửi {agency}"
    assert set(saved) == {"vi", "en"}
    assert not MailText.objects.exists()
    kinds = AuditEvent.objects.filter(kind__startswith="mail_text.").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["mail_text.changed", "mail_text.reset"]


@pytest.mark.usefixtures("designer")
def test_unknown_names_are_told_at_their_field_with_their_place(client, round_):
    typed = words_typed(MailKind.LATE, body_en="Dear {agncy},\n{link}")

    page = client.post(f"/rounds/{round_.code}/mails/words/late/", typed)

    assert page.status_code == 422
    assert page.context["form"].errors["body_en"] == ["Dòng 1, ký tự 6: Không có chỗ điền {agncy}."]
    assert "Dear {agncy}," in page.content.decode()
    assert not MailText.objects.exists()


@pytest.mark.usefixtures("designer")
def test_a_preview_shows_the_chosen_agencys_letter_and_keeps_nothing(client, round_):
    asked(round_, name="Tỉnh Lai Châu", search_key="tinh lai chau")
    asked(round_, name="<b>Tỉnh Lào Cai</b>", search_key="tinh lao cai")
    typed = words_typed(MailKind.INVITATION, subject_vi="Gửi {agency}", agency="lao cai", look="")

    page = client.post(f"/rounds/{round_.code}/mails/words/invitation/", typed)

    assert next(each["words"].subject for each in page.context["previews"]) == (
        "Gửi <b>Tỉnh Lào Cai</b>"
    )
    assert "Gửi &lt;b&gt;Tỉnh Lào Cai" in page.content.decode()
    assert not MailText.objects.exists()


@pytest.mark.usefixtures("designer")
@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize("status", ["planned", "open"])
def test_every_kind_can_be_previewed_before_and_after_the_opening(client, kind, status):
    round_ = RoundFactory.create(status=status)
    agency = AgencyFactory()
    if status == "open":
        AssignmentFactory.create(round=round_, agency=agency)

    page = client.get(f"/rounds/{round_.code}/mails/words/{kind}/")

    assert len(page.context["previews"]) == 2


@pytest.mark.usefixtures("designer")
def test_there_is_no_page_of_a_kind_that_is_none(client, round_):
    assert client.get(f"/rounds/{round_.code}/mails/words/other/").status_code == 404


def test_a_corrected_address_gets_an_invitation_not_the_first_persons_link(client, round_):
    assignment = asked(round_)
    member(assignment.agency)
    mail = failed(assignment, MailStatus.BOUNCED)
    client.force_login(department_person("designer", "administrator"))

    client.post(f"/rounds/{round_.code}/mails/{mail.pk}/again/", {"address": "Moi@x.gov.vn"})

    again = OutgoingMail.objects.get(pk=mail.pk)
    invitation = AccountInvitation.objects.get()
    assert (again.status, again.to_address) == (MailStatus.WAITING, "moi@x.gov.vn")
    assert (again.link_purpose, again.link_id) == ("invitation", invitation.pk)
    assert (again.message_id, again.to_user) == (mail.message_id, None)
    assert invitation.email == "moi@x.gov.vn"
    event = AuditEvent.objects.get(kind="mail.retried")
    assert event.data == {"about": mail.about, "address_unrecorded": True}


@pytest.mark.usefixtures("designer")
def test_an_address_that_nobody_recorded_gets_no_part_in_the_agency(client, round_):
    assignment = asked(round_, attributes={"email": "vanthu@x.gov.vn"})
    services.invite(round_, actor=None, at=NOW)
    mail = failed(assignment, MailStatus.BOUNCED)
    before = list(AccountInvitation.objects.values_list("email", flat=True))

    answer = client.post(
        f"/rounds/{round_.code}/mails/{mail.pk}/again/", {"address": "toi@x.vn"}, follow=True
    )

    assert OutgoingMail.objects.get(pk=mail.pk).status == MailStatus.BOUNCED
    assert list(AccountInvitation.objects.values_list("email", flat=True)) == before
    assert escape(services.AddressUnrecorded()) in answer.content.decode()


def test_who_is_invited_to_another_part_is_not_made_coordinator(round_):
    assignment = asked(round_)
    mail = failed(assignment)
    invite_person(Part(assignment.agency, "contributor"), email="nhap@x.gov.vn", actor=None, at=NOW)

    with pytest.raises(services.AddressUnrecorded):
        services.send_again(mail, address="nhap@x.gov.vn", round_=round_, actor=None, at=NOW)


def record_contact(agency):
    agency.attributes = {"email": "Moi@x.gov.vn"}
    agency.save()


def invite_coordinator(agency):
    invite_person(Part(agency, "coordinator"), email="moi@x.gov.vn", actor=None, at=NOW)


@pytest.mark.parametrize("record", [record_contact, invite_coordinator])
def test_a_recorded_address_gets_the_invitation_from_a_designer(client, round_, designer, record):
    assignment = asked(round_)
    member(assignment.agency)
    mail = failed(assignment)
    record(assignment.agency)

    client.post(f"/rounds/{round_.code}/mails/{mail.pk}/again/", {"address": "moi@x.gov.vn"})

    assert OutgoingMail.objects.get(pk=mail.pk).to_address == "moi@x.gov.vn"
    assert AuditEvent.objects.get(kind="mail.retried").data == {"about": mail.about}


@pytest.mark.usefixtures("designer")
def test_a_coordinators_address_gets_the_coordinators_own_link(client, round_):
    assignment = asked(round_)
    mail = failed(assignment)
    person = member(assignment.agency)

    client.post(f"/rounds/{round_.code}/mails/{mail.pk}/again/", {"address": person.email})

    again, link = OutgoingMail.objects.get(pk=mail.pk), AccessLink.objects.get()
    assert (again.to_user, again.link_id, link.user) == (person, link.pk, person)


@pytest.mark.usefixtures("designer")
def test_the_same_address_is_tried_again_with_the_same_link(client, round_):
    assignment = asked(round_)
    person = member(assignment.agency)
    mail = failed(assignment)

    client.post(f"/rounds/{round_.code}/mails/{mail.pk}/again/", {"address": person.email})

    again = OutgoingMail.objects.get(pk=mail.pk)
    assert (again.status, again.link_id) == (MailStatus.WAITING, mail.link_id)


@pytest.mark.usefixtures("designer")
@pytest.mark.parametrize("address", ["", "x", "a@x.vn, b@x.vn", "a@x.vn\nBcc: b@x.vn"])
def test_an_unusable_address_changes_nothing(client, round_, address):
    mail = failed(asked(round_))

    client.post(f"/rounds/{round_.code}/mails/{mail.pk}/again/", {"address": address})

    assert OutgoingMail.objects.get(pk=mail.pk).status == MailStatus.FAILED


@pytest.mark.usefixtures("designer")
def test_a_mail_of_another_round_is_not_sent_from_here(client, round_):
    mail = failed(asked(RoundFactory.create(status="open")))

    answer = client.post(f"/rounds/{round_.code}/mails/{mail.pk}/again/", {"address": "a@x.vn"})

    assert answer.status_code == 404


def test_after_a_correction_reminders_go_to_the_corrected_address(round_):
    assignment = asked(round_)
    administrator = department_person("administrator")
    services.send_again(
        failed(assignment), address="moi@x.vn", round_=round_, actor=administrator, at=NOW
    )

    services.remind(round_, actor=None, at=assignment.due_at)

    mail = OutgoingMail.objects.get(step="remind+1-coordinator")
    assert (mail.to_address, mail.link_purpose) == ("moi@x.vn", "invitation")


@pytest.mark.usefixtures("designer")
def test_the_late_are_reminded_after_one_question(client, round_):
    assignment = asked(round_)
    assignment.due_at = NOW
    assignment.save()
    address = f"/rounds/{round_.code}/remind/"

    question = client.get(address)
    client.post(address)

    assert question.context["late"] == 1
    assert OutgoingMail.objects.get().step.startswith("remind-now@")
    assert client.get(address).context["late"] == 0


@pytest.mark.parametrize("role", ["verifier", "researcher"])
@pytest.mark.parametrize("page", ["mails/", "mails/words/late/", "remind/"])
def test_only_who_makes_campaigns_sees_addresses_and_writes(client, round_, role, page):
    client.force_login(department_person(role))

    assert client.get(f"/rounds/{round_.code}/{page}").status_code == 403


def test_words_that_cannot_be_a_mail_are_refused_by_the_service_too(round_):
    with pytest.raises(services.WordsUnfit):
        services.save_words(
            round_.campaign, MailKind.LATE, {"vi": Words("", "")}, actor=None, at=NOW
        )


def test_an_extension_is_told_by_mail_once_for_each_deadline(round_):
    assignment = asked(round_)
    member(assignment.agency)
    extension = assignment.extensions.create(
        status="granted", until=NOW.date(), reason="Lụt", asked_at=NOW
    )

    numbers = [services.write_of_extension(extension, actor=None, at=NOW) for _time in range(2)]

    mail = OutgoingMail.objects.get()
    assert numbers == [1, 0]
    assert (mail.step, mail.link_purpose) == ("extension@2026-11-30", "access")
    assert mail.subject.startswith("Gia hạn")


@pytest.mark.usefixtures("designer")
def test_the_links_of_an_agency_are_withdrawn_and_the_next_mail_has_a_new_one(client, round_):
    assignment = asked(round_)
    member(assignment.agency)
    services.invite(round_, actor=None, at=NOW)
    mail = OutgoingMail.objects.get()

    client.post(f"/rounds/{round_.code}/mails/{mail.pk}/revoke/")
    services.remind(round_, actor=None, at=assignment.due_at)

    later = OutgoingMail.objects.exclude(pk=mail.pk).get()
    valid = AccessLink.objects.filter(revoked_at=None)
    assert [link.pk for link in valid] == [later.link_id]
    assert mail.link_id != later.link_id


@pytest.mark.usefixtures("designer")
def test_a_mail_without_a_personal_link_has_none_to_withdraw(client, round_):
    mail = failed(asked(round_))

    assert client.post(f"/rounds/{round_.code}/mails/{mail.pk}/revoke/").status_code == 404


@pytest.mark.parametrize("kind", MailKind)
def test_every_name_of_a_text_is_explained(kind):
    assert [name for name, _said in name_lines(kind)] == [
        f"{{{name}}}" for name in placeholders_of(kind)
    ]

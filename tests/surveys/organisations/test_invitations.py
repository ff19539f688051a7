"""Invitations: asked, taken up once, withdrawn."""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.audit.enums import Event
from surveys.common.tokens import hashed
from surveys.mailing.enums import MailStatus
from surveys.mailing.wording import SECRET_LINK
from surveys.models import AccountInvitation, AuditEvent, Membership, OutgoingMail, User
from surveys.organisations import services
from surveys.organisations.services import Acceptance, Part
from tests.factories import PASSWORD, AgencyFactory, UserFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
ADDRESS = "binh@laocai.gov.vn"


def invite(part: Part, email: str = ADDRESS) -> services.Invited:
    """The person invited to the part."""
    return services.invite_person(part, email=email, full_name="Trần Bình", actor=None, at=AT)


def waiting(part: Part | None = None) -> AccountInvitation:
    """An invitation of somebody without an account."""
    invitation = invite(part or Part(AgencyFactory(), "coordinator")).invitation
    assert invitation is not None
    return invitation


def accept(invitation: AccountInvitation, at: datetime = AT) -> Acceptance:
    """The invitation taken up."""
    return services.accept_invitation(
        invitation, full_name="Trần Thị Bình", password=PASSWORD, at=at
    )


def test_the_same_person_invited_twice_has_one_invitation_and_one_link() -> None:
    part = Part(AgencyFactory(), "signatory")

    first, again = invite(part), invite(part, "BINH@laocai.gov.vn ")

    assert (first.invitation, again.is_new) == (again.invitation, False)
    assert AccountInvitation.objects.count() == 1


def test_who_has_an_account_is_a_member_at_once() -> None:
    user = UserFactory(email=ADDRESS)

    invited = invite(Part(AgencyFactory(), "signatory", "Giám đốc", "KT. Giám đốc"))

    membership = user.memberships.get()
    assert (invited.membership, invited.invitation) == (membership, None)
    assert (membership.title, membership.signs_as) == ("Giám đốc", "KT. Giám đốc")


def test_a_closed_account_is_not_invited() -> None:
    user = UserFactory(email=ADDRESS)
    user.is_active = False
    user.save()

    with pytest.raises(services.AccountClosed):
        invite(Part(AgencyFactory(), "signatory"))


def test_the_database_holds_the_hash_of_the_link_only() -> None:
    invitation = waiting()

    secret = services.secret_of(invitation)

    row = AccountInvitation.objects.values().get()
    assert row["token_hash"] == hashed(secret)
    assert secret not in map(str, row.values())


def test_taking_up_makes_the_account_and_the_membership() -> None:
    agency = AgencyFactory()

    accepted = accept(waiting(Part(agency, "coordinator", "Chuyên viên")))

    user = User.objects.get()
    membership = user.memberships.get()
    assert (accepted.user, accepted.has_new_account) == (user, True)
    assert (user.email, user.full_name) == (ADDRESS, "Trần Thị Bình")
    assert user.check_password(PASSWORD)
    assert (membership.agency, membership.title) == (agency, "Chuyên viên")


def test_one_link_takes_up_every_invitation_of_the_address() -> None:
    first, second = waiting(), waiting()

    accept(second)

    assert set(User.objects.get().memberships.values_list("agency", flat=True)) == {
        first.agency_id,
        second.agency_id,
    }


def test_an_account_made_meanwhile_keeps_its_name_and_password() -> None:
    invitation = waiting()
    user = UserFactory(email=ADDRESS, full_name="Trần Văn Bình", password=PASSWORD[::-1])

    accepted = accept(invitation)

    user.refresh_from_db()
    assert (accepted.user, accepted.has_new_account) == (user, False)
    assert (user.full_name, user.check_password(PASSWORD)) == ("Trần Văn Bình", False)


def test_a_weak_password_takes_up_nothing() -> None:
    invitation = waiting()

    with pytest.raises(services.PasswordTooWeak):
        services.accept_invitation(invitation, full_name="Bình", password="1", at=AT)  # noqa: S106

    assert (User.objects.count(), AccountInvitation.objects.pending().count()) == (0, 1)


@pytest.mark.parametrize("end", ["accepted", "revoked", "expired"])
def test_an_invitation_that_ended_is_not_taken_up(end: str) -> None:
    invitation, at = waiting(), AT
    if end == "accepted":
        accept(invitation)
    elif end == "revoked":
        services.revoke_invitation(invitation, actor=None, at=AT)
    else:
        at = AT + timedelta(days=30)

    with pytest.raises(services.InvitationEnded):
        accept(invitation, at)


def test_an_invitation_is_withdrawn_once() -> None:
    invitation = waiting()
    services.revoke_invitation(invitation, actor=None, at=AT)

    with pytest.raises(services.InvitationEnded):
        services.revoke_invitation(invitation, actor=None, at=AT)

    assert AuditEvent.objects.filter(kind=Event.INVITATION_REVOKED).count() == 1


def test_after_a_withdrawal_the_person_can_be_invited_anew() -> None:
    part = Part(AgencyFactory(), "coordinator")
    services.revoke_invitation(waiting(part), actor=None, at=AT)

    assert invite(part).is_new


def test_the_mail_waits_in_the_outbox_with_a_place_for_the_link() -> None:
    invitation = waiting(Part(AgencyFactory(name="Tỉnh Lào Cai"), "signatory"))

    mail = OutgoingMail.objects.get()
    assert (mail.about, mail.to_address) == (f"invitation:{invitation.pk}", ADDRESS)
    assert "Tỉnh Lào Cai" in mail.subject
    assert services.secret_of(invitation) not in mail.text


def test_a_name_like_the_place_of_the_link_is_only_a_name() -> None:
    part = Part(AgencyFactory(name="{{secret_link}}"), "contributor")
    services.invite_person(part, email=ADDRESS, full_name="{{secret_link}}", actor=None, at=AT)

    assert OutgoingMail.objects.get().text.count(SECRET_LINK) == 1


def test_who_is_invited_again_on_another_day_gets_another_mail() -> None:
    part = Part(AgencyFactory(), "coordinator")
    for days in (0, 0, 1):
        services.invite_person(part, email=ADDRESS, actor=None, at=AT + timedelta(days=days))

    assert OutgoingMail.objects.count() == 2


def test_the_link_of_the_mail_opens_the_invitation() -> None:
    invitation = waiting()

    assert services.link_of(invitation.pk) == f"/invitations/{services.secret_of(invitation)}/"


def test_a_withdrawn_invitation_has_no_link_and_its_mail_is_not_sent() -> None:
    invitation = waiting()
    services.revoke_invitation(invitation, actor=None, at=AT)

    with pytest.raises(services.InvitationEnded):
        services.link_of(invitation.pk)
    assert OutgoingMail.objects.get().status == MailStatus.WITHDRAWN


@pytest.mark.django_db(transaction=True)
def test_fifty_acceptances_at_once_have_one_effect() -> None:
    invitation = waiting()

    results = at_once(*[lambda: accept(invitation)] * 50)

    accepted = [result for result in results if isinstance(result, Acceptance)]
    refused = [result for result in results if isinstance(result, services.InvitationEnded)]
    assert (len(accepted), len(refused)) == (1, 49)
    assert (User.objects.count(), Membership.objects.count()) == (1, 1)
    assert AuditEvent.objects.filter(kind=Event.INVITATION_ACCEPTED).count() == 1
    assert AuditEvent.objects.exclude(kind=Event.INVITATION_SENT).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_person_invited_by_many_at_once_has_one_invitation() -> None:
    part = Part(AgencyFactory(), "coordinator")

    results = at_once(*[lambda: invite(part)] * 8)

    assert [result.is_new for result in results].count(True) == 1
    assert AccountInvitation.objects.count() == 1

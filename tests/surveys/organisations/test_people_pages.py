"""Invitations and members on their pages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from surveys.models import AccountInvitation, Agency, AuditEvent, Membership, User
from surveys.organisations import services
from surveys.organisations.services import Part
from tests.factories import (
    PASSWORD,
    AgencyFactory,
    MembershipFactory,
    UserFactory,
    department_person,
    member,
)

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TYPED = {"full_name": "Trần Thị Bình", "password": PASSWORD, "again": PASSWORD}


def invited(agency: Agency | None = None, at: datetime | None = None) -> AccountInvitation:
    """An invitation that waits."""
    part = Part(agency or AgencyFactory(), "coordinator")
    found = services.invite_person(
        part, email="binh@laocai.gov.vn", actor=None, at=at or timezone.now()
    )
    assert found.invitation is not None
    return found.invitation


def opened(client: Client, invitation: AccountInvitation) -> Client:
    """The browser after a click on the link."""
    client.get(f"/invitations/{services.secret_of(invitation)}/")
    return client


@pytest.mark.parametrize("is_coordinator", [True, False])
def test_the_contact_address_is_recorded_by_coordinators_and_administrators(
    client: Client, is_coordinator: bool
) -> None:
    agency = AgencyFactory()
    person = member(agency) if is_coordinator else department_person("administrator")
    client.force_login(person)
    page = f"/agencies/{agency.key}/address/"

    assert page in client.get(f"/agencies/{agency.key}/").content.decode()
    client.post(page, {"address": "VanThu@Laocai.gov.vn"})

    agency.refresh_from_db()
    assert agency.attributes == {"email": "vanthu@laocai.gov.vn"}
    assert client.get(page).context["form"].initial == {"address": "vanthu@laocai.gov.vn"}
    event = AuditEvent.objects.get(kind="agencies.addresses_set")
    assert (event.subject_id, event.actor) == (str(agency.pk), person)


def test_no_contact_address_is_recorded_by_a_designer_or_with_a_slip(client: Client) -> None:
    agency = AgencyFactory()
    page = f"/agencies/{agency.key}/address/"
    answers = []
    for person in (department_person("designer"), member(agency)):
        client.force_login(person)
        answers.append(client.post(page, {"address": "x"}).status_code)

    agency.refresh_from_db()
    assert answers == [403, 422]
    assert agency.attributes == {}


def test_a_link_leads_to_a_clean_address_without_a_referrer(client: Client) -> None:
    answer = client.get(f"/invitations/{services.secret_of(invited())}/")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/invitation/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_opening_a_link_consumes_nothing(client: Client) -> None:
    invitation = invited()
    for _ in range(3):
        assert opened(client, invitation).get("/invitation/").status_code == 200

    assert AccountInvitation.objects.pending().count() == 1


def test_name_and_password_make_the_account_and_sign_in(client: Client) -> None:
    answer = opened(client, invited()).post("/invitation/", TYPED)

    user = User.objects.get(email="binh@laocai.gov.vn")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_weak_password_is_told_at_its_field(client: Client) -> None:
    answer = opened(client, invited()).post(
        "/invitation/", {**TYPED, "password": "12345678", "again": "12345678"}
    )

    assert (answer.status_code, User.objects.count()) == (422, 0)
    assert set(answer.context["form"].errors) == {"password"}


def test_two_different_passwords_are_told(client: Client) -> None:
    answer = opened(client, invited()).post("/invitation/", {**TYPED, "again": "khac"})

    assert set(answer.context["form"].errors) == {"again"}


def test_who_has_an_account_meanwhile_becomes_a_member_but_is_not_signed_in(
    client: Client,
) -> None:
    invitation = invited()
    user = UserFactory(email=invitation.email)

    opened(client, invitation).post("/invitation/")

    assert user.memberships.get().agency == invitation.agency
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/invitation/", "/invitations/none/"])
def test_a_foreign_link_leads_to_an_ended_invitation(path: str, client: Client) -> None:
    invited()

    assert client.get(path, follow=True).status_code == 410


def test_an_expired_link_takes_up_nothing(client: Client) -> None:
    invitation = invited(at=timezone.now() - timedelta(days=40))

    answer = opened(client, invitation).post("/invitation/", TYPED)

    assert (answer.status_code, User.objects.count()) == (410, 0)


def test_a_coordinator_invites_a_colleague(client: Client) -> None:
    agency = AgencyFactory()
    client.force_login(member(agency))

    answer = client.post(
        f"/agencies/{agency.key}/people/invite/",
        {"full_name": "Trần Bình", "email": "Binh@laocai.gov.vn", "role": "signatory"},
    )

    invitation = AccountInvitation.objects.get()
    assert answer.status_code == 302
    assert (invitation.email, invitation.role) == ("binh@laocai.gov.vn", "signatory")


def test_a_coordinator_cannot_make_themself_signatory(client: Client) -> None:
    agency = AgencyFactory()
    coordinator = member(agency)
    client.force_login(coordinator)

    answer = client.post(
        f"/agencies/{agency.key}/people/invite/",
        {"full_name": "An", "email": coordinator.email, "role": "signatory"},
    )

    assert (answer.status_code, Membership.objects.count()) == (422, 1)


@pytest.mark.parametrize("role", ["contributor", "signatory"])
def test_other_members_manage_nobody(role: str, client: Client) -> None:
    agency = AgencyFactory()
    client.force_login(member(agency, role))

    assert client.get(f"/agencies/{agency.key}/people/invite/").status_code == 403


def test_an_administrator_gives_another_role_and_position(client: Client) -> None:
    membership = MembershipFactory()
    client.force_login(department_person("administrator"))

    client.post(
        f"/agencies/{membership.agency.key}/people/{membership.pk}/",
        {"role": "signatory", "title": "Giám đốc", "signs_as": ""},
    )

    membership.refresh_from_db()
    assert (membership.role, membership.title) == ("signatory", "Giám đốc")


def test_a_role_that_the_person_has_already_is_refused(client: Client) -> None:
    agency = AgencyFactory()
    user = member(agency, "coordinator", "signatory")
    client.force_login(department_person("administrator"))
    first = user.memberships.get(role="coordinator")

    answer = client.post(f"/agencies/{agency.key}/people/{first.pk}/", {"role": "signatory"})

    assert (answer.status_code, user.memberships.count()) == (422, 2)


def test_a_coordinator_ends_a_colleague_but_not_themself(client: Client) -> None:
    agency = AgencyFactory()
    coordinator = member(agency)
    colleague = MembershipFactory(agency=agency, role="contributor")
    client.force_login(coordinator)

    for membership in (colleague, coordinator.memberships.get()):
        client.post(f"/agencies/{agency.key}/people/{membership.pk}/end/")

    assert list(Membership.objects.values_list("user", flat=True)) == [coordinator.pk]


def test_a_member_of_another_agency_is_not_reached_through_ones_own(client: Client) -> None:
    agency, stranger = AgencyFactory(), MembershipFactory()
    client.force_login(member(agency))

    assert client.post(f"/agencies/{agency.key}/people/{stranger.pk}/end/").status_code == 404


def test_an_invitation_is_withdrawn_on_the_page(client: Client) -> None:
    invitation = invited()
    client.force_login(member(invitation.agency))

    client.post(f"/agencies/{invitation.agency.key}/invitations/{invitation.pk}/withdraw/")

    assert AccountInvitation.objects.pending().count() == 0


@pytest.mark.parametrize(("role", "shown"), [("coordinator", True), ("contributor", False)])
def test_only_who_manages_people_sees_who_is_invited(
    role: str, shown: bool, client: Client
) -> None:
    invitation = invited()
    client.force_login(member(invitation.agency, role))

    page = client.get(f"/agencies/{invitation.agency.key}/").content.decode()

    assert (invitation.email in page) == shown

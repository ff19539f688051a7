"""Who stands in for whom, and what follows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from surveys.audit.enums import Event
from surveys.models import Agency, AuditEvent, Membership, Substitution, User
from surveys.organisations import rules
from surveys.organisations.services import (
    OwnMembership,
    StandIn,
    SubstituteIsAbsent,
    SubstitutionDaysUnfit,
    SubstitutionDocumentMissing,
    SubstitutionEnded,
    SubstitutionOverlaps,
    end_substitution,
    revoke_membership,
    substitute,
)
from tests.factories import AgencyFactory, UserFactory, department_person, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    """A province."""
    return AgencyFactory()


@pytest.fixture
def absent(agency: Agency) -> Membership:
    """Its signatory."""
    return member(agency, "signatory").memberships.get()


@pytest.fixture
def person() -> User:
    """Who stands in."""
    return UserFactory()


def stand_in(person: User, **kwargs: Any) -> StandIn:
    """Today and the six days after it."""
    today = timezone.localdate()
    fields: dict[str, Any] = {
        "from_on": today,
        "to_on": today + timedelta(days=6),
        "capacity": "TUQ.",
        "document_number": "7/GUQ",
        "document_on": today,
        "document_issuer": "Chủ tịch",
    }
    return StandIn(substitute=person, **{**fields, **kwargs})


def made(absent: Membership, person: User, **kwargs: Any) -> Substitution:
    """The substitution, recorded now."""
    return substitute(absent, stand_in(person, **kwargs), actor=None, at=timezone.now())


def again(person: User) -> User:
    """The person on the next request."""
    return User.objects.get(pk=person.pk)


def test_no_coordinator_makes_themselves_the_signatorys_substitute(
    agency: Agency, absent: Membership
) -> None:
    coordinator = member(agency, "coordinator")

    with pytest.raises(OwnMembership):
        substitute(absent, stand_in(coordinator), actor=coordinator, at=timezone.now())


def test_a_substitute_coordinator_does_not_become_the_signatory_too(
    agency: Agency, absent: Membership
) -> None:
    contributor = member(agency, "contributor")
    made(member(agency, "coordinator").memberships.get(), contributor)

    with pytest.raises(OwnMembership):
        substitute(absent, stand_in(contributor), actor=contributor, at=timezone.now())


def test_an_administrator_may_stand_in(agency: Agency, absent: Membership) -> None:
    administrator = department_person("administrator", owner=agency)

    substitute(absent, stand_in(administrator), actor=administrator, at=timezone.now())

    assert rules.is_member(again(administrator), agency, "signatory")


def test_a_substitute_has_the_role_in_the_agency_today(
    agency: Agency, absent: Membership, person: User
) -> None:
    made(absent, person)

    assert rules.is_member(again(person), agency, "signatory")
    assert not rules.is_member(again(person), agency, "coordinator")
    assert AuditEvent.objects.filter(kind=Event.SUBSTITUTION_MADE).count() == 1


DAYS = [(-1, -1, False), (-1, 0, True), (0, 0, True), (0, 3, True), (1, 3, False)]


@pytest.mark.parametrize(("first", "last", "holds"), DAYS)
def test_it_holds_from_the_first_day_to_the_last(
    first: int, last: int, holds: bool, agency: Agency, absent: Membership, person: User
) -> None:
    today = timezone.localdate()
    record = made(absent, person)
    Substitution.objects.filter(pk=record.pk).update(
        from_on=today + timedelta(days=first), to_on=today + timedelta(days=last)
    )

    assert rules.is_member(again(person), agency, "signatory") == holds


def test_it_is_over_when_it_is_ended(agency: Agency, absent: Membership, person: User) -> None:
    record = made(absent, person)

    end_substitution(record, actor=None, at=timezone.now())

    assert not rules.is_member(again(person), agency, "signatory")
    with pytest.raises(SubstitutionEnded):
        end_substitution(record, actor=None, at=timezone.now())


def test_nobody_has_more_than_the_absent_person_still_has(
    agency: Agency, absent: Membership, person: User
) -> None:
    made(absent, person)

    revoke_membership(absent, actor=None, at=timezone.now())

    assert not rules.is_member(again(person), agency, "signatory")


def test_memberships_and_substitutions_are_read_once(
    agency: Agency,
    absent: Membership,
    person: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made(absent, person)
    user = again(person)

    with django_assert_num_queries(2):
        for _time in range(3):
            assert rules.agencies_of(user, "signatory") == [agency.pk]
            assert len(rules.substitutions(user)) == 1


def test_nobody_stands_in_for_themselves(absent: Membership) -> None:
    with pytest.raises(SubstituteIsAbsent):
        made(absent, absent.user)


@pytest.mark.parametrize(("first", "last"), [(3, 2), (-5, -1)])
def test_the_days_lie_ahead_in_their_order(
    first: int, last: int, absent: Membership, person: User
) -> None:
    today = timezone.localdate()
    with pytest.raises(SubstitutionDaysUnfit):
        made(
            absent,
            person,
            from_on=today + timedelta(days=first),
            to_on=today + timedelta(days=last),
        )


@pytest.mark.parametrize("missing", ["document_number", "document_issuer"])
def test_it_is_by_a_document(missing: str, absent: Membership, person: User) -> None:
    with pytest.raises(SubstitutionDocumentMissing):
        made(absent, person, **{missing: " "})


def test_one_person_stands_in_at_a_time(absent: Membership, person: User) -> None:
    made(absent, person)

    with pytest.raises(SubstitutionOverlaps):
        made(absent, UserFactory())


def form_of(absent: Membership, person: User) -> dict[str, Any]:
    """What a coordinator types."""
    today = timezone.localdate()
    return {
        "absent": absent.pk,
        "substitute": person.pk,
        "from_on": f"{today:%d/%m/%Y}",
        "to_on": f"{today + timedelta(days=2):%d/%m/%Y}",
        "capacity": "KT.",
        "signs_as": "Chủ tịch",
        "document_number": "12/QĐ-UBND",
        "document_on": "05/01/2026",
        "document_issuer": "Chủ tịch UBND",
    }


def test_the_coordinator_records_and_ends_a_substitution(
    agency: Agency, absent: Membership, client: Client
) -> None:
    colleague = member(agency, "contributor")
    client.force_login(member(agency, "coordinator"))
    page = reverse("substitutes", args=[agency.key])

    assert client.post(page, form_of(absent, colleague)).status_code == 302
    record = Substitution.objects.get()
    assert (record.substitute, record.document_on) == (colleague, date(2026, 1, 5))
    assert str(colleague) in client.get(page).content.decode()

    client.post(reverse("substitution_end", args=[agency.key, record.pk]))
    record.refresh_from_db()
    assert record.ended_at is not None


def test_a_refusal_keeps_what_was_typed(agency: Agency, absent: Membership, client: Client) -> None:
    client.force_login(member(agency, "coordinator"))
    page = reverse("substitutes", args=[agency.key])

    answer = client.post(page, form_of(absent, absent.user))

    assert answer.status_code == 422
    assert "12/QĐ-UBND" in answer.content.decode()


@pytest.mark.parametrize(("role", "status"), [("contributor", 403), ("signatory", 403)])
def test_other_members_do_not_record_substitutions(
    role: str, status: int, agency: Agency, client: Client
) -> None:
    client.force_login(member(agency, role))

    assert client.get(reverse("substitutes", args=[agency.key])).status_code == status


def test_an_administrator_records_them_too(agency: Agency, client: Client) -> None:
    client.force_login(department_person("administrator"))

    assert client.get(reverse("substitutes", args=[agency.key])).status_code == 200

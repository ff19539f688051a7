"""What a person is to an agency."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django.fixtures import DjangoAssertNumQueries

from surveys.models import User
from surveys.organisations import rules
from tests.factories import (
    AgencyFactory,
    DepartmentFactory,
    MembershipFactory,
    UserFactory,
    department_person,
    member,
)

pytestmark = pytest.mark.django_db


def test_any_membership_counts_when_no_role_is_asked() -> None:
    agency = AgencyFactory()

    assert rules.is_member(member(agency, "contributor"), agency)


def test_a_membership_counts_in_its_role_only() -> None:
    agency = AgencyFactory()

    assert not rules.is_member(member(agency, "contributor"), agency, "signatory")


def test_no_agency_means_any_agency() -> None:
    assert rules.is_member(member(AgencyFactory()), None)
    assert not rules.is_member(UserFactory(), None)


def test_an_agency_may_be_given_by_its_id() -> None:
    owner = DepartmentFactory()

    assert rules.has_role(department_person("verifier"), owner.pk, "verifier")


def test_agencies_are_listed_once_each() -> None:
    user, agency = UserFactory(), AgencyFactory()
    for role in ("coordinator", "signatory"):
        MembershipFactory(user=user, agency=agency, role=role)

    assert rules.agencies_of(user) == [agency.pk]


def test_a_stranger_is_nothing_to_anybody() -> None:
    stranger = AnonymousUser()

    assert (rules.agencies_of(stranger), rules.owners_of(stranger)) == ([], [])


def test_roles_are_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agency = AgencyFactory()
    user = User.objects.get(pk=member(agency).pk)

    with django_assert_num_queries(3):
        for _time in range(3):
            rules.is_member(user, agency)
            rules.has_role(user, agency)


def test_an_administrator_of_the_department_administers_every_agency() -> None:
    assert rules.administers(department_person("administrator"), AgencyFactory())


def test_a_designer_administers_nothing() -> None:
    assert not rules.administers(department_person("designer"), None)

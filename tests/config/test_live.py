"""Who may listen to what."""

import pytest

from surveys.live.topics import listeners_among, may_listen
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from tests.factories import AgencyFactory, UserFactory, department_person, member
from tests.surveys.responses.factories import draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (DepartmentRoleName.VERIFIER, True),
        (DepartmentRoleName.RESEARCHER, False),
    ],
)
def test_only_who_may_read_the_answers_hears_which_of_them_change(role, may):
    response = draft()
    person = department_person(role, owner=response.assignment.round.campaign.owner)

    assert may_listen(person, f"response:{response.pk}") is may


def test_a_response_is_heard_in_its_own_agency_only():
    response = draft()

    assert (
        may_listen(member(response.assignment.agency, MembershipRole.SIGNATORY), "response:0")
        is False
    )
    assert may_listen(member(response.assignment.agency), f"response:{response.pk}") is True
    assert may_listen(member(AgencyFactory()), f"response:{response.pk}") is False


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (MembershipRole.COORDINATOR, True),
        (MembershipRole.CONTRIBUTOR, True),
        (MembershipRole.SIGNATORY, False),
        (MembershipRole.REVIEWER, False),
    ],
)
def test_only_who_fills_in_a_response_hears_who_is_at_it(role, may):
    response = draft()

    person = member(response.assignment.agency, role)

    assert may_listen(person, f"presence:{response.pk}") is may
    assert may_listen(person, "presence:0") is False


def test_the_rights_of_many_are_asked_in_as_few_queries_as_those_of_one(
    django_assert_num_queries,
):
    response = draft()
    many = [member(response.assignment.agency) for _ in range(8)]

    with django_assert_num_queries(3):
        heard = listeners_among(many, f"presence:{response.pk}")

    assert len(heard) == 8


def test_an_inbox_is_heard_by_its_owner_only():
    person, other = UserFactory(), UserFactory()

    assert may_listen(person, f"inbox:{person.pk}") is True
    assert may_listen(person, f"inbox:{other.pk}") is False

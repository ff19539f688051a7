"""Short addresses of rounds."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from surveys.campaigns.short_links import number_of, short_code, short_link
from tests.factories import MembershipFactory, UserFactory, department_person, member
from tests.surveys.campaigns.factories import AssignmentFactory, RoundFactory


@given(st.integers(min_value=0, max_value=32**6 - 1))
def test_a_code_leads_back_to_its_number(number):
    assert number_of(short_code(number)) == number


def test_a_code_is_read_as_it_may_be_typed_from_paper():
    code = next(code for code in map(short_code, range(1, 999)) if "1" in code and "0" in code)

    assert number_of(code.lower().replace("1", "l").replace("0", "o")) == number_of(code)


@pytest.mark.parametrize("code", ["", "ABCDE", "ABCDEFG", "ABCDE!", "ABCDEU"])
def test_what_is_no_code_leads_nowhere(code):
    assert number_of(code) is None


@pytest.mark.django_db
def test_the_printed_address_is_the_sites(settings):
    settings.SITE_URL = "https://khaosat.example.vn"
    round_ = RoundFactory.create()

    assert short_link(round_) == f"https://khaosat.example.vn/r/{short_code(round_.pk)}/"


def address(number: int) -> str:
    """The short address of a round's number."""
    return reverse("short_link", args=[short_code(number)])


@pytest.mark.django_db
def test_a_stranger_learns_nothing_of_a_code(client):
    round_ = RoundFactory.create()
    answers = [client.get(address(number)) for number in (round_.pk, round_.pk + 1)]
    told = [(each.status_code, each.content, each.url.partition("?")[0]) for each in answers]

    assert told[0] == told[1]
    assert told[0][0] == 302


@pytest.mark.django_db
def test_signed_in_strangers_find_no_round(client):
    round_ = RoundFactory.create()
    client.force_login(UserFactory())

    assert [client.get(address(n)).status_code for n in (round_.pk, round_.pk + 1)] == [404, 404]


@pytest.mark.django_db
def test_a_member_comes_to_the_own_form(client):
    assignment = AssignmentFactory.create()
    AssignmentFactory.create(round=assignment.round)
    client.force_login(member(assignment.agency, "contributor"))

    answer = client.get(address(assignment.round.pk))

    assert answer.url == reverse("assignment_detail", args=[assignment.pk])


@pytest.mark.django_db
def test_a_member_of_two_agencies_chooses_on_the_start_page(client):
    first = AssignmentFactory.create()
    second = AssignmentFactory.create(round=first.round)
    person = member(first.agency, "contributor")
    MembershipFactory.create(user=person, agency=second.agency)
    client.force_login(person)

    assert client.get(address(first.round.pk)).url == reverse("home")


@pytest.mark.django_db
def test_who_follows_the_round_comes_to_its_course(client):
    round_ = RoundFactory.create()
    client.force_login(department_person("researcher", owner=round_.campaign.owner))

    assert client.get(address(round_.pk)).url == reverse("round_overview", args=[round_.code])

"""Who is at a response."""

from datetime import timedelta

import pytest

from surveys.models import ResponseVisit
from surveys.organisations.enums import MembershipRole
from surveys.responses.presence.models import BEAT, PRESENT
from surveys.responses.presence.places import Place
from surveys.responses.presence.queries import told_of_others
from surveys.responses.presence.services import forget_visits, note_leaving, note_visit
from tests.factories import UserFactory, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft

pytestmark = pytest.mark.django_db
STAFF = Place("people", "staff")
NOTE = Place("people", "note")


@pytest.fixture
def response():
    return draft()


@pytest.fixture
def linh(response):
    return member(response.assignment.agency, MembershipRole.CONTRIBUTOR)


def beat(response, person, place=STAFF, tab="a", at=NOW):
    note_visit(response.pk, tab=tab, place=place, actor=person, at=at)


def others(response, person=None, at=NOW):
    told = told_of_others(response.pk, person or UserFactory(), at=at)
    return [(each["id"], each["path"]) for each in told]


def test_others_are_told_and_not_oneself(response, linh):
    me = UserFactory()
    beat(response, me)
    beat(response, linh, NOTE)

    assert others(response, me) == [(linh.pk, "note")]


def test_two_tabs_of_a_person_are_one_person_at_the_newest_place(response, linh):
    beat(response, linh, STAFF, tab="a")
    beat(response, linh, NOTE, tab="b", at=NOW + BEAT)

    assert others(response, at=NOW + BEAT) == [(linh.pk, "note")]


def test_who_says_nothing_for_two_beats_is_gone(response, linh):
    beat(response, linh)

    assert others(response, at=NOW + PRESENT) == []


def test_who_leaves_a_page_is_gone_at_once(response, linh):
    beat(response, linh, tab="a")

    note_leaving(response.pk, tab="a", actor=linh)

    assert others(response) == []


def test_leaving_a_page_does_not_undo_what_the_next_one_told(response, linh):
    beat(response, linh, NOTE, tab="b")

    note_leaving(response.pk, tab="a", actor=linh)

    assert others(response) == [(linh.pk, "note")]


def test_a_disabled_account_is_nowhere(response, linh):
    beat(response, linh)
    linh.is_active = False
    linh.save()

    assert others(response) == []


def test_people_at_another_response_are_elsewhere(response, linh):
    beat(draft(), linh)

    assert others(response) == []


def test_it_is_told_how_long_ago_somebody_told(response, linh):
    beat(response, linh)

    [told] = told_of_others(response.pk, UserFactory(), at=NOW + timedelta(seconds=7))

    assert told["age"] == 7.0


def test_nothing_is_kept_of_who_has_left(response, linh):
    beat(response, linh)

    assert forget_visits(at=NOW + PRESENT + BEAT) == 1
    assert not ResponseVisit.objects.exists()


def test_a_heartbeat_and_its_answer_cost_the_same_however_many_are_here(
    response, linh, django_assert_num_queries
):
    for _ in range(16):
        beat(response, member(response.assignment.agency))

    with django_assert_num_queries(1):
        assert len(told_of_others(response.pk, linh, at=NOW)) == 16

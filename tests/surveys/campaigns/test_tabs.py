"""The sides of a round: few tabs, some with parts below them."""

from collections import Counter

import pytest

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.tabs import GROUPS, SIDES, round_tabs
from tests.factories import department_person
from tests.surveys.campaigns.factories import RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened():
    return RoundFactory.create(status=RoundStatus.OPEN)


def test_a_round_has_at_most_seven_tabs(opened):
    assert len(round_tabs(opened, department_person(), "round_overview")) <= 7


def test_every_side_of_an_open_round_is_reached_once(opened):
    tabs = round_tabs(opened, department_person(), "round_overview")

    reached = Counter(part.url for tab in tabs for part in tab.parts or (tab,))

    assert len(reached) == len(SIDES)
    assert set(reached.values()) == {1}


def test_a_group_is_current_where_one_of_its_parts_is_looked_at(opened):
    tabs = round_tabs(opened, department_person(), "round_report")

    current = [tab for tab in tabs if tab.current]
    assert [[part.current for part in tab.parts].count(True) for tab in current] == [1]


def test_a_group_leads_to_its_first_part(opened):
    tabs = round_tabs(opened, department_person(), "round_overview")

    assert all(tab.url == tab.parts[0].url for tab in tabs if tab.parts)


def test_a_group_of_which_one_side_is_seen_is_that_side():
    planned = RoundFactory.create(status=RoundStatus.PLANNED)

    tabs = round_tabs(planned, department_person(), "round_disclosure")

    assert [(tab.label, tab.parts) for tab in tabs if tab.current] == [
        ("Bảo mật số liệu", ()),
    ]


def test_no_side_stands_in_two_groups():
    assert max(Counter(name for group in GROUPS for name in group.names).values()) == 1

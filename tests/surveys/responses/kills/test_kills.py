"""What a killed web process had acknowledged is stored, and a search that finds losses finds them."""

import pytest

from tests.surveys.responses.kills.scene import attack

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_acknowledged_is_lost_when_the_server_is_killed():
    found = attack(kills=3, longest=1.5, application="application")

    assert (found.lost, found.faults) == ([], [])
    assert found.acknowledged > 0


def test_a_server_that_acknowledges_before_it_stores_is_caught():
    found = attack(kills=3, longest=1.5, application="hasty")

    assert found.lost != []

"""Whoever makes hundreds of tables works out no small group, and no unit by differencing.

``PORTAL_TABLES=1000`` makes as many as the figure that the product is held to; the suite makes fewer.
"""

import os

import pytest

from tests.answered import answered_round
from tests.exporters.portal.attacking import Attacker

pytestmark = pytest.mark.django_db

TABLES = int(os.environ.get("PORTAL_TABLES", "24"))
SEED = 1690
TYPES = ["ministry"] * 16 + ["government_agency"] * 14 + ["province"] * 18
SIGNED = 46
QUESTIONS = ("a1_reorganised", "a10_head", "a7_positions")
NUMBER = "a4_current"


@pytest.fixture
def attacker():
    round_ = answered_round(responses=SIGNED, types=TYPES)
    return Attacker(round_, QUESTIONS, NUMBER)


def test_no_small_group_is_worked_out_from_all_tables_together(attacker):
    attacker.make_tables(TABLES, seed=SEED)

    assert attacker.shown > TABLES // 10
    assert attacker.recovered_counts() == []
    assert attacker.recovered_sums() == []

"""Whoever makes hundreds of tables works out no small group, and no unit by differencing.

``PORTAL_TABLES=1000`` makes as many as the figure that the product is held to (minutes: with
``--log-cli-level=INFO`` it says what was shown, ``-o faulthandler_timeout=6000`` lets it end); the suite makes fewer.
"""

import logging
import os
from time import perf_counter, process_time

import pytest

from analytics.gate.enums import Identity
from analytics.gate.models import DisclosurePolicy
from tests.answered import NOW, answered_round
from tests.exporters.portal.attacking import Attacker

logger = logging.getLogger(__name__)
pytestmark = pytest.mark.django_db

TABLES = int(os.environ.get("PORTAL_TABLES", "40"))
FEW_TABLES = 12
SEED = 1690
TYPES = ["ministry"] * 16 + ["government_agency"] * 14 + ["province"] * 18
SIGNED = 46
QUESTIONS = ("a1_reorganised", "a10_head", "a7_positions")
NUMBER = "a4_current"


@pytest.fixture
def round_():
    return answered_round(responses=SIGNED, types=TYPES)


def test_no_small_group_is_worked_out_from_all_tables_together(round_):
    attacker = Attacker(round_, QUESTIONS, NUMBER)
    wall, cpu = perf_counter(), process_time()

    attacker.make_tables(TABLES, seed=SEED)
    counts, sums = attacker.recovered_counts(), attacker.recovered_sums()

    logger.info(
        "%d shown, %d refused; %d counts and %d sums recovered; %.0f s, %.0f s CPU",
        attacker.shown,
        attacker.refused,
        len(counts),
        len(sums),
        perf_counter() - wall,
        process_time() - cpu,
    )
    assert attacker.shown > TABLES // 10
    assert (counts, sums) == ([], [])


def test_the_same_attacker_works_small_groups_out_where_nothing_is_protected(round_):
    DisclosurePolicy.objects.create(round=round_, identity=Identity.PUBLISHED, set_at=NOW)
    attacker = Attacker(round_, QUESTIONS, NUMBER)

    attacker.make_tables(FEW_TABLES, seed=SEED)

    assert len(attacker.recovered_counts()) > 5

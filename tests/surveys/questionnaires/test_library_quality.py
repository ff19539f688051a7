"""The questionnaires that come with the product pass their own check."""

from datetime import datetime

import pytest

from surveys.engine import Context, Form, compile_definition
from surveys.engine.quality import review
from surveys.engine.simulation import simulate
from surveys.questionnaires.ready import READY, Ready
from surveys.xlsform import read_workbook

NOW = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001 - civil time

LIBRARY = pytest.mark.parametrize("ready", READY, ids=[ready.code for ready in READY])

WITHOUT_INDICATOR = {
    # Around the figures: how many are concerned, and which posts the approval is about.
    "tochuc_1690": {
        *("a7_count", "a13_units", "a13_accounts", "a13_active", "a14_users"),
        *("a16_members", "a16_funded", "a16_guided"),
    },
    # Who answers, by which results are broken down, and wishes, which are counted as they are.
    "canhan_1690": {
        *("b20_role", "b20_level", "b21_years", "b24_hours", "b26_mode", "b27_consent"),
    },
    "doanhnghiep_1970": {
        *("a3_industry", "a4_years", "a6_revenue", "n3_priority", "n7_consent"),
    },
    "phanhoi_1690": {"d1_unit", "d1_role", "d10_where", "d22_topics", "d23_from"},
}
"""Questions that rightly feed no indicator."""

MEASURED_ELSEWHERE = {"tochuc_1690": {"T2030b"}}
"""Indicators whose figure another questionnaire gives."""


def form_of(ready: Ready) -> Form:
    definition = read_workbook(ready.read(), ready.filename, code=ready.code).definition
    assert definition is not None
    return compile_definition(definition)


@LIBRARY
def test_the_compiler_has_nothing_to_remark(ready: Ready):
    assert form_of(ready).problems == ()


@LIBRARY
def test_the_linter_finds_nothing_but_what_is_justified(ready: Ready):
    justified = {
        *(("question_without_indicator", name) for name in WITHOUT_INDICATOR.get(ready.code, ())),
        *(("indicator_without_question", name) for name in MEASURED_ELSEWHERE.get(ready.code, ())),
    }

    found = {(problem.code, problem.name) for problem in review(form_of(ready)).problems}

    assert found == justified


@LIBRARY
def test_random_respondents_get_through_and_come_to_everything(ready: Ready):
    simulation = simulate(form_of(ready), respondents=40, seed=1, context=Context(NOW.date(), NOW))

    assert (simulation.finished, simulation.blocked, simulation.problems) == (40, (), ())


@LIBRARY
def test_the_minutes_that_are_told_lie_near_the_estimate(ready: Ready):
    """The estimate counts everything shown, so it may be longer by half."""
    longest = max(burden.minutes for burden in review(form_of(ready)).burdens)

    assert longest / 1.5 <= ready.minutes <= longest

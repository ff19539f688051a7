"""Feedback on the platforms: only what was used is asked about."""

from typing import Any

import pytest

from tests.surveys.questionnaires.ready_forms import answered, findings_at, measured, ready_form

CODE = "phanhoi_1690"
PLATFORMS = [f"n{number}" for number in range(1, 10)]


def using(**frequencies: str) -> dict[str, Any]:
    """Access to the platforms that are named, used as often as is said, and to no other."""
    return {
        "d2_platforms": {
            each: {"d2_access": "co" if each in frequencies else "khong"} for each in PLATFORMS
        },
        "d3_platforms": {each: {"d3_frequency": used} for each, used in frequencies.items()},
    }


def test_only_platforms_that_were_used_are_rated():
    state = answered(CODE, using(n1="hang_ngay", n4="it_hon", n8="chua"))

    assert [each for each in PLATFORMS if state.is_relevant(f"d4_{each}")] == ["n1", "n4"]
    assert state.value("d3_used") == "2"


def test_frequency_is_asked_where_there_is_access():
    state = answered(CODE, using(n1="hang_ngay", n4="it_hon"))

    closed = [each for each in PLATFORMS if state.is_closed(f"d3_platforms/{each}/d3_frequency")]
    assert closed == ["n2", "n3", "n5", "n6", "n7", "n8", "n9"]


def test_who_used_none_goes_straight_to_the_activities():
    state = answered(CODE, using(n8="chua"))

    assert not state.is_relevant("s3_ratings")
    assert state.is_relevant("s4_network")


def test_no_rating_stands_outside_the_mean():
    ratings = {
        "huu_ich": {"d4_n1_rating": "5"},
        "de_dung": {"d4_n1_rating": "2"},
        "ho_tro": {"d4_n1_rating": "kdg"},
    }
    state = answered(CODE, {**using(n1="hang_ngay"), "d4_n1": ratings})

    assert measured(state, "PH_N1") == ("3.5", "1")
    assert measured(state, "PH_D4") == ("5", "1")
    assert measured(state, "PH_D8")[0] is None


@pytest.mark.parametrize(
    ("answer", "part"), [("10", "100"), ("9", "100"), ("8", "0"), ("7", "0"), ("6", "-100")]
)
def test_promoters_count_for_and_detractors_against(answer: str, part: str):
    state = answered(CODE, {**using(n1="hang_ngay"), "d9_recommend": answer})

    assert measured(state, "PH_NPS") == (part, "1")


def test_problems_are_placed_on_platforms_that_were_used():
    state = answered(CODE, {**using(n1="hang_ngay", n4="it_hon"), "d10_problems": ["cham"]})

    assert [choice.name for choice in state.choices("d10_where")] == ["n1", "n4"]


def test_activities_are_rated_that_were_attended():
    state = answered(CODE, {"d20_activities": ["giao_ban", "ton_vinh"]})

    rows = state.rows("d21_usefulness")
    open_rows = [row for row in rows if not state.is_closed(f"d21_usefulness/{row}/d21_rating")]
    assert open_rows == ["giao_ban", "ton_vinh"]


def test_no_problem_excludes_problems():
    state = answered(CODE, {**using(n1="hang_ngay"), "d10_problems": ["khong", "cham"]})

    assert findings_at(state, "d10_problems") == [("constraint_failed", "hard")]


def test_nothing_personal_is_asked():
    elements = ready_form(CODE).definition.elements()

    assert [each.name for each in elements if getattr(each, "personal_data", False)] == []

"""Human resources and training needs: totals, cross checks, the share trained."""

from typing import Any

import pytest

from tests.surveys.questionnaires.ready_forms import answered, findings_at, measured

CODE = "nhanluc_1690"
PROVINCE: dict[str, Any] = {
    "agency_type": "province",
    "b1_staff": {
        "tinh": {"b1_full": "30", "b1_part": "20"},
        "xa": {"b1_full": "10", "b1_part": "40"},
    },
    "b5_trained_table": {"tinh": {"b5_trained": "40"}, "xa": {"b5_trained": "25"}},
}


def test_the_share_trained_is_b5_of_b1_as_a_whole_and_by_level():
    state = answered(CODE, PROVINCE)

    assert measured(state, "T2030b") == ("65", "100")
    assert measured(state, "T2030b_T") == ("40", "50")
    assert measured(state, "T2030b_X") == ("25", "50")


@pytest.mark.parametrize(
    ("agency_type", "open_rows"),
    [("province", ["tinh", "xa"]), ("ministry", ["trung_uong"])],
)
def test_an_agency_fills_in_its_own_levels(agency_type: str, open_rows: list[str]):
    state = answered(CODE, {"agency_type": agency_type})

    rows = state.rows("b1_staff")
    assert [row for row in rows if not state.is_closed(f"b1_staff/{row}/b1_full")] == open_rows


def test_more_trained_than_there_are_is_refused():
    trained = {"tinh": {"b5_trained": "51"}, "xa": {"b5_trained": "25"}}
    state = answered(CODE, {**PROVINCE, "b5_trained_table": trained})

    place = "b5_trained_table/tinh/b5_trained"
    assert findings_at(state, place) == [("constraint_failed", "hard")]


def test_the_tables_must_come_to_the_total_of_b1():
    ages = ["duoi_30", "t30_39", "t40_49", "tu_50"]
    short = {age: {"b3_men": "10", "b3_women": "10"} for age in ages}
    whole = {**short, "tu_50": {"b3_men": "20", "b3_women": "20"}}

    assert findings_at(answered(CODE, {**PROVINCE, "b3_age": short}), "b3_age") == [
        ("table_constraint_failed", "hard")
    ]
    assert findings_at(answered(CODE, {**PROVINCE, "b3_age": whole}), "b3_age") == []


def test_training_without_a_course_is_to_be_explained():
    state = answered(CODE, PROVINCE)

    assert findings_at(state, "b5_total") == [("warning_failed", "soft")]


def test_changes_that_do_not_lead_to_the_total_are_to_be_explained():
    state = answered(CODE, {**PROVINCE, "b4_before": "90", "b4_joined": "15", "b4_left": "4"})

    assert state.value("b4_expected") == "101"
    assert findings_at(state, "b4_expected") == [("warning_failed", "soft")]


def test_whoever_needs_a_course_says_when_and_how():
    state = answered(
        CODE,
        {
            **PROVINCE,
            "b8_needs": {"attt": {"b8_leaders": "3"}, "du_lieu": {"b8_leaders": "0"}},
        },
    )

    assert [
        state.is_required(f"b8_needs/{row}/b8_quarter") for row in ("attt", "du_lieu", "lanh_dao")
    ] == [True, False, False]


def test_hours_of_learning_are_counted_for_each_participant():
    courses = [
        {"_id": "r1", "b5_hours": "16", "b5_people": "20"},
        {"_id": "r2", "b5_hours": "8", "b5_people": "30"},
    ]

    state = answered(CODE, {**PROVINCE, "b5_courses": courses})

    assert measured(state, "NL_KHOA") == ("560", "65")

"""Readiness of enterprises after DBI-1970: points, levels of pillars, the overall level."""

from decimal import Decimal

import pytest

from surveys.engine import Kind, Question
from surveys.engine.scoring import Given, max_points, read_rule, score, scored_questions
from tests.surveys.questionnaires.ready_forms import (
    answered,
    findings_at,
    measured,
    ready_form,
    with_scores,
)

CODE = "doanhnghiep_1970"
CRITERIA = {"kh": 13, "cl": 1, "ht": 16, "vh": 13, "vn": 10, "dl": 7}
MOST = {"kh": 65, "cl": 25, "ht": 80, "vh": 65, "vn": 50, "dl": 35}


def points_in(pillar: str, points: int) -> dict[str, str]:
    """Answers that make so many points in a pillar: fives first, then the rest, then zeros."""
    if pillar == "cl":
        return {"cl_01": str(points)}
    given = {}
    for number in range(1, CRITERIA[pillar] + 1):
        each = min(5, points)
        given[f"{pillar}_{number:02d}"] = str(each)
        points -= each
    return given


def with_points(**points: int) -> dict[str, str]:
    """A whole assessment; pillars that are not named have no points."""
    answers: dict[str, str] = {}
    for pillar in CRITERIA:
        answers |= points_in(pillar, points.get(pillar, 0))
    return answers


@pytest.mark.parametrize("pillar", CRITERIA)
def test_a_pillar_has_its_criteria_and_its_most_points(pillar: str):
    asked = [
        element.name
        for element in ready_form(CODE).definition.elements()
        if isinstance(element, Question)
        and element.kind is Kind.SELECT_ONE
        and element.name.startswith(f"{pillar}_")
    ]

    state = answered(CODE, points_in(pillar, MOST[pillar]))

    assert len(asked) == CRITERIA[pillar]
    assert state.value(f"{pillar}_points") == str(MOST[pillar])


def test_scores_are_the_codes_of_the_steps():
    scored = list(with_scores(ready_form(CODE)))

    assert len(scored) == 6 * 6 + 6
    assert [each for each in scored if each[1] != each[2]] == []


def test_each_criterion_has_an_anchor_in_words_for_every_step():
    lists = ready_form(CODE).definition.lists
    used = {
        element.list_name
        for element in ready_form(CODE).definition.elements()
        if isinstance(element, Question) and element.name[:2] in CRITERIA and element.list_name
    }

    assert len(used) == 7
    assert all(len(lists[name].choices) == 6 for name in used)
    assert all(
        len(text.split()) > 1
        for name in used
        for choice in lists[name].choices
        for text in choice.label.values()
    )


@pytest.mark.parametrize(
    ("pillar", "points", "level"),
    [
        ("kh", 0, "0"),
        ("kh", 6, "0"),
        ("kh", 7, "1"),
        ("kh", 13, "1"),
        ("kh", 14, "2"),
        ("kh", 26, "2"),
        ("kh", 27, "3"),
        ("kh", 39, "3"),
        ("kh", 40, "4"),
        ("kh", 52, "4"),
        ("kh", 53, "5"),
        ("kh", 65, "5"),
        ("ht", 8, "0"),
        ("ht", 9, "1"),
        ("vn", 5, "0"),
        ("vn", 6, "1"),
        ("cl", 0, "0"),
        ("cl", 5, "1"),
        ("cl", 10, "2"),
        ("cl", 15, "3"),
        ("cl", 20, "4"),
        ("cl", 25, "5"),
        ("dl", 7, "1"),
        ("dl", 8, "2"),
        ("dl", 28, "4"),
        ("dl", 29, "5"),
    ],
)
def test_a_band_of_a_pillar_includes_its_upper_end(pillar: str, points: int, level: str):
    """So exactly 10 %, which the decision leaves open, is level 0; 39 of 65 points are level 3."""
    state = answered(CODE, points_in(pillar, points))

    assert state.value(f"r_pillars/{pillar}/r_level") == level


@pytest.mark.parametrize(
    ("points", "total", "level"),
    [
        ({}, "0", "0"),
        ({"kh": 20}, "20", "0"),
        ({"kh": 65, "ht": 80}, "145", "0"),
        ({"kh": 7, "ht": 9, "vh": 7, "vn": 6}, "29", "1"),
        ({"kh": 7, "ht": 9, "vh": 7, "vn": 5}, "28", "0"),
        ({"kh": 14, "ht": 17, "vh": 14, "vn": 11, "dl": 3, "cl": 5}, "64", "1"),
        ({"kh": 14, "ht": 17, "vh": 14, "vn": 11, "dl": 4, "cl": 5}, "65", "2"),
        ({"kh": 27, "ht": 33, "vh": 27, "vn": 21, "dl": 10, "cl": 10}, "128", "2"),
        ({"kh": 27, "ht": 33, "vh": 27, "vn": 21, "dl": 11, "cl": 10}, "129", "3"),
        ({"kh": 40, "ht": 49, "vh": 40, "vn": 31, "dl": 22, "cl": 10}, "192", "3"),
        ({"kh": 41, "ht": 49, "vh": 40, "vn": 31, "dl": 22, "cl": 10}, "193", "4"),
        ({"kh": 65, "ht": 80, "vh": 40, "vn": 31}, "216", "3"),
        ({"kh": 53, "ht": 65, "vh": 53, "vn": 41, "dl": 29, "cl": 25}, "266", "5"),
        ({"kh": 53, "ht": 65, "vh": 53, "vn": 41, "dl": 28, "cl": 25}, "265", "4"),
        ({"kh": 65, "ht": 80, "vh": 65, "vn": 50, "dl": 35, "cl": 25}, "320", "5"),
    ],
)
def test_the_overall_level_is_the_highest_whose_conditions_hold(
    points: dict[str, int], total: str, level: str
):
    state = answered(CODE, with_points(**points))

    assert (state.value("r_total"), state.value("r_overall")) == (total, level)


def test_there_is_no_result_while_a_criterion_is_not_answered():
    answers = with_points(kh=65)
    del answers["dl_07"]

    state = answered(CODE, answers)

    assert [state.value(name) for name in ("kh_points", "dl_points")] == ["65", None]
    assert [state.value(name) for name in ("r_total", "r_overall")] == [None, None]


def test_the_scoring_rules_of_the_criteria_reach_320_points():
    form = ready_form(CODE)
    rules = {
        indicator.code: read_rule(indicator.scoring)
        for indicator in form.definition.indicators
        if indicator.scoring
    }
    asked = [
        scored_questions(rule, code, form.definition, form.names) for code, rule in rules.items()
    ]

    assert len(rules) == 60
    assert len({name for names in asked for name in names}) == 60
    assert sum(max_points(rule) for rule in rules.values()) == 320


def test_a_criterion_gives_as_many_points_as_its_step():
    rule = next(i for i in ready_form(CODE).definition.indicators if i.code == "DBI_CL01").scoring

    assert score(read_rule(rule), Given("15")) == Decimal(15)


def test_the_indicator_of_a_pillar_is_its_points_of_the_most():
    state = answered(CODE, points_in("kh", 39))

    assert measured(state, "DBI_KH") == ("39", "65")
    assert measured(state, "DBI_DL") == (None, None)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0100109106", []),
        ("0101248141", []),
        ("0100109106-001", []),
        ("0100109106001", []),
        ("0100109107", [("warning_failed", "soft")]),
        ("0100109107-001", [("warning_failed", "soft")]),
        ("123456789", [("constraint_failed", "hard")]),
        ("01001091061", [("constraint_failed", "hard")]),
        ("0100109106-01", [("constraint_failed", "hard")]),
        ("010010910A", [("constraint_failed", "hard")]),
    ],
)
def test_a_tax_code_has_10_or_13_digits_and_a_check_digit(
    code: str, expected: list[tuple[str, str]]
):
    found = findings_at(answered(CODE, {"a2_tax": code}), "a2_tax")

    assert found == expected


def test_more_trained_than_employed_are_refused():
    state = answered(CODE, {"a5_staff": "10", "a8_trained": "11"})

    assert findings_at(state, "a8_trained") == [("constraint_failed", "hard")]

"""Column plans: read whole or refused with every problem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.raw.plans import (
    ENTRIES,
    ColumnPlan,
    Grids,
    Header,
    Languages,
    Missing,
    PlanInvalid,
    Several,
    Values,
    read_plan,
)

NAMES = st.text(st.characters(categories=["L", "N", "Pd", "Po"]), min_size=1, max_size=30)
PLANS = st.builds(
    ColumnPlan,
    values=st.sampled_from(Values),
    several=st.sampled_from(Several),
    missing=st.sampled_from(Missing),
    grids=st.sampled_from(Grids),
    header=st.sampled_from(Header),
    languages=st.sampled_from(Languages),
    not_asked=st.booleans(),
    remarks=st.booleans(),
    scores=st.booleans(),
    questions=st.none() | st.lists(NAMES, min_size=1, max_size=5, unique=True).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(PLANS)
def test_a_plan_is_read_back_as_it_was_told(plan):
    assert read_plan(plan.as_json()) == plan


@given(st.dictionaries(st.sampled_from(ENTRIES), JSON) | JSON)
def test_whatever_is_told_is_a_plan_or_refused_with_its_problems(told):
    try:
        outcome: object = read_plan(read_plan(told).as_json()) == read_plan(told)
    except PlanInvalid as refusal:
        outcome = refusal.problems

    assert outcome


def test_nothing_told_is_the_plan_as_it_comes():
    assert read_plan({}) == ColumnPlan()


def test_every_problem_is_told_at_once():
    told = {"values": "both", "scores": 1, "questions": ["a", "\n", 3], "rows": []}

    with pytest.raises(PlanInvalid) as refusal:
        read_plan(told)

    assert [(each.code, each.at) for each in refusal.value.problems] == [
        ("entry_unknown", "rows"),
        ("choice_unknown", "values"),
        ("switch_type", "scores"),
        ("name_type", "questions[1]"),
        ("name_type", "questions[2]"),
    ]


@pytest.mark.parametrize("chosen", [[], "staff", {}, 0])
def test_a_choice_of_no_question_is_refused(chosen):
    with pytest.raises(PlanInvalid) as refusal:
        read_plan({"questions": chosen})

    assert [each.code for each in refusal.value.problems] == ["questions_type"]


def test_a_question_named_twice_stands_once():
    assert read_plan({"questions": ["b", "a", "b"]}).questions == ("b", "a")

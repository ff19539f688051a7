from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as drawn

from surveys.engine.model import MissingCode
from surveys.engine.scoring import (
    Evidence,
    Given,
    Linear,
    Rule,
    max_points,
    questions_of,
    read_rule,
    score,
)
from tests.surveys.engine.scoring.strategies import figures, given, linears, rules

HEAD_LEADS = "choices(head=10, deputy=5, nobody=0)"
FUNCTIONS = "selected(data=2, platform=2, security=2; most=5)"
SHARE = "linear(from=0, to=100, points=10)"
DAYS = "linear(from=30, to=0, points=10)"
BANDS = "steps(10=1, 25=2, 50=3)"
TRAINED = "ratio(numerator=trained, denominator=staff, from=0, to=0.8, points=20)"
PLAN = "evidence(choices(yes=10, no=0); none=0, given=0.5, verified=1)"


def points(rule: str, value: Any, **told: Any) -> str | None:
    """The points as text; a number in ``value`` and ``base`` is written as text for short."""
    answer = Decimal(value) if value and value.lstrip("-").replace(".", "").isdigit() else value
    base = told.pop("base", None)
    found = score(read_rule(rule), Given(answer, base and Decimal(base), **told))
    return None if found is None else format(found.normalize(), "f")


@pytest.mark.parametrize(
    ("rule", "value", "expected"),
    [
        (HEAD_LEADS, "head", "10"),
        (HEAD_LEADS, "deputy", "5"),
        (HEAD_LEADS, "nobody", "0"),
        (HEAD_LEADS, "somebody", "0"),
        (HEAD_LEADS, None, None),
        (HEAD_LEADS, "", None),
        ("choices(1=0.5, 2=1)", "2", "1"),
        (SHARE, "0", "0"),
        (SHARE, "37.5", "3.75"),
        (SHARE, "100", "10"),
        (SHARE, "250", "10"),
        (SHARE, "-3", "0"),
        (SHARE, "many", None),
        (SHARE, None, None),
        (DAYS, "0", "10"),
        (DAYS, "30", "0"),
        (DAYS, "45", "0"),
        (DAYS, "6", "8"),
        (BANDS, "9.999", "0"),
        (BANDS, "10", "1"),
        (BANDS, "24", "1"),
        (BANDS, "25", "2"),
        (BANDS, "1000", "3"),
        (BANDS, None, None),
        ("steps(10=1; below=0.5)", "0", "0.5"),
    ],
)
def test_one_answer_gives_points(rule: str, value: str | None, expected: str | None):
    assert points(rule, value) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (("data",), "2"),
        (("data", "security"), "4"),
        (("data", "platform", "security"), "5"),
        (("data", "data"), "2"),
        (("other",), "0"),
        ((), None),
    ],
)
def test_several_choices_are_added_up_to_the_most(chosen: tuple[str, ...], expected: str | None):
    found = score(read_rule(FUNCTIONS), Given(chosen))

    assert (None if found is None else str(found)) == expected


@pytest.mark.parametrize(
    ("value", "base", "expected"),
    [
        ("40", "100", "10"),
        ("80", "100", "20"),
        ("100", "100", "20"),
        ("0", "100", "0"),
        ("5", "0", None),
        ("5", None, None),
        (None, "100", None),
    ],
)
def test_a_ratio_is_held_against_its_goalposts(value, base, expected):
    assert points(TRAINED, value, base=base) == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [(Evidence.NONE, "0"), (Evidence.GIVEN, "5"), (Evidence.VERIFIED, "10")],
)
def test_points_count_with_the_evidence(evidence: Evidence, expected: str):
    assert points(PLAN, "yes", evidence=evidence) == expected


@pytest.mark.parametrize("rule", [HEAD_LEADS, FUNCTIONS, SHARE, BANDS, TRAINED, PLAN])
@pytest.mark.parametrize("missing", MissingCode)
def test_every_missing_code_is_blank_and_not_zero(rule: str, missing: MissingCode):
    assert points(rule, "1", base="1", missing=missing) is None


@pytest.mark.parametrize("rule", [HEAD_LEADS, SHARE, BANDS])
def test_several_choices_where_one_value_is_wanted_are_an_error(rule: str):
    with pytest.raises(TypeError):
        score(read_rule(rule), Given(("a", "b")))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (HEAD_LEADS, "10"),
        (FUNCTIONS, "5"),
        ("selected(a=1, b=0.5)", "1.5"),
        ("selected(a=1; most=9)", "1"),
        (SHARE, "10"),
        (BANDS, "3"),
        ("steps(10=1, 20=0; below=4)", "4"),
        (TRAINED, "20"),
        (PLAN, "10"),
        ("evidence(choices(yes=10); verified=1.2)", "12.0"),
    ],
)
def test_the_most_that_a_rule_gives(rule: str, expected: str):
    assert str(max_points(read_rule(rule))) == expected


def test_only_a_ratio_names_questions():
    found = [questions_of(read_rule(rule)) for rule in (TRAINED, f"evidence({TRAINED})", SHARE)]

    assert found == [("trained", "staff"), ("trained", "staff"), ()]


@pytest.mark.parametrize(("marks", "expected"), [("39", "39"), ("65", "65"), ("66", "65")])
def test_a_pillar_of_thirteen_criteria_of_five_points_has_sixty_five(marks: str, expected: str):
    assert points("linear(from=0, to=65, points=65)", marks) == expected


def test_a_third_is_exact_to_28_digits():
    assert str(score(read_rule("linear(from=0, to=3, points=1)"), Given(Decimal(1)))) == (
        "0.3333333333333333333333333333"
    )


@drawn(rules, given)
def test_points_lie_between_zero_and_the_most(rule: Rule, given: Given):
    found = score(rule, given)

    assert found is None or 0 <= found <= max_points(rule)


@drawn(rules, given)
def test_points_are_blank_exactly_where_the_answer_can_give_none(rule: Rule, given: Given):
    if given.value is None or given.missing is not None:
        assert score(rule, given) is None


@drawn(linears, figures, figures)
def test_a_linear_rule_never_turns(rule: Linear, one: Decimal, other: Decimal):
    low, high = sorted((one, other))
    less, more = score(rule, Given(low)), score(rule, Given(high))
    assert less is not None
    assert more is not None

    assert less <= more if rule.low < rule.high else less >= more


@drawn(linears)
def test_a_linear_rule_gives_nothing_and_all_at_its_ends(rule: Linear):
    assert score(rule, Given(rule.low)) == 0
    assert score(rule, Given(rule.high)) == rule.points

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.engine.scoring import (
    ChoiceMap,
    EvidenceMultiplier,
    Linear,
    MultipleChoice,
    Ratio,
    Rule,
    RuleInvalid,
    Steps,
    read_rule,
    write_rule,
)
from tests.surveys.engine.scoring.strategies import rules

ONE, HALF, TEN = Decimal(1), Decimal("0.5"), Decimal(10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("choices(A=1, B=0.5)", ChoiceMap((("A", ONE), ("B", HALF)))),
        ("choices( 'a b'=1 ,'it''s'=0.5 )", ChoiceMap((("a b", ONE), ("it's", HALF)))),
        ("selected(A=1, most=0.5)", MultipleChoice((("A", ONE), ("most", HALF)))),
        ("selected(A=1; most=0.5)", MultipleChoice((("A", ONE),), HALF)),
        ("linear(to=10, from=1, points=1)", Linear(ONE, TEN, ONE)),
        ("steps(-1=0.5, 10=1)", Steps(((-ONE, HALF), (TEN, ONE)))),
        ("steps(10=1; below=0.5)", Steps(((TEN, ONE),), HALF)),
        (
            "ratio(numerator=a, denominator=b.c, from=0.5, to=1, points=10)",
            Ratio("a", "b.c", HALF, ONE, TEN),
        ),
        ("evidence(choices(A=1))", EvidenceMultiplier(ChoiceMap((("A", ONE),)))),
        (
            "evidence(choices(A=1); given=0.5)",
            EvidenceMultiplier(ChoiceMap((("A", ONE),)), given=HALF),
        ),
    ],
)
def test_a_rule_is_read(text: str, expected: Rule):
    assert read_rule(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "position", "advice"),
    [
        ("", "rule_unreadable", 1, "Write a rule, e.g. choices(A=1, B=0.5)."),
        ("choices", "rule_unreadable", 8, "Write '(' here."),
        ("chioces(A=1)", "rule_kind_unknown", 1, "Did you mean choices?"),
        ("(A=1)", "rule_unreadable", 1, "Write a rule, e.g. choices(A=1, B=0.5)."),
        ("choices()", "rule_unreadable", 9, "Say what gives points, e.g. A=1."),
        ("choices(A=1", "rule_unreadable", 12, "Write ')' here."),
        ("choices(A=1) x", "rule_unreadable", 14, "The rule ends before 'x'; remove what follows."),
        ("choices(A)", "rule_unreadable", 10, "Write '=' here."),
        ("choices(A=)", "rule_unreadable", 11, "Write a number behind =."),
        ("choices(A=1 B=2)", "rule_unreadable", 13, "Write ')' here."),
        ("choices(A=1; most=2)", "rule_unreadable", 12, "Write ')' here."),
        ("choices(A=1, A=2)", "entry_twice", 14, "'A' stands twice in the rule."),
        ("choices(A=-1)", "points_negative", 1, "Points are 0 or more."),
        ("selected(A=1; mst=3)", "option_unknown", 15, "Did you mean most?"),
        ("selected(A=1; most=0)", "points_zero", 1, "Give more than 0 points."),
        ("linear(from=0, to=1)", "option_missing", 1, "Say points=…; the rule needs it."),
        ("linear(from=0, to=1, points=0)", "points_zero", 1, "Give more than 0 points."),
        (
            "linear(from=1, to=1.0, points=1)",
            "goalposts_equal",
            1,
            "The figures for no points and for all points must differ.",
        ),
        (
            "steps(5=1, 5.0=2)",
            "steps_unordered",
            1,
            "Put the thresholds in ascending order, each once.",
        ),
        (
            "evidence(evidence(choices(A=1)))",
            "evidence_twice",
            10,
            "Evidence counts once; put another rule inside.",
        ),
        (
            "choices(A%=1)",
            "rule_unreadable",
            10,
            "'%' is not understood here; put codes with such signs in quotes.",
        ),
    ],
)
def test_a_wrong_rule_is_refused_with_its_character(text, code, position, advice):
    with pytest.raises(RuleInvalid) as refusal:
        read_rule(text)

    assert (refusal.value.code, refusal.value.position, refusal.value.advice) == (
        code,
        position,
        advice,
    )


@pytest.mark.parametrize("number", ["x", "1e3", "1.2.3", "1234567890123456", "0.1234567891", "-"])
def test_a_figure_that_is_none_is_refused_at_its_character(number: str):
    with pytest.raises(RuleInvalid) as refusal:
        read_rule(f"choices(A=1, B={number})")

    assert (refusal.value.code, refusal.value.position) == ("figure_unreadable", 16)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E-12")])
def test_no_rule_is_made_of_what_its_text_could_not_say(value: Decimal):
    with pytest.raises(RuleInvalid) as refusal:
        ChoiceMap((("A", value),))

    assert (refusal.value.code, refusal.value.field) == ("figure_unreadable", "points")


def test_a_rule_has_a_thousand_entries_at_most():
    text = ", ".join(f"c{number}=1" for number in range(1_001))

    with pytest.raises(RuleInvalid) as refusal:
        read_rule(f"choices({text})")

    assert refusal.value.code == "rule_too_long"


def test_a_rule_has_ten_thousand_characters_at_most():
    with pytest.raises(RuleInvalid) as refusal:
        read_rule(f"choices(A=1{' ' * 10_000})")

    assert refusal.value.code == "rule_too_long"


@given(rules)
def test_a_rule_comes_back_equal_from_its_text(rule: Rule):
    assert read_rule(write_rule(rule)) == rule


@given(st.text(max_size=60) | st.text("choies lnar()=,;'10.-", max_size=60))
def test_no_text_raises_anything_but_a_refusal(text: str):
    with suppress(RuleInvalid):
        rule = read_rule(text)
        assert read_rule(write_rule(rule)) == rule

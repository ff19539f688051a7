"""Whether a rule fits the questions of a form."""

import pytest

from surveys.engine.compilation import compile_definition
from surveys.engine.model import Element, EvidenceNeed, Indicator, Kind, Question, Repeat
from surveys.engine.scoring import read_rule, scored_questions
from tests.surveys.engine.factories import (
    calculate,
    choice_list,
    definition,
    integer,
    select,
    several,
    text,
)

LISTS = {
    "yes_no": choice_list("yes_no", "yes", "no"),
    "scale": choice_list("scale", "0", "1", "2"),
}
FED = {"indicator": "T1"}


def problems(rule: str, *children: Element) -> list[tuple[str, str]]:
    """Code and name of the findings about the rule of the indicator T1."""
    compiled = compile_definition(
        definition(*children, lists=LISTS, indicators=(Indicator("T1", {}, scoring=rule),))
    )
    assert {each.at for each in compiled.problems} <= {"indicators/T1.scoring"}
    return [(each.code, each.name) for each in compiled.problems]


@pytest.mark.parametrize(
    ("rule", "question"),
    [
        ("choices(yes=1, no=0)", select("a", "yes_no", **FED)),
        ("choices(yes=1, no=0, other=0)", select("a", "yes_no", or_other=True, **FED)),
        ("selected(yes=1)", several("a", "yes_no", **FED)),
        ("linear(from=0, to=1, points=1)", integer("a", **FED)),
        ("linear(from=0, to=1, points=1)", calculate("a", "1 + 1", **FED)),
        ("linear(from=0, to=2, points=1)", select("a", "scale", **FED)),
        ("steps(1=1)", Question(name="a", kind=Kind.DECIMAL, indicator="T1")),
        ("steps(1=1)", text("a", indicator="T2")),
        (
            "evidence(steps(1=1))",
            integer("a", evidence=EvidenceNeed.OPTIONAL, indicator="T0, T1"),
        ),
    ],
)
def test_a_rule_fits_its_question(rule: str, question: Question):
    assert problems(rule, question) == []


@pytest.mark.parametrize(
    ("rule", "question", "expected"),
    [
        ("choices(yes=1, no=0)", integer("a", **FED), ("scoring_unfit", "a")),
        ("choices(yes=1)", several("a", "yes_no", **FED), ("scoring_unfit", "a")),
        ("selected(yes=1)", select("a", "yes_no", **FED), ("scoring_unfit", "a")),
        ("choices(ys=1, no=0)", select("a", "yes_no", **FED), ("scoring_choice_unknown", "ys")),
        ("choices(yes=1)", select("a", "yes_no", **FED), ("scoring_choice_unnamed", "no")),
        ("linear(from=0, to=1, points=1)", text("a", **FED), ("scoring_unfit", "a")),
        ("linear(from=0, to=1, points=1)", select("a", "yes_no", **FED), ("scoring_unfit", "a")),
        ("steps(1=1)", calculate("a", "'x'", **FED), ("scoring_unfit", "a")),
        ("evidence(steps(1=1))", integer("a", **FED), ("scoring_unfit", "a")),
        ("steps(1=x)", integer("a", **FED), ("figure_unreadable", "T1")),
    ],
)
def test_a_rule_that_does_not_fit_is_named(rule: str, question: Question, expected):
    assert problems(rule, question) == [expected]


def test_answers_in_rows_are_not_one_answer():
    rows = Repeat(name="r", children=(integer("a", **FED),))

    assert problems("steps(1=1)", rows) == [("scoring_unfit", "a")]


def test_one_fitting_question_is_enough():
    children = (text("why", **FED), integer("a", **FED))

    assert problems("steps(1=1)", *children) == []


def ratio(above: str, below: str) -> str:
    return f"ratio(numerator={above}, denominator={below}, from=0, to=1, points=1)"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ratio("a", "b"), []),
        (ratio("a", "bb"), [("scoring_question_unknown", "bb")]),
        (ratio("c", "b"), [("scoring_unfit", "c")]),
        (ratio("a", "d"), [("scoring_unfit", "d")]),
        (f"evidence({ratio('a', 'b')})", [("scoring_unfit", "a")]),
    ],
)
def test_a_ratio_needs_two_questions_with_figures(rule: str, expected: list[tuple[str, str]]):
    rows = Repeat(name="r", children=(integer("d"),))

    assert problems(rule, integer("a"), integer("b"), text("c"), rows) == expected


def test_the_first_fitting_question_is_scored():
    compiled = compile_definition(
        definition(text("why", **FED), integer("a", **FED), integer("b", **FED))
    )

    found = [
        scored_questions(read_rule(rule), "T1", compiled.definition, compiled.names)
        for rule in ("steps(1=1)", "choices(yes=1)", ratio("b", "a"), ratio("b", "why"))
    ]

    assert found == [("a",), (), ("b", "a"), ()]

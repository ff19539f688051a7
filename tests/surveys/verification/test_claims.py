"""What agencies claim by their signed answers, and what a verdict makes of it."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from surveys.engine import Indicator, compile_definition
from surveys.verification.claims import claim, scored_indicators
from surveys.verification.enums import Verdict
from surveys.verification.rules import ScoreUnfit, decided_score, verified_score
from tests.surveys.verification.factories import DEFINITION

FORM = compile_definition(DEFINITION)
SCORED = {each.code: each for each in scored_indicators(FORM, {})}


def claimed(code, answers, **content):
    """The claim for one indicator by these answers."""
    return claim(SCORED[code], {"answers": answers, **content})


def test_every_indicator_with_a_rule_is_scored_in_the_order_of_the_questions():
    assert [(code, each.questions, each.most) for code, each in SCORED.items()] == [
        ("CS1", ("level",), Decimal(2)),
        ("CS2", ("online",), Decimal(10)),
        ("CS3", ("plan",), Decimal(4)),
    ]


def test_the_catalogues_rule_counts_where_the_questionnaire_has_none():
    bare = Indicator(code="CS1", label={"vi": "Mức độ"})
    form = compile_definition(replace(DEFINITION, indicators=(bare,)))
    listed = Indicator(code="CS1", label={"vi": "Khác"}, scoring="choices(high=5)")

    [scored] = scored_indicators(form, {"CS1": listed})

    assert (scored.most, scored.label) == (Decimal(5), {"vi": "Mức độ"})


def test_a_choice_has_its_points():
    assert claimed("CS1", {"level": "low"}).score == 1


def test_a_stored_figure_is_read_exactly():
    assert claimed("CS2", {"online": "33.3333"}).score == Decimal("3.333330")


def test_a_blank_answer_claims_nothing():
    assert claimed("CS1", {}).score is None


def test_a_missing_code_claims_nothing_and_is_kept():
    found = claimed("CS2", {}, remarks={"online": {"missing": "KAD"}})

    assert (found.score, found.missing) == (None, "KAD")


def test_evidence_that_was_given_counts_as_good():
    proved = {"evidence": [{"path": "plan", "kind": "document"}]}

    assert claimed("CS3", {"plan": "high"}, **proved).score == 4
    assert claimed("CS3", {"plan": "high"}).score == 2


def test_a_digest_in_the_place_of_personal_data_claims_nothing():
    assert claimed("CS1", {"level": {"#digest": "sha256:0"}}).score is None


def points(verdict, given=None, claimed=Decimal(4)):
    """The verified points."""
    return verified_score(verdict, claimed=claimed, given=given)


def test_accepted_answers_keep_their_points():
    assert points(Verdict.ACCEPTED) == 4


def test_what_is_not_relevant_has_no_points():
    assert points(Verdict.NOT_RELEVANT) is None


def test_what_is_not_accepted_has_none_unless_some_are_left():
    assert points(Verdict.NOT_ACCEPTED) == 0
    assert points(Verdict.NOT_ACCEPTED, Decimal(1)) == 1


def test_partly_lies_between():
    assert points(Verdict.PARTLY, Decimal("1.5")) == Decimal("1.5")


@pytest.mark.parametrize(
    ("verdict", "given", "claimed"),
    [
        (Verdict.PARTLY, None, Decimal(4)),
        (Verdict.PARTLY, Decimal(0), Decimal(4)),
        (Verdict.PARTLY, Decimal(4), Decimal(4)),
        (Verdict.PARTLY, Decimal(1), None),
        (Verdict.PARTLY, Decimal(1), Decimal(0)),
        (Verdict.NOT_ACCEPTED, Decimal(4), Decimal(4)),
        (Verdict.NOT_ACCEPTED, Decimal(-1), Decimal(4)),
        (Verdict.NOT_ACCEPTED, Decimal(1), None),
        (Verdict.ACCEPTED, Decimal(3), Decimal(4)),
        (Verdict.NOT_RELEVANT, Decimal(4), Decimal(4)),
    ],
)
def test_points_that_do_not_go_with_the_verdict_are_refused(verdict, given, claimed):
    with pytest.raises(ScoreUnfit):
        points(verdict, given, claimed)


def test_what_is_proved_afterwards_may_be_worth_more_than_was_claimed():
    given = decided_score(Verdict.PARTLY, claimed=Decimal(1), given=Decimal(3), most=Decimal(4))

    assert given == 3


def test_nothing_is_worth_more_than_the_rule_gives():
    with pytest.raises(ScoreUnfit):
        decided_score(Verdict.PARTLY, claimed=Decimal(1), given=Decimal(5), most=Decimal(4))


@pytest.mark.parametrize("score", [verified_score, partial(decided_score, most=Decimal(10))])
@pytest.mark.parametrize("points", ["NaN", "Infinity", "0.0000001", "1.9999999"])
def test_points_that_would_be_rounded_away_are_not_given(score, points):
    with pytest.raises(ScoreUnfit):
        score(Verdict.PARTLY, claimed=Decimal(2), given=Decimal(points))

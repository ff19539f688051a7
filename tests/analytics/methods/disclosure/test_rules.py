"""Which cells are unsafe by themselves, and how much room they need."""

import pytest

from analytics.methods.disclosure import (
    Axis,
    Cell,
    Contribution,
    Dominance,
    Policy,
    Rule,
    cell_key,
    crosstab,
    protect,
)
from analytics.methods.disclosure.rules import protection, unsafe_by


def cell(*values, holders=(), weights=(), waived=()):
    given = tuple(
        Contribution(
            value,
            holder=holders[i] if holders else "",
            weight=weights[i] if weights else 1.0,
            waived=i in waived,
        )
        for i, value in enumerate(values)
    )
    return Cell(key="c", value=sum(values), count=len(values), contributions=given)


def rule(found, **policy):
    return unsafe_by(found, Policy(minimum=3, p=None, **policy))


@pytest.mark.parametrize(
    ("count", "found"), [(0, None), (1, Rule.THRESHOLD), (4, Rule.THRESHOLD), (5, None)]
)
def test_fewer_than_the_threshold_are_unsafe_and_none_is_not(count, found):
    assert unsafe_by(Cell(key="c", value=count, count=count), Policy(minimum=5)) is found


def test_an_empty_cell_is_unsafe_where_the_policy_says_so():
    assert unsafe_by(Cell(key="c", value=0, count=0), Policy(zeros=True)) is Rule.ZERO


def test_persons_have_a_threshold_of_their_own():
    few = Cell(key="c", value=9, count=6, people=9)

    assert unsafe_by(few, Policy(minimum=5, minimum_people=10)) is Rule.PEOPLE


def test_what_everybody_knows_is_not_hidden():
    assert unsafe_by(Cell(key="c", value=1, count=1, known=True), Policy()) is None


@pytest.mark.parametrize(("values", "found"), [((50, 30, 20), None), ((51, 29, 20), "dominance")])
def test_the_largest_may_have_half_of_a_sum_at_most(values, found):
    assert rule(cell(*values), dominance=(Dominance(1, 50),)) == found


@pytest.mark.parametrize(("values", "found"), [((40, 27, 33), None), ((41, 27, 32), "dominance")])
def test_the_two_largest_may_have_two_thirds_of_a_sum_at_most(values, found):
    assert rule(cell(*values[:2], *[1] * values[2]), dominance=(Dominance(2, 67),)) == found


def test_a_sum_at_the_limit_is_safe_whatever_its_last_digit():
    assert unsafe_by(cell(7.0, 2.0, 0.7), Policy(minimum=3, p=10)) is None


def test_a_share_at_the_limit_is_safe_whatever_its_last_digit():
    policy = Policy(minimum=3, p=None, dominance=(Dominance(2, 70),))

    assert unsafe_by(cell(0.4, 0.3, 0.2, 0.1), policy) is None


@pytest.mark.parametrize(("rest", "found"), [(10, None), (9, Rule.P_PERCENT)])
def test_p_percent_of_the_largest_must_be_left_after_the_two_largest(rest, found):
    assert unsafe_by(cell(100, 50, rest), Policy(minimum=3, p=10)) is found


def test_better_knowledge_beforehand_needs_more_to_be_left():
    figures = cell(100, 50, 19)

    assert unsafe_by(figures, Policy(minimum=3, p=10, q=50)) is Rule.P_PERCENT


def test_contributions_of_one_organisation_are_one():
    apart = cell(30, 30, 20, 20)
    together = cell(30, 30, 20, 20, holders=("a", "a", "b", "c"))

    assert (rule(apart, dominance=(Dominance(1, 50),)), rule(together)) == (None, None)
    assert rule(together, dominance=(Dominance(1, 50),)) is Rule.DOMINANCE


def test_organisations_are_counted_not_their_units():
    assert rule(cell(1, 1, 1, holders=("a", "a", "b"))) is Rule.THRESHOLD


def test_respondents_that_others_stand_for_leave_more_over():
    policy = Policy(minimum=3, p=10)

    assert unsafe_by(cell(100, 50, 5, weights=(1, 1, 2)), policy) is None
    assert unsafe_by(cell(100, 50, 5), policy) is Rule.P_PERCENT


def test_who_has_waived_is_not_protected():
    policy = Policy(minimum=3, p=10)

    assert unsafe_by(cell(100, 50, 9, waived=(0,)), policy) is None


def test_negative_contributions_count_by_their_size():
    assert rule(cell(-90, 5, 5), dominance=(Dominance(1, 50),)) is Rule.DOMINANCE


def test_the_protection_level_of_p_percent_is_what_is_missing():
    assert protection(cell(100, 50, 4), Policy(minimum=3, p=10)) == pytest.approx(6)


def test_the_protection_level_of_dominance_is_what_is_missing():
    policy = Policy(minimum=3, p=None, dominance=(Dominance(1, 50),))

    assert protection(cell(60, 20, 20), policy) == pytest.approx(20)


def answered(**counts):
    axes = [
        Axis("answer", ("yes", "no"), answers=True),
        Axis("type", tuple(dict.fromkeys(name.split("_")[1] for name in counts))),
    ]
    return crosstab("t", axes, {tuple(name.split("_")): n for name, n in counts.items()})


def test_an_answer_that_a_whole_group_gave_is_hidden_where_groups_are_protected():
    table = answered(yes_a=20, no_a=0, yes_b=20, no_b=30, yes_c=9, no_c=8)

    assert not protect([table], Policy()).hidden
    assert cell_key({"answer": "yes", "type": "a"}) in protect([table], Policy(groups=True)).hidden


def test_all_of_a_group_but_one_know_of_each_other():
    table = answered(yes_a=19, no_a=1, yes_b=20, no_b=30, yes_c=9, no_c=8)

    hidden = protect([table], Policy(minimum=1, groups=True)).hidden

    assert {cell_key({"answer": a, "type": "a"}) for a in ("yes", "no")} <= hidden


@pytest.mark.parametrize(
    "wrong", [{"minimum": 0}, {"minimum_people": 0}, {"p": 100}, {"p": -1}, {"q": 0}, {"q": 101}]
)
def test_a_policy_that_means_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match=r"1 at least|p < q"):
        Policy(**wrong)

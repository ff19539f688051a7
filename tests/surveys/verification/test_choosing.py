"""Which answers are verified."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from surveys.verification.choosing import Candidate, Choosing, choose
from surveys.verification.enums import Which


def candidates(*, agencies=20, codes=("A", "B"), top=3):
    """Provinces and ministries in turn; the first few have the top score everywhere."""
    return [
        Candidate(
            number, "province" if number % 2 else "ministry", code, Decimal(place), number < top
        )
        for number in range(agencies)
        for place, code in enumerate(codes, 1)
    ]


def test_every_answer_is_taken():
    assert choose(candidates(), Choosing()) == candidates()


def test_indicators_of_few_points_are_left_out():
    taken = choose(candidates(), Choosing(least=Decimal(2)))

    assert {each.code for each in taken} == {"B"}


def test_only_the_listed_indicators_are_taken():
    taken = choose(candidates(), Choosing(codes={"A"}))

    assert {each.code for each in taken} == {"A"}


def test_by_risk_all_top_scores_are_taken_and_a_share_of_the_rest():
    taken = choose(candidates(), Choosing(which=Which.RISK, share=10))
    tops = Counter(each.is_top for each in taken)

    # 17 of 20 agencies are not at the top; 10 percent of them, rounded up, are 2 for each indicator.
    assert tops == {True: 6, False: 4}


def test_a_share_of_nothing_takes_the_top_scores_alone():
    taken = choose(candidates(), Choosing(which=Which.RISK, share=0))

    assert all(each.is_top for each in taken)
    assert len(taken) == 6


def test_by_agencies_a_share_of_each_type_is_taken_wholly():
    taken = choose(candidates(), Choosing(which=Which.AGENCIES, share=25))
    kinds = Counter(each.kind for each in taken)

    assert kinds == {"province": 6, "ministry": 6}
    assert len({each.assignment for each in taken}) == 6


def test_another_seed_draws_others():
    drawn = {
        tuple(choose(candidates(), Choosing(which=Which.RISK, share=20, seed=seed)))
        for seed in range(1, 6)
    }

    assert len(drawn) > 1


@given(st.integers(0, 100), st.integers(1, 1000), st.sampled_from(Which))
def test_the_same_seed_draws_the_same_and_nothing_is_made_up(share, seed, which):
    rule = Choosing(which=which, share=share, seed=seed)
    taken = choose(candidates(), rule)

    assert taken == choose(candidates(), rule)
    assert [each for each in candidates() if each in set(taken)] == taken

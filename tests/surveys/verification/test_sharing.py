"""Who verifies what."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.verification.enums import HandOut
from surveys.verification.sharing import NobodyFor, Piece, Sharing, share_out


def pieces(agencies=6, codes=4):
    """Answers of agencies 1, 2, … for indicators C0, C1, …"""
    return [
        Piece(assignment=100 + agency, agency=agency, code=f"C{code}")
        for agency in range(1, agencies + 1)
        for code in range(codes)
    ]


def test_whole_agencies_go_to_one_verifier_each_evenly():
    shared = share_out(pieces(), Sharing(verifiers=[1, 2, 3], own={}))

    assert Counter(who for (who,) in shared.values()) == {1: 8, 2: 8, 3: 8}
    assert all(
        len({who for piece, who in shared.items() if piece.agency == agency}) == 1
        for agency in range(1, 7)
    )


def test_whole_indicators_go_to_one_verifier_each():
    sharing = Sharing(verifiers=[1, 2], own={}, hand_out=HandOut.BY_INDICATOR)
    shared = share_out(pieces(), sharing)

    assert all(
        len({who for piece, who in shared.items() if piece.code == f"C{code}"}) == 1
        for code in range(4)
    )


@pytest.mark.parametrize("hand_out", HandOut)
def test_nobody_gets_an_own_agency(hand_out):
    sharing = Sharing(verifiers=[1, 2], own={1: {3}, 2: {4}}, hand_out=hand_out)
    shared = share_out(pieces(), sharing)

    assert {who for piece, who in shared.items() if piece.agency == 3} == {(2,)}
    assert {who for piece, who in shared.items() if piece.agency == 4} == {(1,)}


def test_an_agency_that_nobody_may_judge_is_named():
    with pytest.raises(NobodyFor) as refusal:
        share_out(pieces(), Sharing(verifiers=[1], own={1: {3}}))

    assert refusal.value.agency == 3


def test_a_share_of_the_answers_gets_a_second_verifier():
    shared = share_out(pieces(), Sharing(verifiers=[1, 2, 3], own={}, twice=25))

    assert Counter(len(who) for who in shared.values()) == {1: 18, 2: 6}


@given(st.integers(3, 5), st.integers(0, 100), st.sampled_from(HandOut), st.integers(1, 99))
def test_seats_are_of_different_people_and_loads_are_near_each_other(people, twice, hand_out, seed):
    sharing = Sharing(
        verifiers=list(range(people)), own={}, hand_out=hand_out, twice=twice, seed=seed
    )
    shared = share_out(pieces(agencies=15, codes=12), sharing)
    loads = Counter(person for who in shared.values() for person in who)

    assert all(len(set(who)) == len(who) for who in shared.values())
    assert max(loads.values()) - min(loads.values()) <= 15
    assert shared == share_out(pieces(agencies=15, codes=12), sharing)

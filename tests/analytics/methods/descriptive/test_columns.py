"""Reading columns, whole and in pieces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.methods.descriptive import (
    MISSING,
    Answers,
    Design,
    Mode,
    added,
    from_tally,
    multiple_response,
    single_choice,
    tally,
)

LISTED = ["a", "b", "c"]
CODES = st.sampled_from([*LISTED, "old", "", None, *MISSING])
ROWS = st.lists(st.tuples(CODES, st.floats(0, 100), st.booleans()), max_size=40)
DESIGN = Design(Mode.SAMPLE, 1_000)


def answers(rows):
    return Answers(
        [code for code, _, _ in rows],
        weights=[weight for _, weight, _ in rows],
        asked=[flag for _, _, flag in rows],
    )


@given(ROWS)
def test_every_row_is_somewhere_in_the_base_and_shares_sum_to_one(rows):
    found = single_choice(answers(rows), LISTED, design=DESIGN)
    base = found.base

    assert base.n + base.blank + sum(base.missing.values()) == base.asked
    assert base.asked + base.not_asked == base.rows == len(rows)
    assert sum(option.n for option in found.options) == base.n
    if base.weight_answered > 0:
        assert sum(option.valid.value or 0.0 for option in found.options) == pytest.approx(1.0)


@given(ROWS)
def test_an_interval_holds_its_share_inside_0_and_1(rows):
    for option in single_choice(answers(rows), LISTED, design=DESIGN).options:
        if option.valid.interval is None or option.valid.value is None:
            assert option.valid.why_none is not None
            continue
        slack = 1e-9
        assert -slack <= option.valid.interval.low <= option.valid.value + slack
        assert option.valid.value - slack <= option.valid.interval.high <= 1 + slack


@given(ROWS, ROWS)
def test_the_tallies_of_two_pieces_are_that_of_the_whole(one, other):
    labels = [*LISTED, *MISSING]
    pieces = added([tally(answers(one), labels), tally(answers(other), labels)])
    whole = single_choice(answers(one + other), LISTED)
    found = from_tally(pieces, listed=LISTED, missing=MISSING)

    assert [(o.code, o.n) for o in found.options] == [(o.code, o.n) for o in whole.options]
    assert [o.weight for o in found.options] == pytest.approx([o.weight for o in whole.options])
    assert (found.base.blank, found.base.missing) == (whole.base.blank, whole.base.missing)


@given(ROWS)
def test_one_code_each_is_the_same_as_several_with_one(rows):
    given_some = [row for row in rows if row[0] != ""]
    single = single_choice(answers(given_some), LISTED)
    several = multiple_response(answers(given_some), LISTED)

    assert [(o.code, o.n, o.valid.why_none) for o in single.options] == [
        (o.code, o.n, o.of_respondents.why_none) for o in several.options
    ]
    # They add weights in another order.
    pairs = [
        (one.valid.value, other.of_respondents.value)
        for one, other in zip(single.options, several.options, strict=True)
    ]
    assert [one for one, _ in pairs if one is not None] == pytest.approx(
        [other for _, other in pairs if other is not None], rel=1e-12
    )


def test_no_pieces_and_pieces_of_two_kinds_are_refused():
    plain, heavy = tally(Answers(["a"]), LISTED), tally(Answers(["a"], weights=[2.0]), LISTED)

    with pytest.raises(ValueError, match="at least one"):
        added([])
    with pytest.raises(ValueError, match="all weighted or none"):
        added([plain, heavy])


def test_a_weighted_sample_of_one_mind_is_as_sure_as_its_effective_number_of_answers():
    (even,) = single_choice(Answers(["a"] * 8, weights=[1.0] * 8), ["a"], design=DESIGN).options
    (uneven,) = single_choice(
        Answers(["a"] * 8, weights=[1.0] * 7 + [9.0]), ["a"], design=DESIGN
    ).options
    assert even.valid.interval is not None
    assert uneven.valid.interval is not None

    size = 8 * 999 / 992
    assert even.valid.interval.low == pytest.approx(0.025 ** (1 / size))
    assert uneven.valid.interval.low < even.valid.interval.low
    assert (even.valid.interval.high, uneven.valid.interval.high) == (1.0, 1.0)


def test_one_heavy_answer_among_many_light_ones_is_too_few():
    weights = np.array([1e6, *[1e-6] * 9])
    (option,) = single_choice(Answers(["a"] * 10, weights=weights), ["a"], design=DESIGN).options

    assert option.valid.interval is None


def test_weights_too_light_to_be_squared_are_none():
    (option,) = single_choice(Answers(["a"] * 6, weights=[5e-324] * 6), ["a"]).options

    assert option.valid.value is None

"""Cohen's kappa against published tables, and what must hold of any."""

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.verification.agreement import NOTHING, Kappa, Strength, kappa, weighted_kappa

CATEGORIES = range(4)
PAIRS = st.lists(st.tuples(st.sampled_from(CATEGORIES), st.sampled_from(CATEGORIES)), max_size=60)

DERMATOLOGISTS = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
"""Skin conditions as two dermatologists rated them: SAS/STAT User's Guide, The FREQ Procedure,
Example "Cohen's Kappa Coefficient"; kappa 0.3449 (ASE 0.0724), weighted 0.5082 (ASE 0.0655)."""

DIAGNOSES = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
"""Cohen (1968), table 1, of 200 patients: kappa 0.492."""


def pairs_of(table):
    """The pairs that a table counts."""
    return [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


def figures(found):
    """Value and error, where there are any."""
    assert found.value is not None
    assert found.error is not None
    return found.value, found.error


def rounded(found):
    """Value and error to four places."""
    value, error = figures(found)
    return round(value, 4), round(error, 4)


def test_a_two_by_two_table_worked_by_hand():
    found = kappa(pairs_of([[20, 5], [10, 15]]), range(2))

    assert (found.n, found.observed, found.expected) == (50, 0.7, 0.5)
    assert isclose(figures(found)[0], 0.4)


def test_a_four_by_four_table_has_the_published_kappa_and_error():
    assert rounded(kappa(pairs_of(DERMATOLOGISTS), CATEGORIES)) == (0.3449, 0.0724)


def test_linear_weights_give_the_published_kappa_and_error():
    assert rounded(weighted_kappa(pairs_of(DERMATOLOGISTS), CATEGORIES)) == (0.5082, 0.0655)


def test_cohens_own_table_has_his_kappa():
    assert round(figures(kappa(pairs_of(DIAGNOSES), range(3)))[0], 3) == 0.492


def test_nobody_agrees_on_nothing():
    assert kappa([], CATEGORIES) == NOTHING


def test_two_who_always_say_the_same_one_thing_have_no_kappa():
    found = kappa([(1, 1)] * 9, CATEGORIES)

    assert found == Kappa(9, 1.0, 1.0, None, None)
    assert found.strength is None


def test_one_category_has_no_order():
    with pytest.raises(ValueError, match="order"):
        weighted_kappa([(0, 0)], range(1))


def test_a_category_that_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        kappa([(0, 9)], CATEGORIES)


@pytest.mark.parametrize(
    ("value", "strength"),
    [
        (-0.01, Strength.POOR),
        (0.0, Strength.SLIGHT),
        (0.2, Strength.SLIGHT),
        (0.21, Strength.FAIR),
        (0.41, Strength.MODERATE),
        (0.61, Strength.SUBSTANTIAL),
        (0.8, Strength.SUBSTANTIAL),
        (0.81, Strength.ALMOST_PERFECT),
        (1.0, Strength.ALMOST_PERFECT),
    ],
)
def test_a_kappa_in_words(value, strength):
    assert Kappa(10, 0.5, 0.5, value, 0.1).strength is strength


@given(PAIRS)
def test_who_is_first_makes_no_difference(pairs):
    there, back = (kappa(each, CATEGORIES) for each in (pairs, [(b, a) for a, b in pairs]))

    assert (there.n, there.value is None) == (back.n, back.value is None)
    if there.value is not None:
        assert figures(there) == pytest.approx(figures(back), abs=1e-9)


@given(st.lists(st.sampled_from(CATEGORIES), min_size=2).filter(lambda said: len(set(said)) > 1))
def test_perfect_agreement_is_one_without_error(said):
    found = kappa([(each, each) for each in said], CATEGORIES)

    assert figures(found) == pytest.approx((1, 0), abs=1e-6)


@given(PAIRS)
def test_no_kappa_is_beyond_one(pairs):
    for found in (kappa(pairs, CATEGORIES), weighted_kappa(pairs, CATEGORIES)):
        assert found.value is None or -1 - 1e-9 <= found.value <= 1 + 1e-9
        assert found.error is None or found.error >= 0


@given(st.lists(st.tuples(st.sampled_from(range(2)), st.sampled_from(range(2))), max_size=60))
def test_two_categories_need_no_weights(pairs):
    plain, weighted = kappa(pairs, range(2)), weighted_kappa(pairs, range(2))

    assert (plain.value is None) == (weighted.value is None)
    if plain.value is not None:
        assert figures(plain) == pytest.approx(figures(weighted), abs=1e-9)


@pytest.mark.parametrize("table", [DERMATOLOGISTS, DIAGNOSES, [[20, 5], [10, 15]]])
def test_the_error_is_that_of_the_delta_method(table):
    n = sum(map(sum, table))
    size = range(len(table))
    share = {(row, column): table[row][column] / n for row in size for column in size}

    def value(shares):
        rows = [sum(shares[row, column] for column in size) for row in size]
        columns = [sum(shares[row, column] for row in size) for column in size]
        total = sum(shares.values())
        seen = sum(shares[each, each] for each in size) / total
        chance = sum(rows[each] * columns[each] for each in size) / total**2
        return (seen - chance) / (1 - chance)

    step = 1e-6
    slope = {
        cell: (
            value(share | {cell: share[cell] + step}) - value(share | {cell: share[cell] - step})
        )
        / (2 * step)
        for cell in share
    }
    mean = sum(slope[cell] * share[cell] for cell in share)
    variance = sum(slope[cell] ** 2 * share[cell] for cell in share) - mean**2

    assert isclose(figures(kappa(pairs_of(table), size))[1], sqrt(variance / n), rel_tol=1e-5)

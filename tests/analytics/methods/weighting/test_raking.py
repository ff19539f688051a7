"""Raking to known margins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.methods.weighting import (
    CellWithoutCount,
    DesignError,
    EmptyCell,
    KnownMargin,
    MarginsDisagree,
    Trim,
    UnusableWeight,
    raked,
)

SEX = KnownMargin("sex", list("mmmfff"), {"m": 40, "f": 60})
AGE = KnownMargin("age", list("yyoyoo"), {"y": 30, "o": 70})


def sums(weights, margin):
    labels = np.asarray(margin.labels)
    return {label: weights[labels == label].sum() for label in margin.population}


def test_every_margin_is_met():
    found = raked(np.ones(6), [SEX, AGE])

    assert found.converged
    assert [sums(found.weights, margin) for margin in (SEX, AGE)] == [
        pytest.approx(margin.population, rel=1e-10) for margin in (SEX, AGE)
    ]


def test_a_two_by_two_table_keeps_its_odds_ratio():
    # Raking changes the margins of a table and not its interaction (Deming & Stephan 1940).
    weights = raked(np.ones(6), [SEX, AGE]).weights

    cells = {
        cell: weights[[a + b == cell for a, b in zip("mmmfff", "yyoyoo", strict=True)]].sum()
        for cell in ("my", "mo", "fy", "fo")
    }
    assert cells["my"] * cells["fo"] / (cells["mo"] * cells["fy"]) == pytest.approx(2 * 2 / (1 * 1))


def test_one_margin_is_post_stratification_in_one_cycle():
    found = raked(np.ones(6), [SEX])

    assert (found.weights.tolist(), found.cycles) == ([40 / 3] * 3 + [20.0] * 3, 1)


def test_margins_met_from_the_start_need_no_cycle():
    assert raked([10, 10, 20, 20, 20, 20], [SEX]).cycles == 0


def random_margins(seed):
    """Margins of a positive table, so that weights exist that meet them."""
    rng = np.random.default_rng(seed)
    labels = [np.r_[np.arange(3), rng.integers(0, 3, 97)] for _ in range(3)]
    true = rng.uniform(1, 5, 100)
    return rng.uniform(0.5, 2, 100), [
        KnownMargin(str(i), each, dict(enumerate(np.bincount(each, true).tolist())))
        for i, each in enumerate(labels)
    ]


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_weights_meet_margins_and_stay_positive(seed):
    weights, margins = random_margins(seed)

    found = raked(weights, margins)

    assert (found.converged, found.error < 1e-10, bool((found.weights > 0).all())) == (True,) * 3


@settings(deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(3)), st.randoms(use_true_random=False))
def test_the_order_of_margins_and_rows_does_not_matter(seed, order, random):
    weights, margins = random_margins(seed)
    rows = list(range(100))
    random.shuffle(rows)

    turned = [
        KnownMargin(one.name, np.asarray(one.labels)[rows], one.population)
        for one in (margins[i] for i in order)
    ]

    assert raked(weights[rows], turned).weights == pytest.approx(
        raked(weights, margins).weights[rows], rel=1e-6
    )


def test_the_scale_of_the_weights_does_not_matter():
    weights, margins = random_margins(1)

    assert raked(weights * 1e6, margins).weights == pytest.approx(raked(weights, margins).weights)


def test_a_row_without_weight_stays_without():
    assert raked([0, 1, 1, 1, 1, 1], [SEX, AGE]).weights[0] == 0


def test_a_label_without_a_count_is_refused_by_name():
    with pytest.raises(CellWithoutCount) as refusal:
        raked(np.ones(6), [SEX, KnownMargin("age", list("yyoyox"), {"y": 30, "o": 70})])

    assert refusal.value.names == ("age: x",)


def test_an_empty_cell_is_refused_by_name():
    with pytest.raises(EmptyCell) as refusal:
        raked(np.ones(6), [SEX, KnownMargin("age", list("yyyyyy"), {"y": 30, "o": 70})])

    assert refusal.value.names == ("age: o",)


def test_a_row_without_a_label_is_refused_with_the_margin():
    with pytest.raises(DesignError) as refusal:
        raked(np.ones(3), [KnownMargin("age", [1.0, 2.0, np.nan], {1.0: 3, 2.0: 7})])

    assert refusal.value.names == ("age",)


def test_zero_weights_are_an_empty_cell():
    with pytest.raises(EmptyCell):
        raked(np.zeros(6), [SEX])


def test_margins_of_different_populations_are_refused_by_name():
    with pytest.raises(MarginsDisagree) as refusal:
        raked(np.ones(6), [SEX, KnownMargin("age", list("yyoyoo"), {"y": 30, "o": 71})])

    assert refusal.value.names == ("sex", "age")


def test_raking_to_nothing_is_refused():
    with pytest.raises(DesignError, match="needs a margin"):
        raked(np.ones(6), [])


def test_a_negative_weight_is_refused():
    with pytest.raises(UnusableWeight):
        raked([-1, 1, 1, 1, 1, 1], [SEX])


def test_margins_that_no_weights_meet_are_reported_at_the_cap():
    # All men are young, so at least 40 are; the margin says 30.
    age = KnownMargin("age", list("yyyooo"), {"y": 30, "o": 70})

    found = raked(np.ones(6), [SEX, age], cycles=50)

    assert (found.converged, found.cycles, found.error > 0.1) == (False, 50, True)


def test_trimmed_weights_stay_inside_of_their_bounds_and_meet_the_margins():
    weights, margins = random_margins(3)
    weights[0] = 40
    total = sum(margins[0].population.values())

    free, found = raked(weights, margins), raked(weights, margins, trim=Trim(0.2, 3))

    assert free.weights.max() > 3 * total / 100
    assert (found.converged, found.trimmed > 0) == (True, True)
    assert found.weights.max() <= 3 * total / 100 * (1 + 1e-12)


def test_small_weights_are_lifted_to_their_bound():
    weights, margins = random_margins(3)
    weights[0] = 0.01
    total = sum(margins[0].population.values())

    found = raked(weights, margins, trim=Trim(least=0.2))

    assert (found.converged, found.trimmed) == (True, 1)
    assert found.weights.min() >= 0.2 * total / 100 > raked(weights, margins).weights.min()


def test_weights_that_meet_the_margins_are_trimmed_too():
    sex = KnownMargin("sex", list("mmmm"), {"m": 10})

    found = raked([1, 2, 3, 4], [sex], trim=Trim(greatest=1.5))

    assert (found.trimmed > 0, found.weights.sum()) == (True, pytest.approx(10))
    assert found.weights.max() <= 3.75


@pytest.mark.parametrize("trim", [Trim(1, 3), Trim(0, 1), Trim(-0.1, 3)])
def test_bounds_without_room_are_refused(trim):
    with pytest.raises(DesignError, match="room"):
        raked(np.ones(6), [SEX], trim=trim)

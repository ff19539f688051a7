"""Cronbach's alpha and what an item does to it."""

import math

import numpy as np
import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.reliability import Cases, cronbach_alpha

# Four people, three items: variances 5/3, 19/12 and 9/4, of the sum 38/3.
SCALE = {"a": (1, 2, 3, 4), "b": (2, 4, 5, 4), "c": (3, 2, 5, 5)}


def test_alpha_of_a_scale_derived_by_hand():
    assert cronbach_alpha(SCALE).alpha == pytest.approx(1.5 * (1 - 5.5 / (38 / 3)), rel=1e-12)


def test_items_that_are_the_same_have_an_alpha_of_one():
    found = cronbach_alpha({"a": (1, 2, 4), "b": (1, 2, 4), "c": (1, 2, 4)})

    assert [found.alpha, found.standardised_alpha, found.mean_correlation] == pytest.approx(
        [1, 1, 1]
    )


def test_standardised_alpha_is_of_the_mean_correlation():
    found = cronbach_alpha(SCALE)

    r = np.corrcoef(np.array(list(SCALE.values())))[np.triu_indices(3, 1)].mean()
    assert [found.mean_correlation, found.standardised_alpha] == pytest.approx(
        [r, 3 * r / (1 + 2 * r)], rel=1e-12
    )


def test_a_reversed_item_is_turned_first():
    turned = SCALE | {"c": tuple(6 - value for value in SCALE["c"])}

    found = cronbach_alpha(turned, directions=(1, 1, -1))

    assert found.alpha == pytest.approx(cronbach_alpha(SCALE).alpha, rel=1e-12)


def test_items_that_contradict_each_other_have_a_negative_alpha():
    found = cronbach_alpha({"a": (1, 2, 3, 4, 5), "b": (4, 5, 3, 1, 3)})

    # Variances 2.5 and 2.2, of the sum 1.7.
    assert found.alpha == pytest.approx(2 * (1 - (2.5 + 2.2) / 1.7), rel=1e-12)


def test_alpha_if_dropped_is_the_alpha_of_the_others():
    dropped = cronbach_alpha(SCALE).items[2].alpha_if_dropped

    assert dropped == pytest.approx(cronbach_alpha({"a": SCALE["a"], "b": SCALE["b"]}).alpha)


def test_two_items_leave_no_alpha_if_one_is_dropped():
    assert cronbach_alpha({"a": SCALE["a"], "b": SCALE["b"]}).items[0].alpha_if_dropped is None


def test_the_item_rest_correlation_leaves_the_item_out():
    rest = np.array(SCALE["b"]) + np.array(SCALE["c"])

    assert cronbach_alpha(SCALE).items[0].item_rest == pytest.approx(
        np.corrcoef(SCALE["a"], rest)[0, 1], rel=1e-12
    )


def test_pairs_of_items_use_every_row_that_has_both():
    rng = np.random.default_rng(4)
    values = rng.integers(1, 6, (40, 3)).astype(float)
    values[rng.random((40, 3)) < 0.2] = np.nan
    covariances = np.empty((3, 3))
    for i in range(3):
        for j in range(3):
            both = values[~np.isnan(values[:, [i, j]]).any(axis=1)]
            covariances[i, j] = np.cov(both[:, i], both[:, j])[0, 1]

    found = cronbach_alpha(dict(zip("abc", values.T, strict=True)))

    assert found.alpha == pytest.approx(1.5 * (1 - np.trace(covariances) / covariances.sum()))


def test_complete_cases_leave_out_a_row_with_one_blank():
    with_blank = {name: (*values, math.nan if name == "a" else 1) for name, values in SCALE.items()}

    found = cronbach_alpha(with_blank, cases=Cases.COMPLETE)

    assert [found.alpha, found.complete] == pytest.approx([cronbach_alpha(SCALE).alpha, 4])


def test_a_constant_item_is_left_out_and_marked():
    found = cronbach_alpha(SCALE | {"d": (3, 3, 3, 3)})

    assert [found.alpha, found.items_used] == pytest.approx([cronbach_alpha(SCALE).alpha, 3])
    assert [item.constant for item in found.items] == [False, False, False, True]


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ({}, Reason.ONE_ITEM),
        ({"a": (1, 2, 3)}, Reason.ONE_ITEM),
        ({"a": (1, 2), "b": (2, 1)}, Reason.TOO_FEW_CASES),
        ({"a": (1,), "b": (2,)}, Reason.TOO_FEW_CASES),
        ({"a": (), "b": ()}, Reason.NO_DATA),
        ({"a": (math.nan,) * 5, "b": (math.nan,) * 5}, Reason.NO_DATA),
        ({"a": (3, 3, 3), "b": (4, 4, 4)}, Reason.CONSTANT),
        ({"a": (3, 3, 3), "b": (4, 5, 4)}, Reason.CONSTANT),
        ({"a": (1, 2, 3), "b": (3, 2, 1)}, Reason.CONSTANT),
        ({"a": (1, 2, 3, None, None), "b": (None, None, 1, 2, 3)}, Reason.TOO_FEW_CASES),
    ],
)
def test_a_scale_that_is_not_treatable_says_why(items, reason):
    found = cronbach_alpha(items)

    assert (found.treatable, found.alpha, found.reason) == (False, None, reason)


@pytest.mark.parametrize("directions", [(1, 1), (1, 1, 0)])
def test_a_direction_that_is_none_is_refused(directions):
    with pytest.raises(ValueError, match="direction"):
        cronbach_alpha(SCALE, directions=directions)

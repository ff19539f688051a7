"""Histograms."""

import numpy as np
import pytest

from analytics.methods.descriptive import Bin, histogram


def bins(values, **more):
    return [(b.low, b.high, b.n) for b in histogram(np.array(values, dtype=float), **more).bins]


def test_whole_numbers_have_whole_bins_that_keep_the_last_apart():
    assert bins([1, 2, 2, 3, 5]) == [(1, 2, 1), (2, 3, 2), (3, 4, 1), (4, 5, 0), (5, 6, 1)]


def test_edges_are_multiples_of_a_width_that_people_can_read():
    found = histogram(np.linspace(0.37, 9.81, 200))

    assert (found.width, found.bins[0].low, found.bins[-1].high) == (2.0, 0.0, 10.0) or (
        found.width in {0.5, 1.0}
    )
    assert sum(b.n for b in found.bins) == 200


@pytest.mark.parametrize("seed", range(20))
def test_every_value_is_in_one_bin_and_there_are_neither_few_nor_many(seed):
    rng = np.random.default_rng(seed)
    values = rng.lognormal(sigma=2, size=500) * 10.0 ** rng.integers(-9, 9)
    found = histogram(values)

    assert sum(b.n for b in found.bins) == 500
    assert 5 <= len(found.bins) <= 42


def test_a_constant_is_one_bin():
    assert bins([4.5, 4.5]) == [(4.5, 4.5, 2)]


def test_nothing_has_no_bins():
    assert bins([]) == []


def test_values_too_close_to_tell_bins_apart_share_one():
    assert bins([1.0, np.nextafter(1.0, 2)]) == [(1.0, np.nextafter(1.0, 2), 2)]
    assert len(bins([0.0, 5e-324])) == 1


def test_great_numbers_have_bins():
    assert sum(n for _, _, n in bins([1e99, -1e99, 3.5])) == 3


def test_weights_stand_beside_the_counts():
    found = histogram(np.array([1.0, 2.0]), np.array([0.5, 3.0]))

    assert found.bins == (Bin(1.0, 2.0, 1, 0.5), Bin(2.0, 3.0, 1, 3.0))

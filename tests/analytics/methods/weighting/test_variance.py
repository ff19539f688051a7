"""Covariances of linearised sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.methods.weighting import LoneRule, NoWeight, sample_design
from analytics.methods.weighting.variance import covariance, share_covariance


def by_formula(z, strata, population):
    """The formula, stratum by stratum, with loops."""
    total = 0.0
    for name, size in population.items():
        own = z[strata == name]
        n = len(own)
        total += (1 - n / size) * n / (n - 1) * ((own - own.mean()) ** 2).sum()
    return total


def test_strata_and_population_enter_as_in_the_formula():
    rng = np.random.default_rng(1)
    z, strata = rng.normal(size=30), np.repeat(["a", "b", "c"], 10)
    population = {"a": 20, "b": 100, "c": 4_000}
    design = sample_design(np.ones(30), strata=strata, population=population)

    assert covariance(z[:, None], design)[0, 0] == pytest.approx(by_formula(z, strata, population))


def test_clusters_are_summed_first():
    rng = np.random.default_rng(2)
    z, clusters = rng.normal(size=30), np.arange(30) % 6
    sums = np.bincount(clusters, z)

    found = covariance(z[:, None], sample_design(np.ones(30), clusters=clusters))

    assert found[0, 0] == pytest.approx(6 * sums.var(ddof=1))


@given(st.floats(0.001, 1_000))
def test_a_variance_grows_with_the_square_of_the_scale(scale):
    z = np.random.default_rng(3).normal(size=(20, 2))
    design = sample_design(np.ones(20), strata=np.arange(20) % 4)

    assert covariance(z * scale, design) == pytest.approx(covariance(z, design) * scale**2)


@given(st.permutations(range(20)))
def test_the_order_of_rows_does_not_matter(order):
    z, strata = np.random.default_rng(3).normal(size=(20, 1)), np.arange(20) % 4
    turned = sample_design(np.ones(20), strata=strata[order])

    assert covariance(z[order], turned) == pytest.approx(
        covariance(z, sample_design(np.ones(20), strata=strata))
    )


def test_a_whole_population_has_no_variance():
    z = np.random.default_rng(3).normal(size=(20, 1))

    assert covariance(z, sample_design(np.ones(20), population=20))[0, 0] == 0


# One unit in stratum b; those of a deviate by -1, 0, 1 from their mean 2.
LONE = np.array([1.0, 2.0, 3.0, 8.0])[:, None]


@pytest.mark.parametrize(
    ("rule", "variance"),
    [
        (LoneRule.CERTAINTY, 3.0),
        (LoneRule.AVERAGE, 6.0),
        # The mean of all units is 3.5, so that b adds 4.5².
        (LoneRule.ADJUST, 3.0 + 4.5**2),
    ],
)
def test_a_lone_unit_adds_what_its_rule_says(rule, variance):
    design = sample_design(np.ones(4), strata=list("aaab"), lone=rule)

    assert covariance(LONE, design)[0, 0] == pytest.approx(variance)


@pytest.mark.parametrize("rule", [LoneRule.CERTAINTY, LoneRule.AVERAGE, LoneRule.ADJUST])
@pytest.mark.parametrize("clustered", [False, True])
def test_shares_by_sums_agree_with_shares_by_rows(rule, clustered):
    rng = np.random.default_rng(4)
    cells, strata = rng.integers(-1, 4, 41), np.r_[np.arange(40) % 4, 9]
    clusters = np.r_[np.arange(40) % 12, 12] if clustered else None
    design = sample_design(rng.uniform(1, 5, 41), strata=strata, clusters=clusters, lone=rule)
    weights = np.where(cells >= 0, design.weights, 0)
    ticked = cells[:, None] == np.arange(4)
    by_rows = weights @ ticked / weights.sum()
    z = weights[:, None] * (ticked - by_rows) / weights.sum()

    shares, found = share_covariance(cells, 4, design)

    assert shares == pytest.approx(by_rows)
    assert found == pytest.approx(covariance(z, design), abs=1e-15)


def test_a_domain_without_weight_is_refused():
    with pytest.raises(NoWeight):
        share_covariance(np.full(5, -1), 2, sample_design(np.ones(5)))

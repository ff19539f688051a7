"""Means, totals, ratios and proportions of samples."""

import math

import numpy as np
import pytest
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.descriptive.intervals import Method
from analytics.methods.weighting import (
    DesignError,
    estimated_mean,
    estimated_proportion,
    estimated_ratio,
    estimated_total,
    sample_design,
)

Y = np.array([3.0, 5.0, 4.0, 8.0, 10.0, 6.0])
X = np.array([1.0, 2.0, 2.0, 3.0, 4.0, 3.0])
SIMPLE = sample_design(np.full(6, 5.0), population=30)


def bounds(estimate):
    """The ends of its interval."""
    return [estimate.interval.low, estimate.interval.high]


def figures(*estimates):
    """Value and standard error of each."""
    return [figure for estimate in estimates for figure in (estimate.value, estimate.error)]


def test_a_mean_of_a_simple_random_sample():
    found = estimated_mean(Y, SIMPLE)

    assert [found.value, found.error] == pytest.approx(
        [6.0, math.sqrt(0.8 * Y.var(ddof=1) / 6)], rel=1e-12
    )
    assert (found.n, found.df) == (6, 5)


def test_a_total_is_the_population_times_the_mean():
    mean, total = estimated_mean(Y, SIMPLE), estimated_total(Y, SIMPLE)

    assert figures(total) == pytest.approx([30 * one for one in figures(mean)], rel=1e-12)


def test_a_ratio_of_a_simple_random_sample():
    ratio = Y.sum() / X.sum()
    error = math.sqrt(0.8 / 6 * ((Y - ratio * X) ** 2).sum() / 5) / X.mean()

    found = estimated_ratio(Y, X, SIMPLE)

    assert [found.value, found.error] == pytest.approx([ratio, error], rel=1e-12)


def test_the_interval_of_a_mean_is_students():
    found = estimated_mean(Y, SIMPLE, level=0.9)

    half = stats.t.ppf(0.95, 5) * math.sqrt(0.8 * Y.var(ddof=1) / 6)
    assert bounds(found) == pytest.approx([6 - half, 6 + half])


# California schools of the R package survey: 200 drawn of 6,194, by type 27, 34 and 26 without award.
# svymean and svytotal of awards, with and without fpc.
TYPES = {"E": (4421, 27, 73), "H": (755, 34, 16), "M": (1018, 26, 24)}
KIND = np.repeat(list(TYPES), [100, 50, 50])
WITHOUT_AWARD = np.concatenate([np.repeat([1, 0], drawn) for _, *drawn in TYPES.values()])
WEIGHT = np.array([TYPES[kind][0] / sum(TYPES[kind][1:]) for kind in KIND])


def test_a_proportion_of_a_stratified_sample_agrees_with_r():
    population = {kind: counts[0] for kind, counts in TYPES.items()}
    design = sample_design(WEIGHT, strata=KIND, population=population)

    share = estimated_proportion(WITHOUT_AWARD, design)
    total = estimated_total(1 - WITHOUT_AWARD, design)

    assert [share.value, share.error, total.value, total.error] == pytest.approx(
        [0.36106393283823, 0.0344059182016133, 3957.57, 213.110257340793], rel=1e-12
    )


def test_a_simple_random_sample_agrees_with_r():
    flags = np.repeat([1, 0], [76, 124])
    design = sample_design(np.full(200, 6194 / 200), population=6194)

    share, total = estimated_proportion(flags, design), estimated_total(flags, design)

    assert [share.value, share.error, total.value, total.error] == pytest.approx(
        [0.38, 0.0338480671298403, 2353.72, 209.654927802231], rel=1e-12
    )


def test_a_domain_keeps_the_design_of_the_whole_sample():
    # Domain mean of a simple random sample: sqrt((1 - f) n/(n - 1) sum (y - m)²)/n_d (Cochran 1977, 2.11).
    domain = np.array([True, True, False, True, False, False])
    y = Y[domain]
    error = math.sqrt(0.8 * 6 / 5 * ((y - y.mean()) ** 2).sum()) / 3

    found = estimated_mean(Y, SIMPLE, domain=domain)

    assert [found.value, found.error] == pytest.approx([y.mean(), error], rel=1e-12)
    assert (found.n, found.df) == (3, 2)


def test_a_missing_value_is_outside_of_the_domain():
    with_gap = estimated_mean([*Y[:5], None], SIMPLE)

    assert with_gap == estimated_mean(Y, SIMPLE, domain=np.arange(6) < 5)


def test_the_design_effect_of_a_simple_random_sample_is_one():
    assert estimated_mean(Y, sample_design(np.ones(6))).design_effect == pytest.approx(1)


def test_clusters_of_the_same_have_their_size_as_design_effect():
    values = np.repeat(np.random.default_rng(1).normal(size=500), 4)
    design = sample_design(np.ones(2_000), clusters=np.repeat(np.arange(500), 4))

    found = estimated_mean(values, design)

    assert found.design_effect == pytest.approx(4, rel=2e-3)


def test_the_scale_of_weights_changes_totals_only():
    small, large = (sample_design(np.linspace(1, 2, 6) * scale) for scale in (1, 1_000))

    assert estimated_mean(Y, large).error == pytest.approx(estimated_mean(Y, small).error)
    assert figures(estimated_total(Y, large)) == pytest.approx(
        [1_000 * figure for figure in figures(estimated_total(Y, small))]
    )


def test_a_census_has_no_sampling_error():
    found = estimated_mean(Y, sample_design(np.ones(6), population=6))

    assert (found.error, found.interval, found.reason) == (0, None, Reason.CENSUS)


def test_a_proportion_of_a_census_has_no_interval():
    found = estimated_proportion([1, 0, 1], sample_design(np.ones(3), population=3))

    assert (found.value, found.interval, found.reason) == (2 / 3, None, Reason.CENSUS)


def test_two_rows_have_an_interval_with_one_degree_of_freedom():
    found = estimated_mean([1, 3], sample_design(np.ones(2)))

    assert [found.df, found.design_effect] == pytest.approx([1, 1])
    assert bounds(found) == pytest.approx([2 - stats.t.ppf(0.975, 1), 2 + stats.t.ppf(0.975, 1)])


def test_one_cluster_has_no_interval():
    design = sample_design(np.ones(6), clusters=[1, 1, 1, 2, 2, 2])

    found = estimated_mean(Y, design, domain=np.arange(6) < 3)

    assert (found.interval, found.reason) == (None, Reason.TOO_FEW_CLUSTERS)


@pytest.mark.parametrize("values", [[None] * 6, [math.nan] * 6])
def test_all_missing_gives_no_estimate(values):
    found = [estimated_mean(values, SIMPLE), estimated_total(values, SIMPLE)]

    assert [(one.value, one.reason) for one in found] == [(None, Reason.NO_DATA)] * 2


def test_no_respondents_give_no_estimate():
    nobody = sample_design([])

    assert estimated_mean([], nobody).reason is Reason.NO_DATA


def test_zero_weights_give_no_estimate():
    assert estimated_mean(Y, sample_design(np.zeros(6))).reason is Reason.NO_DATA


def test_a_ratio_over_nothing_gives_no_estimate():
    assert estimated_ratio(Y, np.zeros(6), SIMPLE).reason is Reason.NO_DATA


def test_a_constant_has_an_error_of_zero():
    found = estimated_mean(np.full(6, 7.0), SIMPLE)

    assert (found.value, found.error, found.design_effect) == (7.0, 0.0, None)


def test_the_logit_interval_of_a_proportion_stays_inside():
    found = estimated_proportion([1, 1, 1, 1, 1, 0], sample_design(np.ones(6)))

    low, high = bounds(found)
    assert 0 < low < 5 / 6 < high < 1


def test_a_proportion_of_all_has_no_logit_interval():
    found = estimated_proportion(np.ones(6), SIMPLE)

    assert (found.value, found.interval, found.reason) == (1.0, None, Reason.CONSTANT)


def test_a_proportion_of_all_has_a_beta_interval():
    # Clopper-Pearson with n of n: the lower bound is 0.025^(1/n).
    found = estimated_proportion(np.ones(6), sample_design(np.ones(6)), method=Method.BETA)

    assert bounds(found) == pytest.approx([0.025 ** (1 / 6), 1])


def test_a_flag_that_is_neither_0_nor_1_is_refused():
    with pytest.raises(ValueError, match="0 or 1"):
        estimated_proportion(Y, SIMPLE)


def test_an_interval_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="logit or beta"):
        estimated_proportion(np.ones(6), SIMPLE, method=Method.WALD)


@pytest.mark.parametrize("values", [["3", "KAD", "4", "5", "6", "7"]])
def test_text_in_a_number_is_refused(values):
    with pytest.raises(ValueError, match="text"):
        estimated_mean(values, SIMPLE)


def test_values_of_another_length_are_refused():
    with pytest.raises(DesignError, match="length"):
        estimated_mean(Y[:5], SIMPLE)

"""Designs of samples and what they refuse."""

import math

import numpy as np
import pytest

from analytics.methods.weighting import (
    ClusterInTwoStrata,
    DesignError,
    LoneRule,
    LoneUnit,
    UnusablePopulation,
    UnusableWeight,
    sample_design,
)


def test_degrees_of_freedom_are_clusters_less_strata():
    design = sample_design(np.ones(6), strata=list("aaabbb"), clusters=[1, 1, 2, 3, 4, 5])

    assert design.degrees_of_freedom == 3


def test_rows_are_their_own_clusters():
    assert sample_design(np.ones(6), strata=list("aaabbb")).degrees_of_freedom == 4


def test_a_domain_counts_the_clusters_and_strata_it_has():
    design = sample_design(np.ones(6), strata=list("aaabbb"), clusters=[1, 1, 2, 3, 4, 5])

    assert design.degrees_of_freedom_within(np.array([True] * 3 + [False] * 3)) == 1


@pytest.mark.parametrize("weight", [-1, math.nan, math.inf])
def test_a_weight_that_is_none_is_refused(weight):
    with pytest.raises(UnusableWeight):
        sample_design([1, weight])


def test_a_cluster_in_two_strata_is_refused_by_name():
    with pytest.raises(ClusterInTwoStrata) as refusal:
        sample_design(np.ones(4), strata=list("aabb"), clusters=["x", "y", "y", "z"])

    assert refusal.value.names == ("y",)


@pytest.mark.parametrize("population", [{"a": 9}, {"a": 9, "b": 1}, {"a": 9, "b": math.nan}])
def test_a_population_that_is_missing_or_too_small_is_refused_by_name(population):
    with pytest.raises(UnusablePopulation) as refusal:
        sample_design(np.ones(4), strata=list("aabb"), population=population)

    assert refusal.value.names == ("b",)


def test_one_population_for_several_strata_is_refused():
    with pytest.raises(UnusablePopulation):
        sample_design(np.ones(4), strata=list("aabb"), population=34)


def test_a_lone_unit_is_refused_by_name_unless_a_rule_is_chosen():
    with pytest.raises(LoneUnit) as refusal:
        sample_design(np.ones(3), strata=list("aab"))

    assert refusal.value.names == ("b",)


def test_a_stratum_of_which_everything_is_seen_is_not_lonely():
    design = sample_design(np.ones(3), strata=list("aab"), population={"a": 9, "b": 1})

    assert not design.lonely.any()


def test_the_mean_of_no_strata_is_refused():
    with pytest.raises(LoneUnit):
        sample_design(np.ones(2), strata=list("ab"), lone=LoneRule.AVERAGE)


@pytest.mark.parametrize("strata", [["a", None, "b"], ["a", "b"]])
def test_strata_that_do_not_fit_the_rows_are_refused(strata):
    with pytest.raises(DesignError):
        sample_design(np.ones(3), strata=strata)

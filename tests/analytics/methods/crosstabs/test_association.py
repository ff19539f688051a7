"""Tests of independence, their effect sizes, residuals and refusals."""

import math
from itertools import product

import numpy as np
import pytest
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.crosstabs import AssociationMethod, Coded, Significance, Ticked, crosstab
from analytics.methods.multiplicity import Adjustment
from analytics.methods.weighting.design import sample_design
from tests.analytics.methods.crosstabs.tables import association, column_of, laid_out, numbers

# Derived by hand: expected 20 20 / 30 30, so X² = 2 x 100/20 + 2 x 100/30 = 50/3.
PLAIN = [[30, 10], [20, 40]]


def of_counts(counts, **kwargs):
    return association(*laid_out(counts), **kwargs)


def test_pearson_of_a_table_derived_by_hand():
    found = of_counts(PLAIN)

    assert (found.method, found.df, found.n) == (AssociationMethod.PEARSON, 1.0, 100)
    assert found.statistic == pytest.approx(50 / 3, rel=1e-12)


def test_pearson_and_likelihood_ratio_agree_with_scipy():
    counts = [[12, 25, 31], [18, 22, 19], [30, 11, 9]]

    found = of_counts(counts)

    pearson = stats.chi2_contingency(counts, correction=False)
    ratio = stats.chi2_contingency(counts, correction=False, lambda_="log-likelihood")
    assert [found.statistic, found.p, found.g2, found.g2_p] == pytest.approx(
        [pearson.statistic, pearson.pvalue, ratio.statistic, ratio.pvalue], rel=1e-12
    )


def test_effect_sizes_of_a_table_derived_by_hand():
    found = of_counts(PLAIN)

    assert found.phi == pytest.approx(1000 / math.sqrt(40 * 60 * 50 * 50), rel=1e-12)
    assert found.cramers_v == pytest.approx(math.sqrt(1 / 6), rel=1e-12)
    assert found.cramers_v_corrected == pytest.approx(
        math.sqrt((1 / 6 - 1 / 99) / (1 - 1 / 99)), rel=1e-12
    )


def test_adjusted_residuals_of_a_table_derived_by_hand():
    # (30 - 20) / sqrt(20 x 0.6 x 0.5); in a 2 x 2 table the square of each is X².
    together = crosstab(*laid_out(PLAIN)).together

    root = math.sqrt(50 / 3)
    assert np.array(numbers(together, "residual")) == pytest.approx(
        np.array([[root, -root], [-root, root]]), rel=1e-12
    )


def test_only_residuals_beyond_the_bound_are_marked():
    together = crosstab(*laid_out([[30, 20, 25], [20, 40, 25], [30, 30, 30]])).together

    beyond = [[abs(r) > 2 for r in row] for row in numbers(together, "residual")]
    assert numbers(together, "marked") == beyond
    assert any(map(any, beyond)), "the example has a marked cell"
    assert not all(map(all, beyond)), "and one that is not"


def test_a_sparse_two_by_two_table_is_tested_exactly():
    # Hypergeometric: 6 of 792 tables at each end.
    found = of_counts([[5, 1], [0, 6]])

    assert (found.method, found.sparse) == (AssociationMethod.FISHER, True)
    assert found.p == pytest.approx(12 / 792, rel=1e-9)


def exact_p(counts):
    """X² permutation p-value of a 2 x c table by going through every table of its margins."""
    table = np.array(counts)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    expected = np.outer(rows, columns) / table.sum()
    observed = ((table - expected) ** 2 / expected).sum()
    p = 0.0
    for first in product(*(range(column + 1) for column in columns)):
        if sum(first) == rows[0]:
            drawn = np.array([first, columns - np.array(first)])
            ways = math.prod(math.comb(int(c), f) for c, f in zip(columns, first, strict=True))
            beyond = ((drawn - expected) ** 2 / expected).sum() >= observed - 1e-9
            p += beyond * ways / math.comb(int(table.sum()), int(rows[0]))
    return p


def test_a_larger_sparse_table_is_tested_by_permutations_near_the_exact_p():
    counts = [[5, 1, 3], [0, 6, 4]]

    found = of_counts(counts)

    assert (found.method, found.permutations) == (AssociationMethod.PERMUTATION, 9_999)
    assert found.p == pytest.approx(exact_p(counts), abs=0.01)


def test_the_same_seed_permutes_alike():
    rules = Significance(permutations=99, seed=3)

    assert of_counts([[5, 1, 3], [0, 6, 4]], significance=rules) == of_counts(
        [[5, 1, 3], [0, 6, 4]], significance=rules
    )


def test_a_fifth_of_the_cells_below_five_is_not_yet_sparse():
    # 2 of 10 expected counts are 4, the others 20.
    found = of_counts([[20, 20, 20, 20, 4], [20, 20, 20, 20, 4]])

    assert (found.share_below_five, found.sparse) == (0.2, False)


def test_an_expected_count_of_five_is_not_below_five():
    assert of_counts([[10, 0], [0, 10]]).share_below_five == 0


def test_an_expected_count_below_one_is_sparse():
    found = of_counts([[1, 0, 0], [300, 200, 100]])

    assert (found.least_expected < 1, found.sparse) == (True, True)


def test_a_group_of_four_is_refused_by_name():
    found = of_counts([[20, 2], [20, 2]])

    assert (found.reason, found.small_groups, found.p) == (Reason.TOO_FEW_PER_GROUP, ("c1",), None)


def test_a_group_of_one_is_refused_and_not_passed_over():
    assert of_counts([[20, 20, 1], [20, 20, 0]]).small_groups == ("c2",)


def test_the_least_group_may_be_chosen():
    rules = Significance(least_per_group=2)

    assert of_counts([[20, 2], [20, 2]], significance=rules).p == 1.0


def test_a_refused_table_has_no_residuals():
    together = crosstab(*laid_out([[20, 2], [20, 2]])).together

    assert numbers(together, "residual") == [[None, None], [None, None]]


def test_empty_categories_do_not_count_as_groups():
    with_empty = of_counts([[30, 0, 10], [0, 0, 0], [20, 0, 40]])

    assert (with_empty.statistic, with_empty.df) == (of_counts(PLAIN).statistic, 1.0)


def test_residuals_of_empty_categories_are_blank():
    together = crosstab(*laid_out([[30, 0, 10], [20, 0, 40]])).together

    assert [row[1].residual for row in together.cells] == [None, None]


@pytest.mark.parametrize(
    ("counts", "reason"),
    [([[30, 20], [0, 0]], Reason.CONSTANT), ([[30, 0], [20, 0]], Reason.ONE_GROUP)],
)
def test_a_constant_has_no_test(counts, reason):
    assert of_counts(counts).reason is reason


def test_one_respondent_has_no_test():
    assert of_counts([[1, 0], [0, 0]]).reason is Reason.CONSTANT


# Weighted and designed data


def test_equal_weights_divide_pearson_by_the_design_effect_of_sampling_with_replacement():
    # V is (diag p - pp')/(n - 1), so D is the identity times n/(n - 1): F = X² (n - 1)/n / df.
    counts = [[12, 25, 31], [18, 22, 19], [30, 11, 9]]

    found = of_counts(counts, design=sample_design(np.full(177, 2.5)))

    assert [found.statistic, found.df, found.df2] == pytest.approx(
        [of_counts(counts).statistic * 176 / 177 / 4, 4.0, 4.0 * 176], rel=1e-9
    )


def test_respondents_repeated_within_clusters_add_nothing():
    # Each of P clusters holds m alike: V is (diag p - pp')/(P - 1), so D is mP/(P - 1).
    axes = laid_out(PLAIN, times=4)
    design = sample_design(np.ones(400), clusters=np.repeat(np.arange(100), 4))

    found = association(*axes, design=design)

    assert [found.statistic, found.df, found.df2] == pytest.approx([50 / 3 * 99 / 100, 1.0, 99.0])


def test_clusters_of_one_row_are_rows():
    rng = np.random.default_rng(11)
    axes = (
        Coded("r", ("a", "b"), rng.integers(0, 2, 300)),
        Coded("c", ("x", "y"), rng.integers(0, 2, 300)),
    )
    weights = rng.uniform(0.5, 3, 300)

    rows = association(*axes, design=sample_design(weights))
    clusters = crosstab(
        *axes, design=sample_design(weights, clusters=np.arange(300))
    ).together.associations[0]

    assert [clusters.statistic, clusters.p] == pytest.approx([rows.statistic, rows.p], rel=1e-9)


def test_the_scale_of_the_weights_does_not_matter():
    axes, weights = laid_out(PLAIN), np.linspace(1, 3, 100)

    small = association(*axes, design=sample_design(weights))
    large = association(*axes, design=sample_design(weights * 1_000))

    assert large.p == pytest.approx(small.p, rel=1e-9)


def test_weighted_residuals_are_the_deviation_over_its_linearised_error():
    # One cell against the rest: the mean of (I_r - p_r)(I_c - p_c) less its gradient in the margins.
    axes, weights = laid_out(PLAIN), np.linspace(1, 3, 100)
    w = weights / weights.sum()
    first, second = axes[0].codes == 0, axes[1].codes == 0
    p_r, p_c, p = w @ first, w @ second, w @ (first & second)
    z = w * ((first & second) - p - p_c * (first - p_r) - p_r * (second - p_c))
    error = math.sqrt(100 / 99 * (z**2).sum())

    together = crosstab(*axes, design=sample_design(weights)).together

    assert together.cells[0][0].residual == pytest.approx((p - p_r * p_c) / error, rel=1e-9)


def test_the_denominator_counts_clusters_less_strata():
    axes = laid_out(PLAIN)
    clusters = np.random.default_rng(2).permutation(np.arange(100) % 20)
    design = sample_design(np.ones(100), clusters=clusters, strata=clusters % 4)

    found = association(*axes, design=design)

    assert found.df2 == pytest.approx(found.df * 16)


def test_a_census_has_no_sampling_error_to_test_against():
    assert (
        of_counts(PLAIN, design=sample_design(np.ones(100), population=100)).reason is Reason.CENSUS
    )


def test_two_clusters_leave_one_degree_of_freedom():
    clusters = np.random.default_rng(2).integers(0, 2, 100)

    found = of_counts(PLAIN, design=sample_design(np.ones(100), clusters=clusters))

    assert (found.reason, found.df2) == (None, found.df)


def test_weighted_layers_are_domains_of_the_whole_sample():
    rng = np.random.default_rng(8)
    rows, columns, layers = (Coded(name, ("a", "b"), rng.integers(0, 2, 400)) for name in "rcl")
    weights = rng.uniform(1, 4, 400)
    design = sample_design(weights, strata=np.arange(400) % 4)
    alone = [np.where(layers.codes == layer, rows.codes, -1) for layer in (0, 1)]

    sheets = crosstab(rows, columns, layers, design=design).sheets

    expected = [
        association(Coded("r", ("a", "b"), codes), columns, design=design) for codes in alone
    ]
    assert column_of([sheet.associations[0] for sheet in sheets], "statistic") == pytest.approx(
        column_of(expected, "statistic")
    )


def test_one_cluster_leaves_no_degrees_of_freedom():
    design = sample_design(np.ones(100), clusters=np.zeros(100, int), population=1)

    assert of_counts(PLAIN, design=design).reason is Reason.TOO_FEW_CLUSTERS


# Families of tests


def test_several_answers_are_tested_option_by_option():
    rng = np.random.default_rng(3)
    media = Ticked("media", ("a", "b", "c"), rng.random((200, 3)) < 0.4, np.zeros(200, int))
    region = Coded("region", ("n", "s"), rng.integers(0, 2, 200))

    found = crosstab(media, region).together.associations

    assert [(one.row, one.column, one.df, one.tests) for one in found] == [
        ("a", None, 1.0, 3),
        ("b", None, 1.0, 3),
        ("c", None, 1.0, 3),
    ]


def test_an_option_is_tested_against_not_ticking_it():
    rng = np.random.default_rng(3)
    ticks = rng.random((200, 2)) < 0.4
    groups = rng.integers(0, 3, 200)
    region = Coded("region", ("n", "m", "s"), groups)

    found = crosstab(Ticked("media", ("a", "b"), ticks, np.zeros(200, int)), region).together

    alone = crosstab(Coded("a", ("ticked", "not"), 1 - ticks[:, 0].astype(int)), region).together
    assert found.associations[0].statistic == alone.associations[0].statistic
    assert numbers(found, "residual")[0] == numbers(alone, "residual")[0]


def test_weighted_options_are_tested_against_not_ticking_them_too():
    rng = np.random.default_rng(3)
    ticks = rng.random((200, 2)) < 0.4
    region = Coded("region", ("n", "s"), rng.integers(0, 2, 200))
    design = sample_design(rng.uniform(1, 4, 200))

    found = crosstab(region, Ticked("m", ("a", "b"), ticks, np.zeros(200, int)), design=design)

    second = Coded("b", ("ticked", "not"), 1 - ticks[:, 1].astype(int))
    alone = crosstab(region, second, design=design).together
    assert found.together.associations[1].statistic == alone.associations[0].statistic
    assert [row[1].residual for row in found.together.cells] == [
        row[0].residual for row in alone.cells
    ]


def test_p_values_of_layers_are_adjusted_together():
    rng = np.random.default_rng(8)
    axes = [Coded(name, ("a", "b"), rng.integers(0, 2, 400)) for name in "rcl"]

    sheets = crosstab(*axes, significance=Significance(adjustment=Adjustment.HOLM)).sheets

    tested = [sheet.associations[0] for sheet in sheets]
    p, adjusted = (sorted(column_of(tested, name)) for name in ("p", "p_adjusted"))
    assert adjusted == pytest.approx([min(1, 2 * p[0]), max(min(1, 2 * p[0]), p[1])])


def test_a_refused_layer_is_not_counted_among_the_tests():
    rng = np.random.default_rng(8)
    rows, columns = (Coded(name, ("a", "b"), rng.integers(0, 2, 403)) for name in "rc")
    layers = Coded("l", ("x", "y", "z"), np.r_[np.arange(400) % 2, 2, 2, 2])

    sheets = crosstab(rows, columns, layers).sheets

    assert [sheet.associations[0].tests for sheet in sheets] == [2, 2, 2]


def test_a_stratified_sample_with_known_population_is_tested_as_r_tests_it():
    # Package survey of R, svychisq(~stype + awards) on apistrat with weights and fpc: F = 14.1694082305841,
    # ndf = 1.88513588010282, ddf = 371.371768380256, p = 2.08210852324867e-06.
    schools = {"E": (27, 73), "H": (34, 16), "M": (26, 24)}
    population = {"E": 4421, "H": 755, "M": 1018}
    axes = laid_out(list(schools.values()))
    types = np.array(list(schools))[axes[0].codes]
    weights = [population[kind] / sum(schools[kind]) for kind in types]

    found = association(*axes, design=sample_design(weights, strata=types, population=population))

    assert [found.statistic, found.df, found.df2, found.p] == pytest.approx(
        [14.1694082305841, 1.88513588010282, 371.371768380256, 2.08210852324867e-06], rel=1e-11
    )

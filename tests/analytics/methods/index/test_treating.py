"""Outliers, after the rules of the handbook."""

import numpy as np
import pytest
from scipy import stats

from analytics.definitions import Reason
from analytics.definitions.specs import Treatment
from analytics.definitions.vocabulary import TreatmentMethod
from analytics.methods.index import kurtosis, skewness, transform, treat, winsorise

NAN = np.nan
OUTLYING = np.array([*np.arange(1.0, 21), 400.0])
WINSORISE = Treatment(method=TreatmentMethod.WINSORISE)


def test_skewness_and_kurtosis_are_those_of_a_spreadsheet():
    values = np.array([2.0, 8, 0, 4, 1, 9, 9, 0, NAN])

    assert skewness(values) == pytest.approx(stats.skew(values[:-1], bias=False), rel=1e-13)
    assert kurtosis(values) == pytest.approx(stats.kurtosis(values[:-1], bias=False), rel=1e-13)


def test_too_few_values_and_constant_ones_have_neither():
    assert skewness(np.array([1.0, 2])) is None
    assert kurtosis(np.array([1.0, 2, 5])) is None
    assert skewness(np.full(9, 5.1)) is None
    assert skewness(np.array([])) is None


def test_an_indicator_passes_on_one_of_the_two():
    skewed = np.array([0.0] * 12 + [1.0] * 2 + [1.1, 1.2, 0.9])

    assert treat("a", skewed, WINSORISE)[1].method is TreatmentMethod.NONE


def test_the_highest_is_drawn_in_until_it_passes():
    moved, high, low = winsorise(OUTLYING, WINSORISE)

    assert (high, low) == (1, 0)
    assert moved.tolist() == [*range(1, 21), 20]


def test_the_lowest_is_drawn_in_where_the_skewness_is_negative():
    moved, high, low = winsorise(-OUTLYING, WINSORISE)

    assert (high, low) == (0, 1)
    assert (-moved).tolist() == [*range(1, 21), 20]


def test_ties_move_together_and_may_pass_the_most():
    values = np.array([*np.arange(1.0, 61), 4000.0, 4000.0])
    moved, high, _ = winsorise(values, Treatment(method=TreatmentMethod.WINSORISE, most_points=1))

    assert high == 2
    assert moved.max() == 60


def test_it_stops_at_the_most_points_and_takes_logarithms_of_the_untreated():
    values = np.exp(np.arange(0.0, 14, 0.5))
    spec = Treatment(method=TreatmentMethod.WINSORISE, most_points=1)

    treated, note = treat("a", values, spec)

    edge = 0.01 * np.ptp(values)
    assert note.method is TreatmentMethod.LOG
    assert treated == pytest.approx(np.log(values - values.min() + edge))
    assert note.skewness_before == pytest.approx(skewness(values))
    assert note.skewness_after == pytest.approx(skewness(treated))


@pytest.mark.parametrize(
    ("method", "power", "expected"),
    [
        ("log", 0.0, lambda x: np.log(x - 1 + 0.01 * 8)),
        ("log_plus", 0.0, lambda x: np.log(x - 1 + 0.01 * 8)),
        ("log_shifted", 0.0, np.log),
        ("box_cox", 0.0, np.log),
        ("box_cox", 0.5, lambda x: (x**0.5 - 1) / 0.5),
    ],
)
def test_each_transformation_is_its_formula(method, power, expected):
    values = np.array([1.0, 2, 3, NAN, 9])

    found = transform(values, TreatmentMethod(method), power)

    assert found == pytest.approx(expected(values), nan_ok=True)


def test_log_plus_mirrors_a_negative_skewness():
    values = -np.array([1.0, 2, 3, 9])

    assert transform(values, TreatmentMethod.LOG_PLUS) == pytest.approx(-np.log(-1 + 0.08 - values))


def test_a_constant_indicator_is_left_and_named():
    values = np.full(30, 7.0)
    treated, note = treat("a", values, WINSORISE)

    assert treated.tolist() == values.tolist()
    assert note.reason is Reason.CONSTANT


def test_an_item_of_a_scale_is_never_treated():
    values = np.array([0.0] * 40 + [5.0])

    assert treat("a", values, WINSORISE)[1].reason is Reason.FEW_LEVELS


def test_few_units_are_no_item_of_a_scale():
    values = np.array([1.0, 2, 3, 4, 5, 6, 7, 900])
    treated, note = treat("a", values, WINSORISE)

    assert note.reason is None
    assert treated.tolist() == [1, 2, 3, 4, 5, 6, 7, 7]


def test_what_would_become_constant_is_left():
    values = np.array([0.0] * 40 + [5.0])
    treated, note = treat("a", values, Treatment(method=TreatmentMethod.WINSORISE, few_levels=0))

    assert treated.tolist() == values.tolist()
    assert note.reason is Reason.BECAME_CONSTANT


def test_what_fails_still_is_named():
    spec = Treatment(
        method=TreatmentMethod.WINSORISE, most_points=1, then=TreatmentMethod.NONE, few_levels=0
    )
    note = treat("a", np.exp(np.arange(0.0, 14, 0.5)), spec)[1]

    assert note.reason is Reason.STILL_OUTLYING
    assert (note.method, note.high) == (TreatmentMethod.WINSORISE, 1)


def test_gaps_stay_gaps():
    treated, _ = treat("a", np.append(OUTLYING, NAN), WINSORISE)

    assert np.isnan(treated).tolist() == [False] * 21 + [True]


def test_a_skewness_of_exactly_two_reaches_it_in_any_order():
    spec = Treatment(method=TreatmentMethod.BOX_COX, few_levels=0)

    methods = [treat("a", np.roll([0.0, 0, 0, 1], turn), spec)[1].method for turn in range(4)]

    assert methods == [TreatmentMethod.BOX_COX] * 4

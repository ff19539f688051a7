"""Every way onto the scale, by hand; with its constants, gaps, ties and directions."""

import numpy as np
import pytest

from analytics.definitions import IndicatorDefinition, Reason, read
from analytics.definitions.vocabulary import Direction
from analytics.methods.index import Grid, IndexRefused, Scale, compute, normalise
from tests.analytics.definitions.example import plain
from tests.analytics.methods.index.test_running import units

NAN = np.nan


def scale(direction="up", spec=None, units=None, **indicator):
    document = plain(scale=[0, 1], normalisation=spec or {"method": "min_max"})
    document["indicators"][0] = {"code": "a", "direction": direction, **indicator}
    definition = read(document)
    assert isinstance(definition.indicators[0], IndicatorDefinition)
    return Scale.of(definition, definition.indicators[0], units)


def placed(column, direction="up", units=None, **spec):
    indicator = {key: spec.pop(key) for key in ("goalposts", "target", "reference") if key in spec}
    result = normalise(
        Grid.of(np.array(column, dtype=float)[:, None]),
        [scale(direction, spec, units, **indicator)],
    )
    return result.grid.values[:, 0].tolist(), [each.reason for each in result.warnings]


def values(column, direction="up", **spec):
    return placed(column, direction, **spec)[0]


COLUMN = [2, 4, 10]


@pytest.mark.parametrize(
    ("spec", "up", "down"),
    [
        ({"method": "min_max"}, [0, 0.25, 1], [1, 0.75, 0]),
        ({"method": "min_max", "range": [1, 101]}, [1, 26, 101], [101, 76, 1]),
        ({"method": "goalposts", "goalposts": [4, 8]}, [0, 0, 1], [1, 1, 0]),
        (
            {"method": "goalposts", "goalposts": [4, 8], "clip": False},
            [-0.5, 0, 1.5],
            [1.5, 1, -0.5],
        ),
        ({"method": "rank"}, [1, 2, 3], [3, 2, 1]),
        ({"method": "borda"}, [0, 1, 2], [2, 1, 0]),
        ({"method": "percentile"}, [0, 0.5, 1], [1, 0.5, 0]),
        ({"method": "distance_to_best"}, [0, 0.25, 1], [1, 0.75, 0]),
        ({"method": "distance_to_target", "target": 6}, [0, 0.5, 2], [2, 1.5, 0]),
        ({"method": "distance_to_target", "target": 6, "cap": True}, [0, 0.5, 1], [1, 1, 0]),
        ({"method": "fraction_of_best"}, [0.2, 0.4, 1], [1, 0.5, 0.2]),
        ({"method": "scaled", "source": [0, 20], "factor": 100}, [10, 20, 50], [90, 80, 50]),
        ({"method": "points"}, [2, 4, 10], None),
        ({"method": "bands", "thresholds": [4, 10], "values": [0, 1, 2]}, [0, 1, 2], [0, 1, 2]),
        (
            {"method": "bands", "thresholds": [4, 10], "values": [0, 1, 2], "inclusive": "upper"},
            [0, 0, 1],
            [0, 0, 1],
        ),
        (
            {"method": "bands", "thresholds": [0.5], "values": [1, 4], "of": "percentile"},
            [1, 4, 4],
            [4, 4, 1],
        ),
    ],
)
def test_each_method_is_its_formula_in_both_directions(spec, up, down):
    assert values(COLUMN, "up", **spec) == pytest.approx(up, abs=1e-14)
    if down is not None:
        assert values(COLUMN, "down", **spec) == pytest.approx(down, abs=1e-14)


def test_z_has_the_mean_and_standard_deviation_it_is_given():
    found = np.array(values(COLUMN, method="z", mean=50.0, sd=10.0))

    assert found.mean() == pytest.approx(50)
    assert found.std(ddof=1) == pytest.approx(10)
    assert values(COLUMN, "down", method="z") == pytest.approx(
        [-each for each in values(COLUMN, method="z")]
    )


def test_a_reference_unit_is_one():
    spec = {"method": "distance_to_reference", "reference": "B", "units": {"A": 0, "B": 1}}

    assert values(COLUMN, **spec) == [0, 1, 4]
    assert values(COLUMN, "down", **spec) == pytest.approx([4 / 3, 1, 0])
    assert values(COLUMN, cap=True, **spec) == [0, 1, 1]


def test_without_its_reference_nobody_has_a_value():
    spec = {"method": "distance_to_reference", "reference": "B", "units": {"A": 0, "B": 1}}
    found, reasons = placed([2, NAN, 10], **spec)

    assert np.isnan(found).all()
    assert reasons == [Reason.NO_REFERENCE]


@pytest.mark.parametrize("method", ["min_max", "z", "distance_to_best"])
def test_a_constant_column_is_left_out_by_name(method):
    found, reasons = placed([5, 5, NAN], method=method)

    assert np.isnan(found).all()
    assert reasons == [Reason.CONSTANT]


def test_a_column_constant_to_twelve_digits_is_constant():
    assert placed([0.1 + 0.2, 0.3])[1] == [Reason.CONSTANT]


@pytest.mark.parametrize("method", ["min_max", "z", "distance_to_best"])
def test_a_spread_that_is_no_figure_is_named(method):
    found, reasons = placed([1e308, -1e308, 1], method=method)

    assert np.isnan(found).all()
    assert reasons == [Reason.NOT_COMPUTABLE]


def test_a_spread_that_is_no_figure_has_its_ranks():
    assert placed([1e308, -1e308, 1], method="rank") == ([3, 1, 2], [])


def test_a_constant_column_can_have_a_fixed_value():
    found, reasons = placed([5, 5, NAN], method="min_max", constant="fixed", constant_value=0.5)

    assert found[:2] == [0.5, 0.5]
    assert np.isnan(found[2])
    assert reasons == [Reason.CONSTANT]


def test_a_constant_column_can_be_refused_by_name():
    with pytest.raises(IndexRefused) as refusal:
        placed([5, 5], method="min_max", constant="refuse")

    assert [(one.reason, one.element) for one in refusal.value.warnings] == [(Reason.CONSTANT, "a")]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"method": "rank"}, [1, 1]),
        ({"method": "borda"}, [0, 0]),
        ({"method": "percentile"}, [0, 0]),
        ({"method": "fraction_of_best"}, [1, 1]),
        ({"method": "goalposts", "goalposts": [0, 10]}, [0.5, 0.5]),
        ({"method": "scaled"}, [5, 5]),
    ],
)
def test_methods_that_a_constant_column_cannot_upset(spec, expected):
    assert placed([5, 5], **spec) == (expected, [])


@pytest.mark.parametrize("method", ["min_max", "z", "rank", "percentile", "fraction_of_best"])
def test_a_column_without_any_figure_is_named(method):
    found, reasons = placed([NAN, NAN], method=method)

    assert np.isnan(found).all()
    assert reasons == [Reason.NO_DATA]


def test_one_unit_has_no_percentile():
    assert placed([5], method="percentile")[1] == [Reason.CONSTANT]


def test_ties_share_the_least_of_their_places():
    assert values([1, 0.1 + 0.2, 0.3, 5], method="rank") == [3, 1, 1, 4]
    assert values([NAN, 2, 1], method="rank")[1:] == [2, 1]


def test_a_target_at_the_worst_value_places_nobody():
    assert placed([2, 4], method="distance_to_target", target=2)[1] == [Reason.TARGET_AT_END]
    assert placed([2, 4], "down", method="distance_to_target", target=4)[1] == [
        Reason.TARGET_AT_END
    ]


def test_a_target_beyond_the_worst_value_is_named():
    found, reasons = placed([2, 4], method="distance_to_target", target=1)

    assert found == [0, -2]
    assert reasons == [Reason.TARGET_BELOW_MINIMUM]


def test_a_fraction_needs_a_ratio_scale():
    assert placed([-2, 0], method="fraction_of_best")[1] == [Reason.NOT_POSITIVE]
    assert placed([0, 2], "down", method="fraction_of_best")[1] == [Reason.NOT_POSITIVE]


def test_a_threshold_is_met_to_twelve_digits():
    assert values([0.1 + 0.2, 0.1], method="bands", thresholds=[0.3], values=[0, 1]) == [1, 0]


def test_the_scale_of_another_round_places_this_one():
    document = plain(normalisation={"method": "min_max"})
    before = compute(read(document), units(a=[0, 10], b=[0, 5], c=[0, 100]))
    after = compute(
        read(document), units(a=[5, 20], b=[0, 5], c=[0, 100]), parameters=before.parameters
    )

    assert after.normalised.column("a").tolist() == [50, 200]


def test_an_excluded_constant_takes_nothing_from_coverage():
    tables = compute(
        read(plain(normalisation={"method": "min_max"})), units(a=[5, 5], b=[0, 1], c=[0, 1])
    )

    assert tables.coverage.value("A", "p") == 1
    assert tables.scores.column("p").tolist() == [100, 0]
    assert tables.normalised.reason("A", "a") is Reason.CONSTANT


def test_directions_are_two():
    assert [each.value for each in Direction] == ["up", "down"]

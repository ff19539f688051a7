"""Options of a Monte Carlo run that cannot work are told of before any figure is seen."""

import pytest

from analytics.definitions import Severity, check, read
from tests.analytics.definitions.example import plain


def problems(**uncertainty):
    return [
        (problem.code, problem.path, problem.severity)
        for problem in check(read(plain(uncertainty=uncertainty)))
    ]


def test_options_that_work_are_no_problem():
    assert problems(normalisation=[{"method": "rank"}], aggregation=[{"method": "minimum"}]) == []


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ({"method": "distance_to_target"}, "target_missing"),
        ({"method": "distance_to_reference"}, "reference_missing"),
        ({"method": "scaled", "source": [5, 5]}, "goalposts_equal"),
        ({"method": "min_max", "constant": "fixed"}, "value_missing"),
    ],
)
def test_a_normalisation_that_cannot_work_is_an_error_at_its_option(option, code):
    options = [{"method": "rank"}, option]

    assert problems(normalisation=options) == [
        (code, "$.uncertainty.normalisation[1]", Severity.ERROR)
    ]


def test_a_power_of_zero_is_an_error_at_its_option():
    assert ("power_zero", "$.uncertainty.aggregation[0]", Severity.ERROR) in problems(
        aggregation=[{"method": "power", "power": 0}]
    )


def test_a_geometric_option_on_a_scale_from_zero_is_a_warning():
    assert problems(aggregation=[{"method": "geometric"}]) == [
        ("scale_reaches_zero", "$.uncertainty.aggregation[0]", Severity.WARNING)
    ]

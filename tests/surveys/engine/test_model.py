"""What the model says about itself."""

import pytest

from surveys.engine import Indicator


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ({"vi": "%"}, True),
        ({"vi": "%", "en": "per cent"}, True),
        ({"vi": "điểm", "en": "points"}, False),
        ({}, False),
    ],
)
def test_an_indicator_in_the_unit_of_the_percent_sign_is_a_share(unit, expected):
    assert Indicator(code="T1", label={}, unit=unit).is_percent is expected

"""What the model says about itself."""

from dataclasses import replace

import pytest

from surveys.engine import Indicator, Kind, Question


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


def test_definitions_that_differ_in_hidden_ids_alone_are_equal():
    question = Question(name="staff", kind=Kind.INTEGER)

    assert replace(question, uid="k3v9") == question

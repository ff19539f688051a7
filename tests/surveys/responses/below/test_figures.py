"""The arithmetic of rolling up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.engine import Kind
from surveys.questionnaires.prefill import Below, BelowFigure
from surveys.responses.below.figures import RolledUp, roll_up

STAFF = BelowFigure("staff", "staff", Below.SUM, Kind.INTEGER)
CELL = BelowFigure("t/r1/total", "t/r1/number", Below.SUM, Kind.DECIMAL)
MEAN = BelowFigure("share", "share", Below.MEAN, Kind.DECIMAL)
MEAN_OF_WHOLES = BelowFigure("age", "age", Below.MEAN, Kind.INTEGER)


@pytest.mark.parametrize(
    ("figure", "documents", "rolled"),
    [
        (STAFF, [{"staff": "3"}, {"staff": "4"}], ("7", 2)),
        (STAFF, [{"staff": "3"}, {}], ("3", 1)),
        (STAFF, [{"staff": None}, {"staff": ""}, {"staff": "nhiều"}, {"staff": ["1"]}], ("", 0)),
        (STAFF, [{"staff": "0"}, {"staff": "0"}], ("0", 2)),
        (STAFF, [{"staff": "NaN"}, {"staff": "Infinity"}], ("", 0)),
        (CELL, [{"t": {"r1": {"number": "1.25"}}}, {"t": {"r2": {"number": "9"}}}], ("1.25", 1)),
        (CELL, [{"t": "x"}, {"t": {"r1": "y"}}], ("", 0)),
        (MEAN, [{"share": "1"}, {"share": "2"}, {"share": "2"}], ("1.67", 3)),
        (MEAN_OF_WHOLES, [{"age": "1"}, {"age": "2"}], ("2", 2)),
    ],
)
def test_a_figure_rests_on_those_that_gave_one(figure, documents, rolled):
    value, count = rolled

    assert roll_up([figure], documents, expected=5) == [RolledUp(figure.path, value, count, 5)]


@given(st.lists(st.decimals(-(10**12), 10**12, places=3)))
def test_a_sum_is_exact(numbers):
    documents = [{"staff": f"{number:f}"} for number in numbers]

    (rolled,) = roll_up([STAFF], documents, expected=len(numbers))

    assert Decimal(rolled.value or "0") == sum(numbers, Decimal(0))
    assert rolled.given == len(numbers)

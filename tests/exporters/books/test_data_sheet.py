"""Values as typed cells."""

from datetime import date

import pytest

from analytics.dataset import Measure, Variable
from exporters.books.data_sheet import value_cell

DAY = Variable(name="g4_date", path="g4_date", label=(), number="", measure=Measure.DATE)


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("1900-03-01", date(1900, 3, 1)),
        ("1900-02-28", "1900-02-28"),
        ("0001-01-01", "0001-01-01"),
    ],
)
def test_a_day_that_spreadsheets_get_wrong_stands_as_text(stored, written):
    assert value_cell(stored, DAY).value == written

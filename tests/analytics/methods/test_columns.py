"""Columns of numbers."""

import numpy as np
import pytest

from analytics.methods.columns import numbers, present, table
from analytics.methods.index.ranking import significant


def test_none_is_missing():
    assert np.isnan(numbers([None, 1])).tolist() == [True, False]


@pytest.mark.parametrize("values", [["3", "4"], [3, "KAD"], np.array(["x"], dtype=object)])
def test_text_in_a_number_is_refused(values):
    with pytest.raises(ValueError, match="text"):
        numbers(values)


def test_an_infinite_value_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        numbers([1, np.inf])


def test_present_values_keep_their_order():
    assert present([3, None, 1]).tolist() == [3, 1]


def test_a_table_of_nothing_is_empty():
    assert table({}).shape == (0, 0)


def test_values_that_print_the_same_become_the_same():
    found = significant(np.array([0.1 + 0.2, 0.3, 0.0, -1234.5678901234567, np.nan]))

    assert (found[0] == found[1], found[2], found[3]) == (True, 0, -1234.56789012)

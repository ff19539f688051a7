"""Results as plain Python."""

from dataclasses import dataclass

import numpy as np
import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.plain import plain


@dataclass(frozen=True)
class Figure:
    value: float | None
    reason: Reason | None
    parts: tuple[int, ...]


def test_a_result_becomes_dicts_lists_and_texts():
    assert plain({"a": Figure(None, Reason.NO_DATA, (1, 2))}) == {
        "a": {"value": None, "reason": "NO_DATA", "parts": [1, 2]}
    }


def test_a_number_of_numpy_is_refused():
    with pytest.raises(TypeError, match="float64"):
        plain(np.float64(1))

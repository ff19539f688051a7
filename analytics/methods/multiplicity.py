"""Adjusting p-values for the number of tests shown together."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Adjustment(StrEnum):
    """How p-values of one table are adjusted."""

    NONE = "none"
    HOLM = "holm"
    HOCHBERG = "hochberg"
    BENJAMINI_HOCHBERG = "benjamini_hochberg"


def adjusted(
    p_values: Sequence[float | None], method: Adjustment = Adjustment.HOLM
) -> tuple[float | None, ...]:
    """The adjusted p-values in the order given; None (a test not made) stays None and is not counted.

    Holm (1979, Scandinavian Journal of Statistics 6:65) for planned comparisons, Hochberg (1988,
    Biometrika 75:800) where the tests are independent or positively dependent, Benjamini & Hochberg
    (1995, JRSS B 57:289; the false discovery rate) for screening.

    Raises ValueError for a value outside of 0..1.
    """
    made = [p for p in p_values if p is not None]
    if any(not 0 <= p <= 1 for p in made):
        raise ValueError("a p-value lies outside of 0..1")
    results = iter(_METHODS[method](np.array(made, dtype=np.float64)).tolist())
    return tuple(None if p is None else next(results) for p in p_values)


def _none(p_values: Floats) -> Floats:
    return p_values


def _holm(p_values: Floats) -> Floats:
    order = np.argsort(p_values, kind="stable")
    stepped = (len(p_values) - np.arange(len(p_values))) * p_values[order]
    return _back(np.maximum.accumulate(stepped), order)


def _hochberg(p_values: Floats) -> Floats:
    order = np.argsort(-p_values, kind="stable")
    stepped = np.arange(1, len(p_values) + 1) * p_values[order]
    return _back(np.minimum.accumulate(stepped), order)


def _benjamini_hochberg(p_values: Floats) -> Floats:
    count = len(p_values)
    order = np.argsort(-p_values, kind="stable")
    stepped = count / np.arange(count, 0, -1) * p_values[order]
    return _back(np.minimum.accumulate(stepped), order)


def _back(stepped: Floats, order: NDArray[np.intp]) -> Floats:
    result = np.empty_like(stepped)
    result[order] = np.minimum(stepped, 1.0)
    return result


_METHODS: Final[dict[Adjustment, Callable[[Floats], Floats]]] = {
    Adjustment.NONE: _none,
    Adjustment.HOLM: _holm,
    Adjustment.HOCHBERG: _hochberg,
    Adjustment.BENJAMINI_HOCHBERG: _benjamini_hochberg,
}

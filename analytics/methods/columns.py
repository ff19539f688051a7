"""Columns of numbers as the methods take them."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Values = ArrayLike | Sequence[float | None]


def numbers(values: Values) -> Floats:
    """(n,) float64; None and NaN are missing and become NaN.

    Raises ValueError for text, which is a missing code or a mistake that the caller must decide on, for
    an infinite value and for anything that is not one column.
    """
    column = np.asarray(values)
    if column.dtype.kind in "US" or any(isinstance(value, str) for value in _objects(column)):
        raise ValueError("a column of numbers holds text")
    found = column.astype(np.float64)
    if found.ndim != 1:
        raise ValueError("a column of numbers has one dimension")
    if np.any(np.isinf(found)):
        raise ValueError("a column of numbers holds an infinite value")
    return found


def present(values: Values) -> Floats:
    """The numbers that are not missing."""
    column = numbers(values)
    return column[~np.isnan(column)]


def table(columns: Mapping[str, Values]) -> Floats:
    """(n, k) of the columns in order. Raises ValueError where they differ in length."""
    found = [numbers(values) for values in columns.values()]
    if len({len(column) for column in found}) > 1:
        raise ValueError("the columns differ in length")
    return np.column_stack(found) if found else np.empty((0, 0))


def _objects(column: "np.ndarray[tuple[int, ...], np.dtype[np.generic]]") -> list[object]:
    return list(column.ravel()) if column.dtype.kind == "O" else []

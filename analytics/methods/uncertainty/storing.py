"""Arrays that may be larger than the memory they should take."""

import tempfile
from math import prod
from typing import Any, Final

import numpy as np
from numpy.typing import DTypeLike, NDArray

MOST_IN_MEMORY: Final = 64 * 2**20
"""Bytes of one array; beyond, it lies in a temporary file."""


def stored(shape: tuple[int, int], dtype: DTypeLike) -> NDArray[Any]:
    """An array in memory, or in a file without a name that goes away with it. Not initialised."""
    if prod(shape) * np.dtype(dtype).itemsize <= MOST_IN_MEMORY:
        return np.empty(shape, dtype)
    with tempfile.TemporaryFile() as file:
        return np.memmap(file, dtype=dtype, mode="w+", shape=shape)

"""How scores are written."""

from math import floor, log10
from typing import Final

FIGURES: Final = 3
"""Significant figures of the widest score: 63.4 of 100, 634 of 1000."""

OF_ONE: Final = 4
"""Decimals of a score between 0 and 1, as the DTI is published."""


def decimals(low: float, high: float) -> int:
    """How many decimals a score has that can be anything between the two."""
    # A hair less, so that 100 counts to what is below it.
    widest = max(abs(low), abs(high), 1e-6) / 1.0000001
    if widest <= 1:
        return max(OF_ONE, FIGURES - 1 - floor(log10(widest)))
    return max(0, FIGURES - 1 - floor(log10(widest)))

"""Quasi-arithmetic means, f(Y) = sum w f(x), and the exact slopes by which their change is shared out.

Arithmetic (f = x), geometric (ln x), harmonic (1/x) and power means (x**p) are all of this kind, so one
identity decomposes each of them. The slope of f between two values is what makes it exact; for the
geometric mean it is the reciprocal of the logarithmic mean (Ang 2005, LMDI-I, Energy Policy 33).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class MeanKind(StrEnum):
    """How the children of a node become its value."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"
    POWER = "power"


@dataclass(frozen=True, slots=True)
class Mean:
    """A kind of mean; ``power`` is read for power means only and is never 0."""

    kind: MeanKind = MeanKind.ARITHMETIC
    power: float = 1.0

    def __post_init__(self) -> None:
        """Raise ValueError for a power of 0, whose limit is the geometric mean."""
        if self.kind is MeanKind.POWER and self.power == 0:
            raise ValueError("A power mean needs a power other than 0; its limit is geometric.")

    @property
    def exponent(self) -> float | None:
        """The p of x**p; None for the logarithm."""
        match self.kind:
            case MeanKind.ARITHMETIC:
                return 1.0
            case MeanKind.GEOMETRIC:
                return None
            case MeanKind.HARMONIC:
                return -1.0
            case MeanKind.POWER:
                return self.power

    def allows(self, values: Floats) -> NDArray[np.bool_]:
        """Where f is defined: everywhere for p = 1, from 0 on for p > 0, above 0 otherwise."""
        exponent = self.exponent
        if exponent == 1.0:
            return np.isfinite(values)
        if exponent is not None and exponent > 0:
            return np.isfinite(values) & (values >= 0)
        return np.isfinite(values) & (values > 0)

    def transformed(self, values: Floats) -> Floats:
        """f(x), elementwise; the caller has asked ``allows``."""
        exponent = self.exponent
        if exponent is None:
            return np.log(values)
        return values if exponent == 1.0 else values**exponent

    def returned(self, transformed: Floats) -> Floats:
        """The inverse of f, elementwise: the mean whose f is given."""
        exponent = self.exponent
        if exponent is None:
            return np.exp(transformed)
        return transformed if exponent == 1.0 else transformed ** (1 / exponent)

    def slope(self, before: Floats, after: Floats) -> Floats:
        """(f(after) - f(before)) / (after - before), elementwise; where they are equal, f'.

        Computed without cancellation, so that two nearly equal values lose no digits.
        """
        exponent = self.exponent
        if exponent == 1.0:
            return np.ones(np.broadcast(before, after).shape)
        before, after = np.broadcast_arrays(before, after)
        if exponent is None:
            return _slope_of_log(before, after)
        slopes = np.ones(before.shape)
        # From or to 0 the slope is that of x**p / x; from 0 to 0 nothing is shared out, so 1 will do.
        edge = (before == 0) | (after == 0)
        moved = edge & (before != after)
        slopes[moved] = np.maximum(before[moved], after[moved]) ** (exponent - 1)
        slopes[~edge] = _slope_of_power(before[~edge], after[~edge], exponent)
        return slopes


def _slope_of_log(before: Floats, after: Floats) -> Floats:
    relative = (after - before) / before
    same = relative == 0
    return np.where(same, 1.0, np.log1p(relative) / np.where(same, 1.0, relative)) / before


def _slope_of_power(before: Floats, after: Floats, exponent: float) -> Floats:
    relative = (after - before) / before
    same = relative == 0
    growth = np.expm1(exponent * np.log1p(relative)) / np.where(same, 1.0, relative)
    slopes: Floats = np.where(same, exponent, growth) * before ** (exponent - 1)
    return slopes

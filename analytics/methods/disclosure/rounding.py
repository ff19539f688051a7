"""Rounding as disclosure control: to the nearest multiple, at random, or so that sums still add up."""

import hashlib
import math
from collections.abc import Mapping, Sequence

import numpy as np

from analytics.methods.disclosure.solving import NoBound, NoSolution, Program
from analytics.methods.disclosure.systems import sums_matrix
from analytics.methods.disclosure.tables import Sum


class CannotBeRounded(ValueError):
    """No rounding to adjacent multiples keeps all sums; tables of three dimensions may have none."""


def rounded(value: float, base: int) -> float:
    """The nearest multiple of ``base``, halves up (away from 0). Raises ValueError if base < 1.

    Weak by itself: with totals rounded on their own, a table can be unpicked. It serves for bases
    of percentages.
    """
    _refuse(base)
    return math.copysign(math.floor(abs(value) / base + 0.5) * base, value) if value else 0.0


def rounded_at_random(value: float, base: int, *, key: str, seed: str) -> float:
    """An adjacent multiple of ``base``, the nearer the likelier, so that the mean is the value.

    A residual r goes up with probability r / base (base 3, residual 1: down with 2/3). Chance is
    the hash of ``seed`` and ``key``: the same cell gets the same rounding however often and in
    whatever table it is asked for, so that asking again averages nothing out. ``seed`` is secret.
    Raises ValueError if base < 1.
    """
    _refuse(base)
    whole, residual = divmod(value, base)
    if not residual:
        return float(value)
    digest = hashlib.sha256(f"{seed}\0{key}".encode()).digest()
    chance = int.from_bytes(digest[:8], "big") / 2**64
    return float((whole + (chance < residual / base)) * base)


def rounded_together(
    values: Mapping[str, float], sums: Sequence[Sum], base: int
) -> dict[str, float]:
    """Adjacent multiples of ``base`` for which every sum holds, as near to the values as can be.

    Controlled rounding (Cox 1987, Journal of the American Statistical Association 82): multiples
    stay, everything else goes to one of its two neighbours; the sum of changes is least (integer
    program). Raises CannotBeRounded, and ValueError if base < 1.
    """
    _refuse(base)
    keys = list(values)
    figures = np.array([values[key] for key in keys], dtype=np.float64)
    lower = np.floor(figures / base)
    residual = figures - lower * base
    matrix = sums_matrix(sums, {key: i for i, key in enumerate(keys)})
    right = -(matrix @ lower)
    program = Program(matrix, right, 0.0, np.where(residual > 0, 1.0, 0.0))
    try:
        up = program.least(base - 2 * residual, whole=True)
    except (NoSolution, NoBound) as error:
        raise CannotBeRounded from error
    return {key: float(low * base) for key, low in zip(keys, lower + np.round(up), strict=True)}


def _refuse(base: int) -> None:
    if base < 1:
        raise ValueError("the base of a rounding is 1 at least")

"""What a reader can work out: the interval of every hidden cell, from all that is shown."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from analytics.methods.disclosure.solving import NoBound, Program
from analytics.methods.disclosure.systems import sums_matrix
from analytics.methods.disclosure.tables import Sum

_CLOSE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Published:
    """Figures as a reader has them (None: hidden) and the sums that everybody can see."""

    values: Mapping[str, float | None]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """What a hidden cell can be. ``high`` None: there is no upper bound, ``low`` None: no lower one."""

    low: float | None
    high: float | None

    @property
    def exact(self) -> bool:
        """Whether the cell is given away."""
        return self.low is not None and self.high is not None and self.high - self.low < _CLOSE


@dataclass(frozen=True, slots=True)
class Finding:
    """A hidden cell that a reader works out exactly."""

    key: str
    value: float


def audit(published: Published, *, whole: bool = True) -> tuple[Finding, ...]:
    """The hidden cells that are given away; empty when all is well.

    ``whole``: figures are counts, and the reader knows that they are whole numbers.
    """
    found = intervals(published, whole=whole)
    return tuple(
        Finding(key, interval.low)
        for key, interval in found.items()
        if interval.exact and interval.low is not None
    )


def intervals(
    published: Published,
    *,
    keys: Collection[str] | None = None,
    whole: bool = True,
    negative: bool = False,
) -> dict[str, Interval]:
    """The interval of every hidden cell, from all sums and all shown cells.

    Two linear programs a cell, over the hidden cells only, each connected part of them by itself.
    ``whole``: bounds of counts are rounded inwards; where hardly a number is left, integer
    programming says which. ``negative``: figures may be below 0. Where shown figures are not all
    whole, ``whole`` has no effect. ``keys``: only these hidden cells, all of them if None. Raises NoSolution where no
    table fits what is shown.
    """
    hidden = [key for key, value in published.values.items() if value is None]
    place = {key: i for i, key in enumerate(published.values)}
    known = np.array([0.0 if v is None else v for v in published.values.values()])
    matrix = sums_matrix(published.sums, place)
    columns = [place[key] for key in hidden]
    unknown, right = csr_array(matrix[:, columns]), -(matrix @ known)
    exact = whole and bool(np.all(known == np.round(known)))
    found: dict[str, Interval] = {}
    for part in _parts(unknown):
        program = _program(unknown, right, part, negative=negative)
        for i, one in enumerate(part):
            if keys is None or hidden[one] in keys:
                found[hidden[one]] = _interval(program, i, whole=exact)
    return {key: found[key] for key in hidden if key in found}


def _interval(program: Program, i: int, *, whole: bool) -> Interval:
    """The least and the most that unknown ``i`` can be."""
    if not program.matrix.shape[0]:
        return Interval(None if program.lowest == -np.inf else 0.0, None)
    low, high = _end(program, i, 1.0), _end(program, i, -1.0)
    if not whole:
        return Interval(low, high)
    low = None if low is None else float(math.ceil(low - _CLOSE))
    high = None if high is None else float(math.floor(high + _CLOSE))
    if low is not None and high is not None and low < high <= low + 2:
        return Interval(_end(program, i, 1.0, whole=True), _end(program, i, -1.0, whole=True))
    return Interval(low, high)


def _end(program: Program, i: int, sign: float, *, whole: bool = False) -> float | None:
    aim = np.zeros(program.matrix.shape[1])
    aim[i] = sign
    try:
        return float(program.least(aim, whole=whole)[i])
    except NoBound:
        return None


def _program(
    unknown: csr_array, right: NDArray[np.float64], part: NDArray[np.intp], *, negative: bool
) -> Program:
    lines = csr_array(unknown[:, part])
    rows = np.flatnonzero(np.diff(lines.indptr) > 0)
    return Program(csr_array(lines[rows]), right[rows], -np.inf if negative else 0.0)


def _parts(unknown: csr_array) -> Iterator[NDArray[np.intp]]:
    """The hidden cells, apart where no sum ties them together."""
    if not unknown.shape[1]:
        return
    ties = csr_array(abs(unknown).T @ abs(unknown))
    number, label = connected_components(ties, directed=False)
    for i in range(number):
        yield np.flatnonzero(label == i)

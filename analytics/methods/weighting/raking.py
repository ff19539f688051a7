"""Weights that meet several known margins of the population at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from analytics.methods.weighting.adjusting import Cells, known_cells
from analytics.methods.weighting.design import DesignError, Floats
from analytics.methods.weighting.diagnostics import WeightSummary, usable, weight_summary

TOLERANCE = 1e-10
CYCLES = 1_000


class MarginsDisagree(DesignError):
    """Two margins add up to different populations."""

    code = "margins_disagree"


@dataclass(frozen=True, slots=True, eq=False)
class KnownMargin:
    """One margin: the ``labels`` (n,) of the rows, and how many there are of each in the population."""

    name: str
    labels: ArrayLike
    population: Mapping[Any, float]


@dataclass(frozen=True, slots=True)
class Trim:
    """Bounds of a weight as multiples of the mean weight; 0 and None do not bound."""

    least: float = 0.0
    greatest: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Raked:
    """Weights (n,) after ``cycles``; ``converged`` where the greatest relative error of a margin,
    ``error``, is below the tolerance. ``trimmed`` weights were cut to a bound in some cycle. Weights that have not converged
    do not meet the margins: their cause is to be found, not their use."""

    weights: Floats
    converged: bool
    cycles: int
    error: float
    trimmed: int
    summary: WeightSummary


def raked(
    weights: ArrayLike,
    margins: Sequence[KnownMargin],
    *,
    trim: Trim | None = None,
    cycles: int = CYCLES,
    tolerance: float = TOLERANCE,
) -> Raked:
    """Iterative proportional fitting of weights (n,) to the margins (Deming & Stephan 1940, Annals of
    Mathematical Statistics 11:427).

    Each cycle scales every margin in turn, then cuts weights to ``trim``, until the greatest |sum/known - 1|
    is below ``tolerance`` or the cap of ``cycles`` is reached. The order of margins and rows does not matter.

    Raises CellWithoutCount and EmptyCell with the names "margin: label", MarginsDisagree, UnusableWeight, and
    DesignError without any margin or for bounds that leave no room around the mean.
    """
    found = usable(weights).copy()
    read = [_read(found, margin) for margin in margins]
    total = _total(margins, read)
    bounds = _bounds(trim, total, int((found > 0).sum()))
    cut = np.zeros(len(found), dtype=np.bool_)
    done, error = 0, _error(found, read)
    beyond = bool((_cut(found, bounds) != found).any())
    while (error >= tolerance or beyond) and done < cycles:
        for cells in read:
            sums = np.bincount(cells.codes, found, len(cells.names))
            found *= np.divide(cells.counts, sums, out=np.ones_like(sums), where=sums > 0)[
                cells.codes
            ]
        inside = _cut(found, bounds)
        cut |= inside != found
        found, done, error, beyond = inside, done + 1, _error(inside, read), False
    return Raked(
        weights=found,
        converged=error < tolerance,
        cycles=done,
        error=error,
        trimmed=int(cut.sum()),
        summary=weight_summary(found),
    )


def _read(weights: Floats, margin: KnownMargin) -> Cells:
    try:
        return known_cells(weights, margin.labels, margin.population)
    except DesignError as refusal:
        named = [f"{margin.name}: {name}" for name in refusal.names] or [margin.name]
        raise type(refusal)(str(refusal), named) from refusal


def _total(margins: Sequence[KnownMargin], read: Sequence[Cells]) -> float:
    if not read:
        raise DesignError("raking needs a margin")
    totals = [float(cells.counts.sum()) for cells in read]
    apart = [
        margin.name
        for margin, total in zip(margins, totals, strict=True)
        if abs(total / totals[0] - 1) > 1e-9
    ]
    if apart:
        raise MarginsDisagree("margins add up to different populations", [margins[0].name, *apart])
    return totals[0]


def _bounds(trim: Trim | None, total: float, count: int) -> tuple[float, float]:
    """Absolute bounds: the mean weight is known beforehand, as the margins fix the total."""
    chosen = trim or Trim()
    greatest = np.inf if chosen.greatest is None else chosen.greatest
    if not 0 <= chosen.least < 1 < greatest:
        raise DesignError("bounds of weights leave no room around their mean")
    return chosen.least * total / count, float(greatest * total / count)


def _cut(weights: Floats, bounds: tuple[float, float]) -> Floats:
    return np.where(weights > 0, np.clip(weights, *bounds), 0.0)


def _error(weights: Floats, read: Sequence[Cells]) -> float:
    return max(
        float(np.abs(np.bincount(cells.codes, weights, len(cells.names)) / cells.counts - 1).max())
        for cells in read
    )

"""Histograms whose edges people can read."""

import math
from dataclasses import dataclass

import numpy as np

from analytics.methods.descriptive.columns import Floats

FEWEST = 5
MOST = 40
SMALLEST = 1e-300
STEPS = (1.0, 2.0, 2.5, 5.0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Values with low <= value < high; in the last bin value <= high. ``weight`` is n without weights."""

    low: float
    high: float
    n: int
    weight: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bins of one ``width``, beginning at a multiple of it; none where there is no value.

    ``whole``: all values are whole numbers; then a bin from 4 to 6 holds 4 and 5, the last too.
    A constant makes one bin of width 0.
    """

    bins: tuple[Bin, ...]
    width: float | None
    whole: bool = False


def histogram(values: Floats, weights: Floats | None = None) -> Histogram:
    """A histogram of ``values`` (1-D, finite).

    The width is that of Freedman & Diaconis (1981), 2 IQR n^(-1/3), or Sturges' where the quartiles
    are the same, brought to 1, 2, 2.5 or 5 times a power of ten so that between 5 and 40 widths
    lie between the least and the greatest value. Whole numbers have whole widths, of 1 at least.
    """
    if len(values) == 0:
        return Histogram((), None)
    low, high = float(values.min()), float(values.max())
    whole = bool((values == np.round(values)).all())
    if low == high:
        weight = float(len(values)) if weights is None else float(weights.sum())
        return Histogram((Bin(low, high, len(values), weight),), 0.0, whole)
    width = _readable(_width(values, high - low), high - low, whole=whole)
    edges = _edges(low, high, width, whole=whole)
    counts, _ = np.histogram(values, edges)
    heavy = counts if weights is None else np.histogram(values, edges, weights=weights)[0]
    bins = zip(edges[:-1], edges[1:], counts, heavy, strict=True)
    return Histogram(
        tuple(Bin(float(a), float(b), int(n), float(w)) for a, b, n, w in bins),
        width if len(edges) > 2 else float(edges[1] - edges[0]),
        whole,
    )


def _width(values: Floats, span: float) -> float:
    first, third = np.quantile(values, (0.25, 0.75))
    wanted = 2 * float(third - first) / len(values) ** (1 / 3)
    return wanted if wanted > 0 else span / (1 + math.log2(len(values)))


def _readable(wanted: float, span: float, *, whole: bool) -> float:
    """The width nearest to the wanted one, by ratio, that people can read."""
    if span < SMALLEST:
        return span
    lowest, highest = span / MOST, span / FEWEST
    power = math.floor(math.log10(lowest))
    widths = [step * 10.0**exponent for exponent in range(power, power + 3) for step in STEPS]
    fitting = [width for width in widths if lowest <= width <= highest]
    if whole:
        fitting = [width for width in fitting if width >= 1 and width == round(width)] or [1.0]
    return min(fitting, key=lambda width: abs(math.log(width / wanted)))


def _edges(low: float, high: float, width: float, *, whole: bool) -> Floats:
    """Multiples of the width around the values; the values' own ends where they lie so close
    together, so far from 0, that multiples cannot be told apart."""
    first, last = math.floor(low / width), math.floor(high / width) + 1
    if not whole and (last - 1) * width >= high:
        last -= 1
    edges = (float(first) + np.arange(last - first + 1, dtype=np.float64)) * np.float64(width)
    edges[0], edges[-1] = min(edges[0], low), max(edges[-1], high)
    return edges if np.all(np.diff(edges) > 0) else np.array([low, high])

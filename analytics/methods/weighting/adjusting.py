"""Weights from the chance of being drawn, from response and from known counts of the population."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analytics.methods.weighting.design import DesignError, Floats, UnusableWeight
from analytics.methods.weighting.diagnostics import usable


class EmptyCell(DesignError):
    """A cell of the population that nobody in the sample with a weight stands for."""

    code = "empty_cell"


class CellWithoutCount(DesignError):
    """A cell of the sample whose count in the population is not given, or not above 0."""

    code = "cell_without_count"


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Rows by cell: ``codes`` (n,) of ``names``, and what each cell is to add up to, ``counts``."""

    names: tuple[Hashable, ...]
    codes: NDArray[np.int64]
    counts: Floats


def design_weights(probabilities: ArrayLike) -> Floats:
    """1/pi of the probabilities (n,) of being drawn (Horvitz & Thompson 1952).

    Raises UnusableWeight unless each lies in (0, 1].
    """
    chances = np.asarray(probabilities, dtype=np.float64)
    if not np.all((chances > 0) & (chances <= 1)):
        raise UnusableWeight("a probability of being drawn lies above 0 and not above 1")
    return np.asarray(1.0 / chances)


def nonresponse_weights(weights: ArrayLike, cells: ArrayLike, responded: ArrayLike) -> Floats:
    """Weights (n,) of the drawn moved to those who ``responded`` (n,) within their cell; others get 0.

    The factor of cell h is (sum of weights drawn)/(sum of weights responding), N_h/n_h with equal weights.
    Raises EmptyCell, with the names, where nobody of a cell responded; UnusableWeight.
    """
    every, answered = usable(weights), np.asarray(responded, dtype=np.bool_)
    codes, names = _cells(cells, len(every))
    drawn = np.bincount(codes, every, len(names))
    found = np.bincount(codes, every * answered, len(names))
    empty = [name for name, has, was in zip(names, found, drawn, strict=True) if was > 0 >= has]
    if empty:
        raise EmptyCell("nobody of a cell responded", empty)
    factors = np.divide(drawn, found, out=np.zeros(len(names)), where=found > 0)
    return np.asarray(every * answered * factors[codes])


def poststratified(weights: ArrayLike, cells: ArrayLike, population: Mapping[Any, float]) -> Floats:
    """Weights (n,) times N_g / (sum of weights in g), so that each cell adds up to its known count.

    Raises CellWithoutCount and EmptyCell, with the names; UnusableWeight. (Holt & Smith 1979, JRSS A 142:33.)
    """
    every = usable(weights)
    known = known_cells(every, cells, population)
    sums = np.bincount(known.codes, every, len(known.names))
    return np.asarray(every * (known.counts / sums)[known.codes])


def known_cells(weights: Floats, cells: ArrayLike, population: Mapping[Any, float]) -> Cells:
    """The cells of a sample with their counts in the population, each with some weight in the sample.

    Cells of the population that count 0 and that nobody stands for are passed over. Raises
    CellWithoutCount for a cell of the sample that the population does not count, and EmptyCell for
    one of the population that nobody in the sample stands for.
    """
    codes, names = _cells(cells, len(weights))
    uncounted = [name for name in names if not population.get(name, 0) > 0]
    if uncounted:
        raise CellWithoutCount("a cell of the sample has no count in the population", uncounted)
    sums = dict(zip(names, np.bincount(codes, weights, len(names)), strict=True))
    empty = [name for name, count in population.items() if count > 0 and not sums.get(name, 0) > 0]
    if empty:
        raise EmptyCell("a cell of the population has no weight in the sample", empty)
    return Cells(names, codes, np.array([population[name] for name in names], dtype=np.float64))


def _cells(labels: ArrayLike, length: int) -> tuple[NDArray[np.int64], tuple[Hashable, ...]]:
    codes, names = pd.factorize(np.asarray(labels), sort=True)
    if len(codes) != length:
        raise DesignError("cells and weights differ in length")
    if np.any(codes < 0):
        raise DesignError("a row has no cell")
    return codes.astype(np.int64), tuple(names.tolist())

"""Which choice moves the result: Sobol indices of first and total order (Saltelli et al. 2010)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from analytics.definitions.reasons import Reason

Floats = NDArray[np.float64]
Model = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Index:
    """An index with its interval from bootstrapped rows; None with a reason.

    Sampling may give values just below 0 or above 1. They stand as they are; clip them for plots.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class SobolResult:
    """Of one output: the share of its variance that each factor explains alone, and with others.

    ``first[i]`` and ``total[i]`` belong to ``factors[i]``. ``runs`` counts what was computed,
    ``failed_rows`` the rows of the design that went because one of their runs had no result.
    """

    factors: tuple[str, ...]
    first: tuple[Index, ...]
    total: tuple[Index, ...]
    variance: float
    runs: int
    failed_rows: int


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How intervals are made: resamples of rows and the confidence of a percentile interval."""

    resamples: int = 500
    confidence: float = 0.95


FIVE_HUNDRED: Final = Bootstrap()


def sobol_indices(
    model: Model,
    factors: Sequence[str],
    *,
    rows: int,
    seed: int,
    bootstrap: Bootstrap = FIVE_HUNDRED,
) -> tuple[SobolResult, ...]:
    """Indices of each output of ``model`` for ``factors`` that are independent and uniform.

    ``model`` maps (runs, factors) in [0, 1) to (runs,) or (runs, outputs); NaN marks a run without
    a result. A and B are a scrambled Sobol sequence of ``rows`` points (a power of 2 balances it);
    with A_B^(i), which is A but for column i from B, ``rows * (factors + 2)`` runs are made.
    First order: mean(f_B (f_ABi - f_A)) / V; total: mean((f_A - f_ABi)^2) / (2 V) (Jansen 1999); V
    is the sample variance of f_A and f_B together, and f is centred first. An output that does not
    vary has the reason ``CONSTANT``. Raises ValueError for fewer than two factors or rows.
    """
    d = len(factors)
    if d < 2 or rows < 2:
        raise ValueError("Sobol indices need two factors and two rows at least.")
    sequence = qmc.Sobol(2 * d, scramble=True, rng=np.random.default_rng(seed))
    points = sequence.random_base2((rows - 1).bit_length())[:rows]
    a, b = points[:, :d], points[:, d:]
    found = _outputs(model(np.concatenate([a, b, *(_swapped(a, b, i) for i in range(d))])))
    outputs = found.reshape(d + 2, rows, -1)
    resampled = np.random.default_rng(np.random.SeedSequence(seed).spawn(1)[0])
    return tuple(
        _of_output(outputs[:, :, column], tuple(factors), bootstrap, resampled)
        for column in range(outputs.shape[2])
    )


def chosen(u: Floats, options: int) -> NDArray[np.intp]:
    """The option of a discrete factor: [0, 1) cut into equal bins."""
    return np.minimum((u * options).astype(np.intp), options - 1)


def _swapped(a: Floats, b: Floats, column: int) -> Floats:
    swapped = a.copy()
    swapped[:, column] = b[:, column]
    return swapped


def _outputs(found: Floats) -> Floats:
    return found[:, None] if found.ndim == 1 else found


def _of_output(
    f: Floats, factors: tuple[str, ...], bootstrap: Bootstrap, rng: np.random.Generator
) -> SobolResult:
    """``f``: (factors + 2, rows), of A, B, and A_B^(i)."""
    whole = np.isfinite(f).all(axis=0)
    failed = int((~whole).sum())
    runs = f.shape[0] * f.shape[1]
    f = f[:, whole]
    variance = _variance(f)
    if not variance > 0:
        reason = Reason.NO_DATA if f.shape[1] < 2 else Reason.CONSTANT
        none = tuple(Index(None, reason=reason) for _ in factors)
        return SobolResult(factors, none, none, 0.0, runs, failed)
    first, total = _estimates(f)
    lows, highs = _intervals(f, bootstrap, rng)
    return SobolResult(
        factors,
        tuple(Index(float(first[i]), lows[0, i], highs[0, i]) for i in range(len(factors))),
        tuple(Index(float(total[i]), lows[1, i], highs[1, i]) for i in range(len(factors))),
        variance,
        runs,
        failed,
    )


def _variance(f: Floats) -> float:
    """Of f_A and f_B together; a spread at the last digits is none."""
    both = f[:2].ravel()
    if len(both) < 4:
        return 0.0
    variance = float(both.var(ddof=1))
    return variance if variance > (1e-12 * max(1.0, float(np.abs(both).max()))) ** 2 else 0.0


def _estimates(f: Floats) -> tuple[Floats, Floats]:
    """First and total order of each factor, over the rows of ``f``."""
    centred = f - f[:2].mean()
    a, b, swapped = centred[0], centred[1], centred[2:]
    variance = f[:2].ravel().var(ddof=1)
    first = (b * (swapped - a)).mean(axis=1) / variance
    total = ((a - swapped) ** 2).mean(axis=1) / (2 * variance)
    return first, total


def _intervals(
    f: Floats, bootstrap: Bootstrap, rng: np.random.Generator
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Percentile intervals, (first and total, factors), over resampled rows."""
    rows = f.shape[1]
    drawn = np.full((bootstrap.resamples, 2, f.shape[0] - 2), np.nan)
    for each in range(bootstrap.resamples):
        sample = f[:, rng.integers(0, rows, rows)]
        if _variance(sample) > 0:
            drawn[each] = _estimates(sample)
    usable = drawn[np.isfinite(drawn).all(axis=(1, 2))]
    if not len(usable):
        none = np.full((2, f.shape[0] - 2), None)
        return none, none
    tail = (1 - bootstrap.confidence) / 2
    low, high = np.quantile(usable, [tail, 1 - tail], axis=0)
    return low.astype(object), high.astype(object)

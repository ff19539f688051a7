"""Chance, drawn so that run r is the same however many runs there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.uncertainty.edges import Edges, Floats
from analytics.methods.uncertainty.storing import stored

Choices = NDArray[np.intp]

RUNS_AT_ONCE: Final = 4096
"""Runs drawn at a time: bounds the memory, not the result, because a stream goes run by run."""

STREAMS: Final = (
    "weights",
    "normalisation",
    "winsorising",
    "imputation",
    "aggregation",
    "left_out",
)
"""One stream of chance per factor, so that varying one more leaves the others as they were."""


@dataclass(frozen=True, slots=True)
class WeightSpread:
    """How far weights may go.

    ``by_depth[0]`` is the f of the edges just below the root, the last one serves for all deeper
    ones: a weight becomes w * (1 + U(-f, f)). With a ``concentration`` c the weights of siblings
    are drawn from a Dirichlet distribution with parameters c * share instead; its mean is the
    nominal weights, and their standard deviation sqrt(share * (1 - share) / (c + 1)).
    """

    by_depth: tuple[float, ...] = (0.25,)
    concentration: float | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for an f outside of 0..1 and a concentration that is not positive."""
        if not self.by_depth or not all(0 <= f <= 1 for f in self.by_depth):
            raise ValueError("The spread of weights lies between 0 and 1.")
        if self.concentration is not None and not self.concentration > 0:
            raise ValueError("The concentration of weights is positive.")


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """What each run does otherwise than the definition says.

    ``factors``: (runs, edges), what weights are multiplied with; ``data``: (runs, 3), the options of
    normalisation, winsorising and imputation; ``aggregation`` and ``left_out``: (runs,), 0 = as it is.
    """

    factors: Floats
    data: Choices
    aggregation: Choices
    left_out: Choices

    def __len__(self) -> int:
        """The number of runs."""
        return len(self.factors)


def factors_of(edges: Edges, weights: Floats) -> Floats:
    """Drawn weights as factors of the nominal ones, because a choice of data may bring its own."""
    return weights / np.where(edges.weights > 0, edges.weights, 1.0)


def stream(seed: int, factor: str) -> np.random.Generator:
    """The stream of one of ``STREAMS``."""
    sequence = np.random.SeedSequence(seed, spawn_key=(STREAMS.index(factor),))
    return np.random.Generator(np.random.PCG64(sequence))


def drawn_factors(edges: Edges, spread: WeightSpread, *, runs: int, seed: int) -> Floats:
    """(runs, edges), on disk if they are many: drawn weights as factors of the nominal ones, because
    a choice of data may bring weights of its own."""
    factors: Floats = stored((runs, len(edges.weights)), np.float64)
    rng = stream(seed, "weights")
    for start in range(0, runs, RUNS_AT_ONCE):
        count = min(RUNS_AT_ONCE, runs - start)
        factors[start : start + count] = factors_of(edges, _drawn(edges, spread, count, rng))
    return factors


def drawn_weights(edges: Edges, spread: WeightSpread, *, runs: int, seed: int) -> Floats:
    """(runs, edges): weights of siblings add up to what they do nominally; 0 stays 0."""
    return drawn_factors(edges, spread, runs=runs, seed=seed) * edges.weights


def _drawn(edges: Edges, spread: WeightSpread, runs: int, rng: np.random.Generator) -> Floats:
    if spread.concentration is None:
        return perturbed(edges, spread, rng.random((runs, len(edges.weights))))
    groups = _siblings(edges)
    totals = np.bincount(groups, weights=edges.weights)[groups]
    shares = edges.weights / np.where(totals > 0, totals, 1.0)
    gammas = rng.standard_gamma(spread.concentration * shares, (runs, len(shares)))
    return _to_totals(edges, gammas)


def perturbed(edges: Edges, spread: WeightSpread, u: Floats) -> Floats:
    """Weights by (runs, edges) numbers in [0, 1): w * (1 + f (2u - 1)), to the nominal totals."""
    depth = np.minimum(edges.depths, len(spread.by_depth)) - 1
    f = np.asarray(spread.by_depth)[depth]
    return _to_totals(edges, edges.weights * (1 + f * (2 * u - 1)))


def drawn_options(factor: str, options: int, *, runs: int, seed: int) -> Choices:
    """(runs,): one of 0..options-1 each, all equally likely."""
    return (stream(seed, factor).random(runs) * options).astype(np.intp)


def left_out(edges: Edges, weights: Floats, codes: Sequence[str], choices: Choices) -> Floats:
    """The weights with the chosen element at 0: choice 0 leaves nothing out, i is ``codes[i-1]``."""
    kept = weights.copy()
    for number, code in enumerate(codes, start=1):
        kept[np.ix_(choices == number, edges.to(code))] = 0.0
    return kept


def _siblings(edges: Edges) -> Choices:
    """The number of its parent, for each edge."""
    place = {parent: number for number, parent in enumerate(dict.fromkeys(edges.parents))}
    return np.array([place[parent] for parent in edges.parents], dtype=np.intp)


def _to_totals(edges: Edges, weights: Floats) -> Floats:
    groups = _siblings(edges)
    scaled = np.empty_like(weights)
    for group in range(int(groups.max(initial=-1)) + 1):
        members = groups == group
        own = weights[:, members]
        total = own.sum(axis=1, keepdims=True)
        # Gammas of a tiny concentration may all underflow: such a run keeps the nominal weights.
        empty = ~(total > 0)
        own = np.where(empty, edges.weights[members], own)
        total = np.where(empty, edges.weights[members].sum(), total)
        scaled[:, members] = own * (edges.weights[members].sum() / total)
    return scaled

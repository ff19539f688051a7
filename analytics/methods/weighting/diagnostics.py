"""What weights cost: how far they are from equal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.definitions.reasons import Reason
from analytics.methods.weighting.design import Floats, UnusableWeight


@dataclass(frozen=True, slots=True)
class WeightSummary:
    """Weights above 0 in short; the ``zeros`` are apart. Figures are None where nothing weighs anything.

    ``deff`` is Kish's design effect of unequal weights, ``effective`` the sample size left of ``n``.
    """

    n: int
    zeros: int
    total: float
    least: float | None = None
    greatest: float | None = None
    mean: float | None = None
    deff: float | None = None
    effective: float | None = None
    reason: Reason | None = None


def weight_summary(weights: ArrayLike) -> WeightSummary:
    """Kish's deff n sum(w²)/sum(w)² of weights (n,), n_eff = n/deff, least and greatest (Kish 1965, 11.7).

    Raises UnusableWeight for a negative, infinite or missing weight.
    """
    every = usable(weights)
    some = every[every > 0]
    zeros = len(every) - len(some)
    if not len(some):
        return WeightSummary(0, zeros, 0.0, reason=Reason.NO_DATA)
    # Scaled to the mean first: squares of large weights lose digits, of tiny ones all of them.
    scaled = some / some.mean()
    deff = float((scaled**2).mean())
    return WeightSummary(
        n=len(some),
        zeros=zeros,
        total=float(some.sum()),
        least=float(some.min()),
        greatest=float(some.max()),
        mean=float(some.mean()),
        deff=deff,
        effective=len(some) / deff,
    )


def usable(weights: ArrayLike) -> Floats:
    """(n,) float64. Raises UnusableWeight for a negative, infinite or missing weight."""
    found = np.asarray(weights, dtype=np.float64)
    if not np.all(np.isfinite(found)) or np.any(found < 0):
        raise UnusableWeight("every weight must be a number of 0 or more")
    return found

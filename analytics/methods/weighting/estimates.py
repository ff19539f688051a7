"""Means, totals, ratios and proportions of a population from a sample, with their standard errors."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.definitions.reasons import Reason
from analytics.methods.columns import Values, numbers
from analytics.methods.descriptive import intervals
from analytics.methods.descriptive.intervals import Interval, Method
from analytics.methods.weighting.design import DesignError, Floats, SampleDesign
from analytics.methods.weighting.variance import covariance

Mask = NDArray[np.bool_]
CERTAIN = 1e-12


@dataclass(frozen=True, slots=True)
class SampleEstimate:
    """An estimate from ``n`` rows of the domain that have a value and a weight.

    ``error`` is the linearised standard error with ``df`` degrees of freedom (PSU - H of the domain);
    ``design_effect`` compares its square with that of a simple random sample of n with replacement (means
    and proportions). ``reason`` says why there is no interval (CENSUS, TOO_FEW_CLUSTERS, CONSTANT) or no
    estimate at all (NO_DATA).
    """

    value: float | None
    n: int
    error: float | None = None
    df: int | None = None
    design_effect: float | None = None
    interval: Interval | None = None
    reason: Reason | None = None


def estimated_mean(
    values: Values, design: SampleDesign, *, domain: ArrayLike | None = None, level: float = 0.95
) -> SampleEstimate:
    """sum(w y)/sum(w) over ``domain`` (n,), all rows where None; missing values are outside of it.

    Interval: t. Raises ValueError for text, DesignError for another length than the design's.
    """
    return _ratio(
        numbers(values), np.ones(len(design.weights)), design, _mask(domain, design), level
    )


def estimated_ratio(
    numerator: Values,
    denominator: Values,
    design: SampleDesign,
    *,
    domain: ArrayLike | None = None,
    level: float = 0.95,
) -> SampleEstimate:
    """sum(w y)/sum(w x) with z = w (y - R x)/sum(w x) (Cochran 1977, section 6.4); NO_DATA where the sum
    below is 0. Otherwise as ``estimated_mean``, without a design effect."""
    found = _ratio(numbers(numerator), numbers(denominator), design, _mask(domain, design), level)
    return replace(found, design_effect=None)


def estimated_total(
    values: Values, design: SampleDesign, *, domain: ArrayLike | None = None, level: float = 0.95
) -> SampleEstimate:
    """sum(w y) over ``domain``, as ``estimated_mean``, without a design effect."""
    column = numbers(values)
    inside = _inside(column, np.ones(len(design.weights)), design, _mask(domain, design))
    if not inside.any():
        return SampleEstimate(None, 0, reason=Reason.NO_DATA)
    weighed = np.where(inside, design.weights * np.where(inside, column, 0.0), 0.0)
    bare = SampleEstimate(float(weighed.sum()), int(inside.sum()))
    return _with_interval(bare, weighed, design, inside, level)


def estimated_proportion(
    flags: Values,
    design: SampleDesign,
    *,
    domain: ArrayLike | None = None,
    method: Method = Method.LOGIT,
    level: float = 0.95,
) -> SampleEstimate:
    """The weighted share of rows with 1 among those with 0 or 1, over ``domain``.

    Interval: logit or beta (Korn & Graubard 1998). A share of 0 or 1 has no linearised error: beta takes
    Kish's effective n there, logit gives none (CONSTANT). Raises ValueError for another value or method.
    """
    column = numbers(flags)
    if set(np.unique(column[~np.isnan(column)]).tolist()) - {0.0, 1.0}:
        raise ValueError("a flag is 0 or 1")
    if method not in {Method.LOGIT, Method.BETA}:
        raise ValueError("the interval of a proportion is logit or beta")
    mask = _mask(domain, design)
    found = _ratio(column, np.ones(len(design.weights)), design, mask, level)
    if found.value is None or found.reason in {Reason.CENSUS, Reason.TOO_FEW_CLUSTERS}:
        return found
    return _on_share(found, design.weights[_inside(column, column, design, mask)], method, level)


def _on_share(
    found: SampleEstimate, weights: Floats, method: Method, level: float
) -> SampleEstimate:
    assert found.value is not None, "a share without value was given back before"
    assert found.error is not None, "every share has an error"
    assert found.df is not None, "and degrees of freedom"
    certain = min(found.value, 1 - found.value) <= CERTAIN
    if method is Method.LOGIT and certain:
        return replace(found, interval=None, reason=Reason.CONSTANT)
    if method is Method.LOGIT:
        return replace(
            found,
            interval=intervals.logit(found.value, found.error, found.df, level=level),
            reason=None,
        )
    if found.n < 2:
        return replace(found, interval=None, reason=Reason.TOO_FEW_CASES)
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    size = max(2.0, effective) if certain else float(found.n)
    share, error = (round(found.value), 0.0) if certain else (found.value, found.error)
    return replace(
        found, interval=intervals.beta(share, error, size, found.df, level=level), reason=None
    )


def _ratio(
    above: Floats, below: Floats, design: SampleDesign, domain: Mask, level: float
) -> SampleEstimate:
    inside = _inside(above, below, design, domain)
    weights = np.where(inside, design.weights, 0.0)
    y, x = np.where(inside, above, 0.0), np.where(inside, below, 0.0)
    whole = float(weights @ x)
    if not whole:
        return SampleEstimate(None, int(inside.sum()), reason=Reason.NO_DATA)
    value = float(weights @ y) / whole
    linearised = weights * (y - value * x) / whole
    bare = SampleEstimate(value, int(inside.sum()))
    found = _with_interval(bare, linearised, design, inside, level)
    return _with_effect(found, weights, y - value * x, whole)


def _with_interval(
    bare: SampleEstimate, linearised: Floats, design: SampleDesign, inside: Mask, level: float
) -> SampleEstimate:
    assert bare.value is not None, "an interval is made around a value"
    error = float(np.sqrt(covariance(linearised[:, None], design)[0, 0]))
    df = design.degrees_of_freedom_within(inside)
    interval, reason = None, None
    if not np.any(design.fraction_left > 0):
        reason = Reason.CENSUS
    elif df < 1:
        reason = Reason.TOO_FEW_CLUSTERS
    else:
        interval = intervals.around(bare.value, error, df, method=Method.T_LINEARISED, level=level)
    return SampleEstimate(bare.value, bare.n, error, df, None, interval, reason)


def _with_effect(
    found: SampleEstimate, weights: Floats, residuals: Floats, whole: float
) -> SampleEstimate:
    if found.n < 2 or found.error is None:
        return found
    spread = float(weights @ residuals**2) / float(weights.sum()) * found.n / (found.n - 1)
    simple = spread / found.n * (float(weights.sum()) / whole) ** 2
    effect = found.error**2 / simple if simple > 0 else None
    return replace(found, design_effect=effect)


def _mask(domain: ArrayLike | None, design: SampleDesign) -> Mask:
    if domain is None:
        return np.ones(len(design.weights), dtype=np.bool_)
    return np.asarray(domain, dtype=np.bool_)


def _inside(above: Floats, below: Floats, design: SampleDesign, domain: Mask) -> Mask:
    if not len(above) == len(below) == len(domain) == len(design.weights):
        raise DesignError("values, domain and design differ in length")
    return np.asarray(domain & ~np.isnan(above) & ~np.isnan(below) & (design.weights > 0))

"""Covariances of estimates from a stratified, clustered sample by Taylor linearisation.

Formula: V = sum_h (1 - f_h) n_h / (n_h - 1) sum_i (z_hi - zbar_h)(z_hi - zbar_h)' over the totals z_hi
of the linearised values in primary sampling unit i of stratum h (Wolter 2007, Introduction to Variance
Estimation, chapter 6; Lumley 2010, Complex Surveys, section 2.2).
"""

import numpy as np
from numpy.typing import NDArray

from analytics.methods.weighting.design import Floats, LoneRule, NoWeight, SampleDesign


def covariance(linearised: Floats, design: SampleDesign) -> Floats:
    """Covariance (q, q) of the sums of ``linearised`` (n, q), which carries the weights already."""
    totals = _unit_totals(linearised, design)
    strata, scale = design.stratum_of_unit, stratum_scale(design)
    counts = np.maximum(design.sampled, 1)
    means = np.column_stack(
        [np.bincount(strata, column, minlength=len(counts)) / counts for column in totals.T]
    )
    if design.lone is LoneRule.ADJUST:
        means[design.lonely] = totals.mean(axis=0)
    centred = (totals - means[strata]) * np.sqrt(scale[strata])[:, None]
    return np.asarray(centred.T @ centred)


def share_covariance(
    cells: NDArray[np.integer], count: int, design: SampleDesign
) -> tuple[Floats, Floats]:
    """Weighted shares (count,) of the cells, and their covariance (count, count).

    ``cells`` (n,) are codes 0..count-1, negative for rows outside of the domain, which still count as
    drawn. Without clusters nothing of size n x count is built. Raises NoWeight.
    """
    inside = cells >= 0
    weights = np.where(inside, design.weights, 0.0)
    total = float(weights.sum())
    codes = np.where(inside, cells, 0).astype(np.int64)
    if not total:
        raise NoWeight("no weight in the domain")
    by_stratum = _sums(design.strata * count + codes, weights, (len(design.sampled), count))
    shares = by_stratum.sum(axis=0) / total
    if design.units is not None:
        sums = _sums(design.units * count + codes, weights, (len(design.stratum_of_unit), count))
        linearised = (sums - np.outer(sums.sum(axis=1), shares)) / total
        return shares, covariance(linearised, _of_units(design))
    squares = _sums(design.strata * count + codes, weights**2, by_stratum.shape)
    return shares, _row_covariance(by_stratum, squares, shares, design) / total**2


def stratum_scale(design: SampleDesign) -> Floats:
    """(1 - f) n / (n - 1) of each stratum, with the rule for lone units worked in."""
    sampled, left = design.sampled, design.fraction_left
    scale = np.where(sampled > 1, left * sampled / np.maximum(sampled - 1, 1), 0.0)
    if design.lone is LoneRule.ADJUST:
        scale = np.where(design.lonely, left, scale)
    if design.lone is LoneRule.AVERAGE:
        several = int((sampled > 1).sum())
        scale = scale * (1 + int(design.lonely.sum()) / max(several, 1))
    return np.asarray(scale)


def _row_covariance(sums: Floats, squares: Floats, shares: Floats, design: SampleDesign) -> Floats:
    """The formula above for z = w (1_cell - share), written out in sums of w and w² by stratum.

    The mean of z over all rows is 0, so a lone row under ADJUST deviates from 0.
    """
    scale = stratum_scale(design)
    scaled = scale @ squares
    products = (
        np.diag(scaled)
        - np.outer(shares, scaled)
        - np.outer(scaled, shares)
        + np.outer(shares, shares) * scaled.sum()
    )
    totals = sums - np.outer(sums.sum(axis=1), shares)
    centring = scale / np.maximum(design.sampled, 1)
    if design.lone is LoneRule.ADJUST:
        centring = np.where(design.lonely, 0.0, centring)
    return np.asarray(products - totals.T @ (centring[:, None] * totals))


def _unit_totals(linearised: Floats, design: SampleDesign) -> Floats:
    if design.units is None:
        return linearised
    size = len(design.stratum_of_unit)
    return np.column_stack([np.bincount(design.units, column, size) for column in linearised.T])


def _sums(codes: NDArray[np.int64], weights: Floats, shape: tuple[int, int]) -> Floats:
    summed = np.bincount(codes, weights, minlength=shape[0] * shape[1])
    return summed.astype(np.float64).reshape(shape)


def _of_units(design: SampleDesign) -> SampleDesign:
    """The design whose rows are the primary sampling units themselves."""
    return SampleDesign(
        weights=np.ones(len(design.stratum_of_unit)),
        strata=design.stratum_of_unit,
        stratum_names=design.stratum_names,
        units=None,
        stratum_of_unit=design.stratum_of_unit,
        sampled=design.sampled,
        population=design.population,
        lone=design.lone,
    )

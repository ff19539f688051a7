"""The design of a sample: weights, strata, clusters and how many of each there are in the population."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class DesignError(ValueError):
    """A design that no variance can be computed for. ``code`` is stable, ``names`` says where."""

    code = "design"

    def __init__(self, message: str, names: Sequence[Hashable] = ()) -> None:
        super().__init__(message)
        self.names = tuple(names)


class UnusableWeight(DesignError):
    """A weight is negative, infinite or missing."""

    code = "unusable_weight"


class ClusterInTwoStrata(DesignError):
    """A primary sampling unit belongs to exactly one stratum."""

    code = "cluster_in_two_strata"


class UnusablePopulation(DesignError):
    """A stratum whose population is not given, or smaller than its sample."""

    code = "unusable_population"


class LoneUnit(DesignError):
    """A stratum has one primary sampling unit, and no rule was chosen for it."""

    code = "lone_unit"


class NoWeight(DesignError):
    """Every row of the domain weighs nothing."""

    code = "no_weight"


class LoneRule(StrEnum):
    """What a stratum with one primary sampling unit adds to a variance (Lumley 2010, section 2.3).

    ERROR refuses the design. CERTAINTY adds nothing, as if the unit had been sure to be drawn. ADJUST
    takes its deviation from the mean of all strata. AVERAGE adds the mean of the other strata.
    """

    ERROR = "error"
    CERTAINTY = "certainty"
    ADJUST = "adjust"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True, eq=False)
class SampleDesign:
    """A design over n rows, ready for variances. Built by ``sample_design``.

    ``weights`` (n,); ``strata`` (n,) codes 0..H-1 of ``stratum_names``; ``units`` (n,) codes 0..P-1 of
    the primary sampling units, or None where every row is its own; ``stratum_of_unit`` (P,);
    ``sampled`` (H,) units drawn; ``population`` (H,) units there are, infinite where not given.
    """

    weights: Floats
    strata: Integers
    stratum_names: tuple[Hashable, ...]
    units: Integers | None
    stratum_of_unit: Integers
    sampled: Integers
    population: Floats
    lone: LoneRule

    @property
    def degrees_of_freedom(self) -> int:
        """Primary sampling units less strata."""
        return len(self.stratum_of_unit) - len(self.sampled)

    @property
    def fraction_left(self) -> Floats:
        """1 - f of every stratum: the finite-population correction."""
        return np.asarray(1.0 - self.sampled / self.population)

    @property
    def lonely(self) -> NDArray[np.bool_]:
        """Strata whose variance cannot be seen: one unit drawn of several."""
        return np.asarray((self.sampled == 1) & (self.fraction_left > 0))

    def degrees_of_freedom_within(self, domain: NDArray[np.bool_]) -> int:
        """Units less strata that have a row in ``domain`` ((n,) of bool)."""
        strata = len(np.unique(self.strata[domain]))
        units = int(domain.sum()) if self.units is None else len(np.unique(self.units[domain]))
        return units - strata


def sample_design(
    weights: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    population: Mapping[Any, float] | float | None = None,
    lone: LoneRule = LoneRule.ERROR,
) -> SampleDesign:
    """The design of n sampled rows.

    ``weights`` (n,) are non-negative; ``strata`` (n,) and ``clusters`` (n,) are labels, clusters nested
    in strata. ``population`` is the number of primary sampling units there are (of rows, where there are
    no clusters): one number without strata, one per label of a stratum with them; without it no
    finite-population correction is made.

    Raises UnusableWeight, ClusterInTwoStrata, UnusablePopulation, LoneUnit.
    """
    weighed = np.asarray(weights, dtype=np.float64)
    if not np.all(np.isfinite(weighed)) or np.any(weighed < 0):
        raise UnusableWeight("every weight must be a number of 0 or more")
    stratum_codes, names = _codes(strata, len(weighed))
    units, stratum_of_unit = _units(clusters, stratum_codes)
    sampled = np.bincount(stratum_of_unit, minlength=len(names))
    design = SampleDesign(
        weights=weighed,
        strata=stratum_codes,
        stratum_names=names,
        units=units,
        stratum_of_unit=stratum_of_unit,
        sampled=sampled,
        population=_population(population, names, sampled),
        lone=lone,
    )
    _refuse_lone_units(design)
    return design


def _codes(labels: ArrayLike | None, length: int) -> tuple[Integers, tuple[Hashable, ...]]:
    if labels is None:
        return np.zeros(length, dtype=np.int64), ("",)
    codes, names = pd.factorize(np.asarray(labels), sort=True)
    if np.any(codes < 0):
        raise DesignError("a row has no stratum or no cluster")
    if len(codes) != length:
        raise DesignError("strata, clusters and weights differ in length")
    return codes.astype(np.int64), tuple(names.tolist())


def _units(clusters: ArrayLike | None, strata: Integers) -> tuple[Integers | None, Integers]:
    if clusters is None:
        return None, strata
    units, names = _codes(clusters, len(strata))
    stratum_of_unit = np.zeros(len(names), dtype=np.int64)
    stratum_of_unit[units] = strata
    astray = np.unique(units[stratum_of_unit[units] != strata])
    if len(astray):
        raise ClusterInTwoStrata("a cluster lies in two strata", [names[unit] for unit in astray])
    return units, stratum_of_unit


def _population(
    given: Mapping[Any, float] | float | None, names: tuple[Hashable, ...], sampled: Integers
) -> Floats:
    if given is None:
        return np.full(len(names), np.inf)
    counts = given if isinstance(given, Mapping) else dict.fromkeys(names, float(given))
    if len(names) > 1 and not isinstance(given, Mapping):
        raise UnusablePopulation("with strata the population is given for each", names)
    population = np.array([counts.get(name, 0.0) for name in names], dtype=np.float64)
    short = [
        name
        for name, has, drawn in zip(names, population, sampled, strict=True)
        if not has >= max(drawn, 1)
    ]
    if short:
        raise UnusablePopulation("a population is missing or smaller than its sample", short)
    return population


def _refuse_lone_units(design: SampleDesign) -> None:
    lonely = design.lonely
    names = [name for name, lone in zip(design.stratum_names, lonely, strict=True) if lone]
    if names and design.lone is LoneRule.ERROR:
        raise LoneUnit("a stratum has one primary sampling unit", names)
    if names and design.lone is LoneRule.AVERAGE and not np.any(design.sampled > 1):
        raise LoneUnit("no stratum has two primary sampling units to take the mean of", names)

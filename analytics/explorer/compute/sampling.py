"""For whom the agencies of a sampled round stand: weights, strata, and how many there are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np  # noqa: TID253  (imported by task bodies only)
import numpy.typing as npt  # noqa: TID253  (as above)

from analytics.explorer.queries import AskedUnit
from analytics.methods.descriptive import CENSUS, Design, Mode
from analytics.methods.weighting.design import LoneRule, SampleDesign, sample_design
from surveys.campaigns.models import Round
from surveys.campaigns.queries import strata_of
from surveys.campaigns.targets import TargetRule

NAMED = "@named"
"""The stratum of agencies that are asked in any case, beside the sample."""


@dataclass(frozen=True)
class Sampling:
    """One entry for each row. The weight of a row is N_h / n_h of its stratum: n_h of the N_h agencies
    there have signed, so that those who have not are taken to answer as the others of their stratum.
    """

    weights: npt.NDArray[np.float64]
    strata: tuple[str, ...]
    population: Mapping[str, float]

    def design_of(self, rows: npt.NDArray[np.bool_]) -> Design:
        """The design of a number over the chosen rows: they stand for the sum of their weights."""
        stand_for = max(1, int(rows.sum()), round(float(self.weights[rows].sum())))
        return Design(Mode.SAMPLE, population=stand_for)

    @property
    def sample(self) -> SampleDesign:
        """The design for variances. A stratum of one agency takes its deviation from all strata's mean."""
        return sample_design(
            self.weights,
            strata=np.array(self.strata, dtype=object),
            population=self.population,
            lone=LoneRule.ADJUST,
        )


def sampling_of(
    round_: Round, units: Sequence[AskedUnit], asked: Sequence[AskedUnit]
) -> Sampling | None:
    """How the agencies that have signed (``units``) were drawn; None where everybody was asked."""
    rule = TargetRule.read(round_.targets)
    if rule.sample is None or round_.opened_at is None:
        return None
    frame = strata_of(rule, at=round_.opened_at)
    stratum = {agency: name for name, members in frame.items() for agency in members}
    strata = tuple(stratum.get(unit.agency_id, NAMED) for unit in units)
    signed = Counter(strata)
    sizes = {name: float(len(members)) for name, members in frame.items()}
    sizes[NAMED] = float(sum(unit.agency_id not in stratum for unit in asked))
    population = {name: max(sizes[name], float(n)) for name, n in signed.items()}
    weights = np.array([population[name] / signed[name] for name in strata], dtype=np.float64)
    return Sampling(weights, strata, population)


def design_of(sampling: Sampling | None, rows: npt.NDArray[np.bool_]) -> Design:
    """The design of a number over the chosen rows."""
    return CENSUS if sampling is None else sampling.design_of(rows)

"""How the answers came to be: whether a number has a sampling error, and which."""

from dataclasses import dataclass
from enum import StrEnum

ENOUGH = 5


class Mode(StrEnum):
    """The three ways in which units come into a survey."""

    CENSUS = "census"
    SAMPLE = "sample"
    CONVENIENCE = "convenience"


class NoInterval(StrEnum):
    """Why a number has no interval.

    * ``census``: every unit was asked, so there is no sampling error; what remains is non-response
      and measurement;
    * ``convenience``: units came by themselves, so nothing is known of those that did not;
    * ``few``: fewer than 5 answers, or fewer than the method takes;
    * ``no_variance``: the spread cannot be told, as all answers that count are the same;
    * ``zero_below``: the total below is 0, so that there is not even a ratio.
    """

    CENSUS = "census"
    CONVENIENCE = "convenience"
    FEW = "few"
    NO_VARIANCE = "no_variance"
    ZERO_BELOW = "zero_below"


@dataclass(frozen=True, slots=True)
class Design:
    """How units were chosen. ``population`` is N, the units from which a sample was drawn.

    Raises ValueError for a sample without its N, for an N below 1 and for a level outside of (0, 1).
    """

    mode: Mode
    population: int | None = None
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.mode is Mode.SAMPLE and (self.population is None or self.population < 1):
            raise ValueError("A sample needs the number of units from which it was drawn.")
        if not 0 < self.level < 1:
            raise ValueError("The level of an interval lies between 0 and 1.")

    def no_interval(self, n: int, *, enough: int = ENOUGH) -> NoInterval | None:
        """Why a number over ``n`` answers has no interval, or None where it has one."""
        if self.mode is Mode.CENSUS:
            return NoInterval.CENSUS
        if self.mode is Mode.CONVENIENCE:
            return NoInterval.CONVENIENCE
        return NoInterval.FEW if n < enough else None

    def unseen(self, n: int) -> float:
        """The finite-population correction 1 - n/N of a variance.

        Raises ValueError where there are more answers than units in the population.
        """
        if self.population is None:
            return 1.0
        if n > self.population:
            raise ValueError(f"{n} answers from a population of {self.population}.")
        return 1 - n / self.population


CENSUS = Design(Mode.CENSUS)

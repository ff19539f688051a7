"""How much of its peers the reader of a profile may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.gate.enums import Identity
from analytics.gate.models import DisclosurePolicy


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Of ``number`` peers: the median, and where a quarter lies below and above; None where too few
    stand behind them."""

    number: int
    low: float | None
    median: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Sight:
    """The rule of a round: at least ``minimum`` peers stand behind every quantile.

    Where organisations are protected, they must stand on each side of it: twice as many for a median,
    four times as many for quartiles.
    """

    minimum: int
    protects: bool

    @classmethod
    def of(cls, policy: DisclosurePolicy) -> "Sight":
        """The rule by the round's policy."""
        return cls(policy.minimum, policy.identity == Identity.PROTECTED)

    def shown(self, held: Sequence[float] | None) -> Quartiles:
        """What may be shown of ``[n, 25 %, 50 %, 75 %]``."""
        if not held:
            return Quartiles(0, None, None, None)
        number = int(held[0])
        needed_for_median = self.minimum * (2 if self.protects else 1)
        needed_for_quarters = self.minimum * (4 if self.protects else 1)
        low, median, high = held[1:4]
        return Quartiles(
            number,
            low if number >= needed_for_quarters else None,
            median if number >= needed_for_median else None,
            high if number >= needed_for_quarters else None,
        )

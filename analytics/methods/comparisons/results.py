"""What a comparison gives."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.definitions.reasons import Reason
from analytics.methods.multiplicity import Adjustment

LEAST = 5


class ComparisonMethod(StrEnum):
    """How a p-value was found."""

    EXACT = "exact"
    NORMAL = "normal_ties_continuity"
    CHI_SQUARE = "chi_square"
    CHI_SQUARE_CONTINUITY = "chi_square_continuity"
    EXACT_BINOMIAL = "exact_binomial"


@dataclass(frozen=True, slots=True)
class Compared:
    """One test, two-sided, or the ``reason`` why there is none.

    ``sizes`` are the cases of each group (of paired tests: the pairs), without the ``missing``.
    ``effect`` is named by ``effect_name``: ``rank_biserial``, ``odds_ratio``, ``kendalls_w``, ``slope``.
    """

    sizes: tuple[int, ...]
    missing: int = 0
    method: ComparisonMethod | None = None
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    effect_name: str = ""
    effect: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """Kruskal-Wallis over named groups, or the ``reason`` why not and the ``small_groups`` it is about."""

    groups: tuple[str, ...]
    sizes: tuple[int, ...]
    mean_ranks: tuple[float | None, ...]
    missing: int
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    epsilon_squared: float | None = None
    eta_squared_h: float | None = None
    reason: Reason | None = None
    small_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairOfGroups:
    """One pair of Dunn's comparisons; ``p_adjusted`` is over ``tests`` pairs by ``adjustment``."""

    first: str
    second: str
    z: float
    p: float
    p_adjusted: float
    tests: int
    adjustment: Adjustment


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """A mean change of the same respondents with its percentile interval, or the ``reason`` why not."""

    pairs: int
    missing: int
    change: float | None = None
    error: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float | None = None
    p: float | None = None
    replicates: int | None = None
    seed: int | None = None
    reason: Reason | None = None

"""Agreement of two verifiers beyond chance: Cohen's kappa with its standard error.

Sources: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
Measurement 20 (1960) 37-46; weighted: J. Cohen, Psychological Bulletin 70 (1968) 213-220, with the
linear weights of D. V. Cicchetti and T. Allison, American Journal of EEG Technology 11 (1971)
101-109; standard error: J. L. Fleiss, J. Cohen and B. S. Everitt, Psychological Bulletin 72 (1969)
323-327. The words are those of J. R. Landis and G. G. Koch, Biometrics 33 (1977) 159-174.

Plain Python: pairs of categories in, figures out.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import sqrt
from typing import Final

Pair = tuple[Hashable, Hashable]
Weight = Callable[[int, int], float]


class Strength(StrEnum):
    """A kappa in words, after Landis and Koch."""

    POOR = "poor"
    SLIGHT = "slight"
    FAIR = "fair"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"
    ALMOST_PERFECT = "almost_perfect"


SCALE: Final = (
    (0.0, Strength.POOR),
    (0.2, Strength.SLIGHT),
    (0.4, Strength.FAIR),
    (0.6, Strength.MODERATE),
    (0.8, Strength.SUBSTANTIAL),
)
"""The end of each step, itself included; beyond the last it is almost perfect. Below 0 is poor."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """The agreement of ``n`` pairs.

    ``observed`` and ``expected`` are the shares of agreement found and due to chance. ``value`` is
    blank where there is no pair, or where chance alone must agree: both always said the same one
    thing. ``error`` is the asymptotic standard error of ``value``.
    """

    n: int
    observed: float | None
    expected: float | None
    value: float | None
    error: float | None

    @property
    def strength(self) -> Strength | None:
        """The value in words; blank where there is none."""
        if self.value is None:
            return None
        if self.value < 0:
            return Strength.POOR
        steps = (word for end, word in SCALE[1:] if self.value <= end)
        return next(steps, Strength.ALMOST_PERFECT)


NOTHING: Final = Kappa(0, None, None, None, None)


def kappa(pairs: Iterable[Pair], categories: Sequence[Hashable]) -> Kappa:
    """Cohen's kappa of pairs (what the first said, what the second said) over the categories.

    Raises KeyError for a pair that names none of them.
    """
    return _kappa(pairs, categories, lambda row, column: float(row == column))


def weighted_kappa(pairs: Iterable[Pair], categories: Sequence[Hashable]) -> Kappa:
    """Kappa over ordered categories with linear weights: the nearer, the more they agree.

    Raises KeyError for a pair that names none of them, and ValueError for a single category.
    """
    last = len(categories) - 1
    if last < 1:
        raise ValueError("one category has no order")
    return _kappa(pairs, categories, lambda row, column: 1 - abs(row - column) / last)


def _kappa(pairs: Iterable[Pair], categories: Sequence[Hashable], weight: Weight) -> Kappa:
    place = {category: number for number, category in enumerate(categories)}
    counts = Counter((place[first], place[second]) for first, second in pairs)
    n = counts.total()
    if not n:
        return NOTHING
    size = range(len(categories))
    share = {cell: counts[cell] / n for cell in product(size, size)}
    rows = [sum(share[row, column] for column in size) for row in size]
    columns = [sum(share[row, column] for row in size) for column in size]
    observed = sum(weight(*cell) * share[cell] for cell in share)
    expected = sum(weight(row, column) * rows[row] * columns[column] for row, column in share)
    # One category alone was ever used: there is nothing that chance could have missed.
    if max(rows) == max(columns) == 1 and expected == 1:
        return Kappa(n, observed, expected, None, None)
    value = (observed - expected) / (1 - expected)
    error = (
        sqrt(_spread(share, rows, columns, weight, observed, expected) / n) / (1 - expected) ** 2
    )
    return Kappa(n, observed, expected, value, error)


def _spread(
    share: dict[tuple[int, int], float],
    rows: Sequence[float],
    columns: Sequence[float],
    weight: Weight,
    observed: float,
    expected: float,
) -> float:
    """What stands in braces in equation 9 of Fleiss, Cohen and Everitt (1969)."""
    size = range(len(rows))
    of_row = [sum(columns[column] * weight(row, column) for column in size) for row in size]
    of_column = [sum(rows[row] * weight(row, column) for row in size) for column in size]
    total = sum(
        part
        * (
            weight(row, column) * (1 - expected)
            - (of_row[row] + of_column[column]) * (1 - observed)
        )
        ** 2
        for (row, column), part in share.items()
    )
    # Rounding may carry an exact 0 below it.
    return max(0.0, total - (observed * expected - 2 * expected + observed) ** 2)

"""The distribution of Kendall's S under no trend, exact with and without ties."""

from collections.abc import Sequence
from functools import cache

EXACT_UP_TO = 20


@cache
def distribution_of_s(ties: tuple[int, ...]) -> dict[int, int]:
    """How many orders of the values give each S (concordant minus discordant pairs).

    ``ties``: the sizes of the groups of equal values, sorted; all 1 without ties. The number of
    inversions of a multiset is distributed by the q-multinomial coefficient (MacMahon 1913), and
    S = pairs of unequal values - 2 * inversions. Integers throughout.
    """
    n = sum(ties)
    coefficients = [1]
    for factor in range(2, n + 1):
        coefficients = _times(coefficients, factor)
    for size in ties:
        for factor in range(2, size + 1):
            coefficients = _divided(coefficients, factor)
    unequal = (n * (n - 1) - sum(size * (size - 1) for size in ties)) // 2
    return {
        unequal - 2 * inversions: count
        for inversions, count in enumerate(coefficients[: unequal + 1])
    }


def probability_at_least(s: int, ties: Sequence[int]) -> float:
    """P(S >= s) when every order of the values is equally likely."""
    counts = distribution_of_s(tuple(sorted(ties)))
    return sum(count for each, count in counts.items() if each >= s) / sum(counts.values())


def variance_of_s(n: int, ties: Sequence[int]) -> float:
    """(n(n-1)(2n+5) - sum t(t-1)(2t+5)) / 18 (Kendall 1975, Rank Correlation Methods)."""
    tied = sum(size * (size - 1) * (2 * size + 5) for size in ties)
    return (n * (n - 1) * (2 * n + 5) - tied) / 18


def _times(coefficients: list[int], factor: int) -> list[int]:
    """Times 1 + q + ... + q**(factor - 1)."""
    product = [0] * (len(coefficients) + factor - 1)
    for power, coefficient in enumerate(coefficients):
        for step in range(factor):
            product[power + step] += coefficient
    return product


def _divided(coefficients: list[int], factor: int) -> list[int]:
    """By 1 + q + ... + q**(factor - 1), which leaves no rest in a q-multinomial."""
    rest = list(coefficients)
    quotient = [0] * (len(coefficients) - factor + 1)
    for power in range(len(quotient)):
        quotient[power] = rest[power]
        for step in range(factor):
            rest[power + step] -= quotient[power]
    return quotient

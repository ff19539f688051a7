"""Sets of values that a condition leaves open: intervals of exact numbers, and sets of texts.

Both say besides whether blank is among them. Every set may be too large, never too small.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two bounds; a bound that is None is infinitely far."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        is_point_open = self.low_open or self.high_open
        return self.low > self.high or (self.low == self.high and is_point_open)

    def __and__(self, other: "Interval") -> "Interval":
        """The numbers in both."""
        low, low_open = _tighter(
            (self.low, self.low_open), (other.low, other.low_open), is_lower=True
        )
        high, high_open = _tighter(
            (self.high, self.high_open), (other.high, other.high_open), is_lower=False
        )
        return Interval(low, high, low_open, high_open)

    def of_whole(self) -> "Interval":
        """The same whole numbers, with bounds that belong to it."""
        low, high = self.low, self.high
        if low is not None:
            ceiling = low.to_integral_value(ROUND_CEILING)
            low = ceiling + ONE if self.low_open and ceiling == low else ceiling
        if high is not None:
            floor = high.to_integral_value(ROUND_FLOOR)
            high = floor - ONE if self.high_open and floor == high else floor
        return Interval(low, high)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers in some of the intervals; ``whole`` ones only if so."""

    intervals: tuple[Interval, ...] = (Interval(),)
    blank: bool = True
    whole: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left, not even blank."""
        return not self.intervals and not self.blank

    def __and__(self, other: "Numbers") -> "Numbers":
        """What is in both."""
        whole = self.whole or other.whole
        met = (one & two for one in self.intervals for two in other.intervals)
        narrowed = (each.of_whole() if whole else each for each in met)
        return Numbers(
            tuple(each for each in narrowed if not each.is_empty),
            self.blank and other.blank,
            whole,
        )

    def answered(self) -> "Numbers":
        """Without blank."""
        return replace(self, blank=False)


@dataclass(frozen=True, slots=True)
class Words:
    """The listed texts, or all texts but the listed ones."""

    listed: frozenset[str] = frozenset()
    is_complement: bool = True
    blank: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left, not even blank."""
        return not self.is_complement and not self.listed and not self.blank

    def __and__(self, other: "Words") -> "Words":
        """What is in both."""
        blank = self.blank and other.blank
        match self.is_complement, other.is_complement:
            case True, True:
                return Words(self.listed | other.listed, is_complement=True, blank=blank)
            case False, False:
                return Words(self.listed & other.listed, is_complement=False, blank=blank)
            case True, False:
                return Words(other.listed - self.listed, is_complement=False, blank=blank)
            case _:
                return Words(self.listed - other.listed, is_complement=False, blank=blank)

    def answered(self) -> "Words":
        """Without blank."""
        return replace(self, blank=False)


Values = Numbers | Words


def both(one: Values, two: Values) -> Values:
    """What is in both sets; of sets of unlike kinds the first is kept whole."""
    if isinstance(one, Numbers) and isinstance(two, Numbers):
        return one & two
    if isinstance(one, Words) and isinstance(two, Words):
        return one & two
    return one


def numbers(sign: str, bound: Decimal) -> Numbers:
    """The numbers ``x`` for which ``x sign bound`` holds; blank only where ``!=`` admits it."""
    match sign:
        case "=":
            return Numbers((Interval(bound, bound),), blank=False)
        case "!=":
            below, above = Interval(high=bound, high_open=True), Interval(bound, low_open=True)
            return Numbers((below, above), blank=True)
        case "<" | "<=":
            return Numbers((Interval(high=bound, high_open=sign == "<"),), blank=False)
        case _:
            return Numbers((Interval(bound, low_open=sign == ">"),), blank=False)


def words(*texts: str, blank: bool = False) -> Words:
    """Exactly these texts."""
    return Words(frozenset(texts), is_complement=False, blank=blank)


def of_codes(codes: Iterable[str]) -> Words:
    """Blank or one of the codes."""
    return Words(frozenset(codes), is_complement=False, blank=True)


def _tighter(
    one: tuple[Decimal | None, bool], two: tuple[Decimal | None, bool], *, is_lower: bool
) -> tuple[Decimal | None, bool]:
    (bound, is_open), (other, other_open) = one, two
    if bound is None or other is None:
        return two if bound is None else one
    if bound == other:
        return bound, is_open or other_open
    return one if (bound > other) == is_lower else two

"""Which change since the last round is usual: a tiny grammar, and what it says of two figures.

    band  = part { "or" part }            inside if any part holds
    part  = ["±"] figure                  20%, ±5: at most so much up or down
          | [figure] ".." [figure]        -10%..+50%, ..5: from, to; an open end is no limit
          | (">=" | "<=") figure          >=0: no decrease
    figure = [sign] digits ["%"]          a decimal point or comma; % of the last round's figure

A percentage is of the absolute value of the last figure. From zero every change leaves a percentage
that limits its direction, and zero again stays inside. Without a figure in one of the two rounds
there is no change, and nothing leaves a band.
"""

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final

_EXACT: Final = Context(prec=200)
"""Products of any two answers are exact in it."""

_FIGURE: Final = r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,9})?%?"
_SYMMETRIC: Final = re.compile(rf"(?:±|\+/?-)?(?P<size>{_FIGURE.removeprefix('[+-]?')})")
_RANGE: Final = re.compile(rf"(?P<low>{_FIGURE})?\.\.(?P<high>{_FIGURE})?")
_ONE_SIDED: Final = re.compile(rf"(?P<side>>=|<=)(?P<limit>{_FIGURE})")
_OR: Final = re.compile(r"\s+or\s+", re.IGNORECASE)
_PLAIN: Final = str.maketrans({"≥": ">=", "≤": "<=", "\N{MINUS SIGN}": "-"})


class BandUnreadable(ValueError):
    """A text that says no band."""


@dataclass(frozen=True, slots=True)
class Limits:
    """From ``low`` to ``high``, both inside; ``None`` is no limit."""

    low: Decimal | None
    high: Decimal | None
    is_percent: bool

    def hold(self, before: Decimal, now: Decimal) -> bool:
        """Whether the change from one figure to the other stays inside."""
        change = _EXACT.subtract(now, before)
        unit = Decimal(1)
        if self.is_percent:
            change, unit = _EXACT.multiply(change, Decimal(100)), abs(before)
        is_enough = self.low is None or change >= _EXACT.multiply(self.low, unit)
        return is_enough and (self.high is None or change <= _EXACT.multiply(self.high, unit))


@dataclass(frozen=True, slots=True)
class Band:
    """The usual changes of a figure."""

    parts: tuple[Limits, ...]

    def holds(self, before: Decimal, now: Decimal) -> bool:
        """Whether the change from the last figure to the new one is usual."""
        return any(part.hold(before, now) for part in self.parts)


@lru_cache(maxsize=1024)
def read_band(text: str) -> Band:
    """The band that a text says. Raises BandUnreadable."""
    return Band(tuple(_part(part) for part in _OR.split(text.strip())))


def relative_change(before: Decimal, now: Decimal) -> Decimal | None:
    """The change in percent of the last figure, to one decimal; None from zero."""
    if not before:
        return None
    change = _EXACT.multiply(_EXACT.subtract(now, before), Decimal(100))
    return _EXACT.quantize(_EXACT.divide(change, abs(before)), Decimal("0.1"))


def _part(text: str) -> Limits:
    plain = "".join(text.translate(_PLAIN).split())
    if found := _SYMMETRIC.fullmatch(plain):
        size, is_percent = _figure(found["size"])
        return Limits(-size, size, is_percent)
    if found := _ONE_SIDED.fullmatch(plain):
        limit, is_percent = _figure(found["limit"])
        return (
            Limits(limit, None, is_percent)
            if found["side"] == ">="
            else Limits(None, limit, is_percent)
        )
    found = _RANGE.fullmatch(plain)
    ends = [found[name] and _figure(found[name]) for name in ("low", "high")] if found else []
    units = {end[1] for end in ends if end}
    if len(units) != 1:
        raise BandUnreadable(text)
    low, high = (end[0] if end else None for end in ends)
    if low is not None and high is not None and low > high:
        raise BandUnreadable(text)
    return Limits(low, high, units.pop())


def _figure(text: str) -> tuple[Decimal, bool]:
    return Decimal(text.removesuffix("%").replace(",", ".")), text.endswith("%")

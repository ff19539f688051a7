"""How the figures of a profile are written, and where they lie on a strip."""

from dataclasses import dataclass

from analytics.definitions.specs import Pair
from analytics.reports.sight import Quartiles
from surveys.templatetags.ks import MINUS, vn_number


def plain(value: float | None) -> str:
    """A value with as many decimals as a reader wants: 7, 3.4, 0.62, 1,234."""
    if value is None:
        return ""
    digits = 0 if abs(value) >= 1000 or value == int(value) else 1 if abs(value) >= 10 else 2
    return vn_number(value, digits)


def against(shortfall: float | None) -> str:
    """How far a value is from its target: U+2212 and ``1,5`` short of it, ``+0,3`` beyond it, ``0`` on it, whichever
    way is better."""
    if shortfall is None:
        return ""
    text = plain(abs(shortfall))
    if not text.strip("0.,"):
        return text
    return f"{MINUS if shortfall > 0 else '+'}{text}"


@dataclass(frozen=True, slots=True)
class Strip:
    """Places in percent of the width: the unit's dot, the middle half of its peers, their median."""

    dot: str
    low: str
    high: str
    median: str

    @classmethod
    def of(cls, value: float | None, peers: Quartiles, span: Pair) -> "Strip":
        """The places of figures on a scale; blank for what is not shown."""
        places = [_place(each, span) for each in (value, peers.low, peers.high, peers.median)]
        return cls(*places)


def _place(value: float | None, span: Pair) -> str:
    low, high = span
    if value is None or high <= low:
        return ""
    share = min(1.0, max(0.0, (value - low) / (high - low)))
    # A margin on both sides, so that no dot is cut.
    return f"{3 + 94 * share:.1f}%"

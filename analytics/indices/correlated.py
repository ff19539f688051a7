"""The correlations of a run as its page shows them: what to look at first, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.definitions import Reason
from surveys.templatetags.ks import vn_number

REDUNDANT, CONTRADICTORY, WEAK, NEGATIVE = "redundant", "contradictory", "weak", "negative"
"""What is marked; the first three as ``analytics.methods.correlations`` calls them."""

MARKS: Final[Mapping[str, Promise]] = {
    REDUNDANT: _("Counts double"),
    CONTRADICTORY: _("Pulls apart"),
    WEAK: _("Says little"),
    NEGATIVE: _("Against each other"),
}
BOUNDS: Final[Mapping[str, float]] = {REDUNDANT: 0.9, CONTRADICTORY: -0.4, WEAK: 0.3}
"""Beyond which r a pair is marked: those of ``analytics.methods.correlations``, which loads numpy."""

_GRADES: Final = {REDUNDANT: "bad", CONTRADICTORY: "bad", WEAK: "warn", NEGATIVE: "info"}
_BLANK: Final[Mapping[str, Promise]] = {
    Reason.CONSTANT: _("All units have the same value"),
    Reason.TOO_FEW_CASES: _("Fewer than three units have both"),
}
LEAST_SHOWN: Final = 0.0001


@dataclass(frozen=True, slots=True)
class Side:
    """One of a pair: its name and code."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things below a node, or one and its node. ``mark`` is empty where nothing is to be looked at;
    ``blank`` says why there is no r.
    """

    node: Side
    first: Side
    second: Side
    n: int
    r: float | None
    p: str
    p_adjusted: str
    mark: str
    grade: str
    blank: str


def pairs_of(lines: Sequence[Sequence[str]], names: Mapping[str, str]) -> list[Pair]:
    """The lines of the table without its headings: those that are marked first, the worst before."""
    found = [_pair(line, names) for line in lines]
    order = [str(word) for word in MARKS.values()]
    return sorted(found, key=lambda pair: order.index(pair.mark) if pair.mark else len(order))


def _pair(line: Sequence[str], names: Mapping[str, str]) -> Pair:
    node, first, second, n, r, p, p_adjusted, told = line
    flag = told if told in MARKS else ""
    if not flag and second != node and (_figure(r) or 0) < 0:
        flag = NEGATIVE
    return Pair(
        node=Side(names.get(node, node), node),
        first=Side(names.get(first, first), first),
        second=Side(names.get(second, second), second),
        n=int(n),
        r=_figure(r),
        p=_probability(p),
        p_adjusted=_probability(p_adjusted),
        mark=str(MARKS[flag]) if flag else "",
        grade=_GRADES.get(flag, ""),
        blank=str(_BLANK.get(told, "")),
    )


def _probability(text: str) -> str:
    """A probability with four decimals; one that they cannot show is below the least they can."""
    value = _figure(text)
    if value is None:
        return ""
    return f"< {vn_number(LEAST_SHOWN, 4)}" if value < LEAST_SHOWN else vn_number(value, 4)


def _figure(text: str) -> float | None:
    return float(text) if text else None

"""Which answers are verified: all, or a sample that anybody can draw again from the seed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from surveys.campaigns.sampling import draw
from surveys.verification.enums import Which


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scored answer of one agency; ``assignment`` is the key of its duty, ``kind`` its type."""

    assignment: int
    kind: str
    code: str
    most: Decimal
    is_top: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """The rule: ``share`` is the random part in percent, drawn by ``seed``.

    Only indicators of ``least`` points and more are taken, and only ``codes`` where any are named.
    """

    which: Which = Which.EVERY
    share: int = 100
    seed: int = 1
    least: Decimal = Decimal(0)
    codes: Collection[str] = ()


def choose(candidates: Iterable[Candidate], rule: Choosing) -> list[Candidate]:
    """The candidates that are verified, in their order; the same for the same seed.

    Of what is drawn at random, ``share`` percent rounded up: at least one of each indicator (RISK) or
    of each type of agency (AGENCIES), unless the share is 0.
    """
    wanted = [
        each
        for each in candidates
        if each.most >= rule.least and (not rule.codes or each.code in rule.codes)
    ]
    match rule.which:
        case Which.EVERY:
            return wanted
        case Which.RISK:
            return _by_risk(wanted, rule)
        case Which.AGENCIES:
            return _by_agency(wanted, rule)


def _by_risk(wanted: Sequence[Candidate], rule: Choosing) -> list[Candidate]:
    rest: dict[str, list[int]] = {}
    for each in wanted:
        if not each.is_top:
            rest.setdefault(each.code, []).append(each.assignment)
    drawn = {code: _drawn({code: members}, rule) for code, members in rest.items()}
    return [each for each in wanted if each.is_top or each.assignment in drawn[each.code]]


def _by_agency(wanted: Sequence[Candidate], rule: Choosing) -> list[Candidate]:
    types: dict[str, set[int]] = {}
    for each in wanted:
        types.setdefault(each.kind, set()).add(each.assignment)
    drawn: set[int] = set()
    for kind, members in types.items():
        drawn |= _drawn({kind: sorted(members)}, rule)
    return [each for each in wanted if each.assignment in drawn]


def _drawn(stratum: dict[str, list[int]], rule: Choosing) -> set[int]:
    number = sum(len(members) for members in stratum.values())
    return draw(stratum, ceil(number * rule.share / 100), seed=rule.seed)

"""The targets of a round for those who may not see single answers. Loads pandas: inside tasks only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from analytics.gate.compute import AskedFor, Released, protect_for, rules_of
from analytics.gate.enums import Audience, Identity
from analytics.gate.queries import policy_of
from analytics.methods.disclosure import (
    TOTAL,
    Axis,
    Cell,
    Contribution,
    Figures,
    Policy,
    Table,
    cell_key,
    crosstab,
)
from analytics.methods.disclosure.rules import unsafe_by
from analytics.methods.targets import Over, TargetRule, asked_units
from analytics.results import compute
from analytics.results.parts import Part
from surveys.campaigns.models import Round

WHAT: Final = "targets"
_YES, _NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class _Answered:
    """Who answered an indicator: type, part and signed revision of each."""

    kinds: tuple[str, ...]
    rows: tuple[tuple[str, Part, int], ...]


def protected_indicators(
    round_: Round, indicators: Sequence[Mapping[str, Any]], data: compute.RoundData, *, at: datetime
) -> list[dict[str, Any]] | None:
    """The indicators through the gate; None where they must not be shown beside what was shown before.

    A share whose parts are 0 or 1 is a table of yes and no by type; any other indicator is a sum by
    type, of numerators and of denominators. Nobody is named, and a figure that is hidden is hidden
    with everything that it could be computed from.
    """
    policy = policy_of(round_)
    rules = {rule.code: rule for rule in compute.rules_of(data.asked)}
    answered = {code: _answered(rule, data) for code, rule in rules.items()}
    tables = [_table(rules[code], found, rules_of(policy)) for code, found in answered.items()]
    asked = AskedFor(
        what=WHAT,
        units=[signed.revision_id for signed in data.signed],
        groups=_groups(answered),
        data=str(max((signed.revision_id for signed in data.signed), default=0)),
    )
    released = protect_for(round_, Audience.RESEARCHERS, tables, asked, at=at)
    if released.refusal is not None:
        return None
    if policy.identity == Identity.PUBLISHED:
        return [dict(item) for item in indicators]
    hidden = _hidden(released, answered)
    return [_protected(item, hidden.get(item["code"], frozenset())) for item in indicators]


def _answered(rule: TargetRule, data: compute.RoundData) -> _Answered:
    types = asked_units(compute.units_frame(data.units), rule)["type"]
    revisions = {signed.agency_id: signed.revision_id for signed in data.signed}
    rows = tuple(
        (str(types[part.agency_id]), part, revisions[part.agency_id])
        for part in data.parts
        if part.code == rule.code
        and part.agency_id in types.index
        and part.numerator is not None
        and (rule.over is not Over.SUM or part.denominator is not None)
    )
    return _Answered(tuple(str(kind) for kind in types.unique()), rows)


def _table(rule: TargetRule, answered: _Answered, policy: Policy) -> Table:
    by_type = Axis("type", answered.kinds)
    yes_or_no = all(part.numerator in {0, 1} for _kind, part, _revision in answered.rows)
    if yes_or_no and rule.over is not Over.SUM:
        members: dict[tuple[str, str], list[int]] = {}
        for kind, part, revision in answered.rows:
            members.setdefault((_YES if part.numerator else _NO, kind), []).append(revision)
        axes = [Axis("answer", (_YES, _NO), answers=True), by_type]
        return crosstab(rule.code, axes, Figures(members=members), measure=rule.code)
    numerators = _given(answered, "numerator")
    figures = Figures(
        counts={place: len(given) for place, given in numerators.items()},
        values={place: sum(each.value for each in given) for place, given in numerators.items()},
        contributions=numerators,
        unsafe=_unsafe_denominators(rule, answered, policy),
    )
    return crosstab(rule.code, [by_type], figures, measure=rule.code)


def _given(answered: _Answered, name: str) -> dict[tuple[str], list[Contribution]]:
    found: dict[tuple[str], list[Contribution]] = {}
    for kind, part, _revision in answered.rows:
        each = Contribution(float(getattr(part, name)), holder=str(part.agency_id))
        found.setdefault((kind,), []).append(each)
    return found


def _unsafe_denominators(
    rule: TargetRule, answered: _Answered, policy: Policy
) -> frozenset[tuple[str, ...]]:
    if rule.over is not Over.SUM:
        return frozenset()
    by_type = _given(answered, "denominator")
    whole = [each for given in by_type.values() for each in given]
    cells = {
        place: Cell(key="", value=0, count=len(given), contributions=tuple(given))
        for place, given in {**by_type, (TOTAL,): whole}.items()
    }
    return frozenset(place for place, cell in cells.items() if unsafe_by(cell, policy))


def _groups(answered: Mapping[str, _Answered]) -> dict[str, list[int]]:
    """The answers behind each figure, by the key of the cell that counts them."""
    found: dict[str, list[int]] = {}
    for code, each in answered.items():
        for kind, _part, revision in each.rows:
            for key in (cell_key({}, measure=code), cell_key({"type": kind}, measure=code)):
                found.setdefault(key, []).append(revision)
    return found


def _hidden(released: Released, answered: Mapping[str, _Answered]) -> dict[str, frozenset[str]]:
    """By indicator, the types of which a cell is hidden; TOTAL for all types together."""

    def is_hidden(code: str, kind: str) -> bool:
        keys = (
            cell_key({"type": kind, "answer": answer}, measure=code)
            for answer in (_YES, _NO, TOTAL)
        )
        return any(key in released.figures and released.figures[key] is None for key in keys)

    return {
        code: frozenset(kind for kind in (*each.kinds, TOTAL) if is_hidden(code, kind))
        for code, each in answered.items()
    }


def _protected(item: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    shown = {**item, "missing": [], "codes": {}, "hidden": TOTAL in hidden}
    if "asked" in item:
        shown["missing_count"] = len(item["missing"])
        shown["by_type"] = {
            kind: {**share, "missing": [], "hidden": False}
            if kind not in hidden
            else _without_figures(share)
            for kind, share in item["by_type"].items()
        }
    return _without_figures(shown) if TOTAL in hidden else shown


def _without_figures(item: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of a hidden figure: how many were asked, which everybody knows."""
    nothing = {"value": None, "numerator": None, "denominator": None, "answered": None}
    return {**item, **nothing, "missing": [], "missing_count": None, "hidden": True}

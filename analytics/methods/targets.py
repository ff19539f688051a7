"""Targets: a share, a mean or a ratio over all agencies asked, with who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd


class Over(StrEnum):
    """What the denominator counts."""

    UNITS = "units"
    ANSWERED = "answered"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class TargetRule:
    """How an indicator is put together; ``applies_to`` empty means every agency type.

    Where several questionnaires are asked, ``forms`` takes the place of ``applies_to``: the keys of
    those that measure the indicator, each with the types of agency it applies to there.
    """

    code: str
    over: Over
    percent: bool
    applies_to: tuple[str, ...] = ()
    forms: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class TargetValue:
    """One indicator over a set of agencies. ``value`` is None where the denominator is 0."""

    code: str
    numerator: float
    denominator: float
    value: float | None
    asked: int
    answered: int
    missing: tuple[int, ...]


def target_values(
    units: pd.DataFrame, parts: pd.DataFrame, rules: Sequence[TargetRule]
) -> list[TargetValue]:
    """The value of each rule over ``units``.

    ``units``: index agency id, column ``type``, every agency asked, in the order in which those
    missing shall be named; column ``form``, the key of the questionnaire that the agency is asked,
    where a rule tells questionnaires apart. ``parts``: columns ``agency_id``, ``code``, ``numerator``,
    ``denominator`` (float, NaN = blank), at most one row per agency and code. An agency without a
    row, or whose numerator is blank, is missing; a blank denominator takes it out of a ratio of sums.

    * ``units``: sum of numerators / number of agencies asked, so that silence counts against the
      target;
    * ``answered``: sum of numerators / number of agencies that answered (a mean);
    * ``sum``: sum of numerators / sum of denominators over agencies with both (a combined ratio,
      Cochran 1977, Sampling Techniques, section 6.11).

    ``percent`` rules are multiplied by 100.
    """
    return [_target_value(units, parts, rule) for rule in rules]


def _target_value(units: pd.DataFrame, parts: pd.DataFrame, rule: TargetRule) -> TargetValue:
    asked = asked_units(units, rule)
    mine = parts[(parts["code"] == rule.code) & parts["agency_id"].isin(asked.index)]
    complete = mine.dropna(
        subset=["numerator", "denominator"] if rule.over is Over.SUM else ["numerator"]
    )
    numerator = float(complete["numerator"].sum())
    denominator = _denominator(rule.over, asked=len(asked), complete=complete)
    value = numerator / denominator * (100 if rule.percent else 1) if denominator else None
    answering = set(complete["agency_id"])
    return TargetValue(
        code=rule.code,
        numerator=numerator,
        denominator=denominator,
        value=value,
        asked=len(asked),
        answered=len(answering),
        missing=tuple(int(unit) for unit in asked.index if unit not in answering),
    )


def asked_units(units: pd.DataFrame, rule: TargetRule) -> pd.DataFrame:
    """The agencies that the indicator is asked of: rows of ``units`` (see ``target_values``)."""
    if not rule.forms:
        return _of_types(units, rule.applies_to)
    mine = [_of_types(units[units["form"] == form], types) for form, types in rule.forms]
    wanted = pd.concat(mine).index
    return units[units.index.isin(wanted)]


def _of_types(units: pd.DataFrame, types: Sequence[str]) -> pd.DataFrame:
    return units[units["type"].isin(types)] if types else units


def _denominator(over: Over, *, asked: int, complete: pd.DataFrame) -> float:
    match over:
        case Over.UNITS:
            return float(asked)
        case Over.ANSWERED:
            return float(len(complete))
        case Over.SUM:
            return float(complete["denominator"].sum())


def targets_by_type(
    units: pd.DataFrame, parts: pd.DataFrame, rules: Sequence[TargetRule]
) -> dict[str, list[TargetValue]]:
    """``target_values`` for each agency type asked; rules that ask no agency of a type are
    left out."""
    return {
        str(kind): target_values(
            group,
            parts,
            [rule for rule in rules if not asked_units(group, rule).empty],
        )
        for kind, group in units.groupby("type", sort=False)
    }

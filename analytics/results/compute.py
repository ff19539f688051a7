"""From signed answers to stored figures. Loads pandas: import it inside a task only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import pandas as pd  # noqa: TID253  (this module is imported by task bodies only)

from analytics.answers import SignedAnswers, signed_answers, units_asked
from analytics.methods.targets import Over, TargetRule, TargetValue, target_values, targets_by_type
from analytics.results.asked import Asked, indicators_of, questionnaires_asked, scopes_of
from analytics.results.enums import Coverage
from analytics.results.parts import Part
from analytics.results.queries import read_parts
from surveys.campaigns.models import Round
from surveys.engine import Indicator


@dataclass(frozen=True, slots=True)
class RoundData:
    """A round as it is read once: who is asked, what was signed, and each agency's parts."""

    units: Sequence[Mapping[str, Any]]
    signed: Sequence[SignedAnswers]
    parts: Sequence[Part]
    asked: Sequence[Asked]


def round_data(round_: Round, *, at: datetime) -> RoundData:
    """Read the round; answers given to another version with the version they were given to."""
    signed = list(signed_answers(round_))
    return RoundData(
        units=units_asked(round_),
        signed=signed,
        parts=read_parts(signed, at=at),
        asked=questionnaires_asked(round_),
    )


def round_indicators(round_: Round, *, at: datetime) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Every indicator of the round's questionnaires as a plain dict, and on what they rest."""
    return indicators_from(round_data(round_, at=at))


def indicators_from(data: RoundData) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The indicators as plain dicts, and on what they rest.

    An agency counts where the questionnaire that it is asked measures the indicator, and nowhere else.
    """
    parts, codes = parts_frame(data.parts), missing_codes(data.parts)
    rules, frame = rules_of(data.asked), units_frame(data.units)
    overall = {value.code: value for value in target_values(frame, parts, rules)}
    by_type = targets_by_type(frame, parts, rules)
    indicators = [
        _as_dict(indicator, overall.get(indicator.code), by_type)
        | {"codes": codes.get(indicator.code, {})}
        for indicator in indicators_of(data.asked)
    ]
    base = {
        "asked": len(data.units),
        "signed": len(data.signed),
        "newest_revision": max((item.revision_id for item in data.signed), default=0),
    }
    return indicators, base


def missing_codes(parts: Iterable[Part]) -> dict[str, dict[str, int]]:
    """By indicator, how many agencies put which code in the place of a figure."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        if part.missing:
            found[part.code][part.missing] += 1
    return {code: dict(sorted(counts.items())) for code, counts in found.items()}


def rules_of(asked: Sequence[Asked]) -> list[TargetRule]:
    """The arithmetic of every indicator that one of the questionnaires measures."""
    return [
        TargetRule(
            code=indicator.code,
            over=Over(indicator.over),
            percent=indicator.is_percent,
            applies_to=tuple(indicator.applies_to),
            forms=scopes_of(indicator.code, asked),
        )
        for indicator in indicators_of(asked)
        if indicator.numerator
    ]


def units_frame(units: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The agencies asked, indexed by id, in the order given."""
    return pd.DataFrame(
        {"type": [unit["type"] for unit in units], "form": [unit["form"] for unit in units]},
        index=pd.Index([unit["agency_id"] for unit in units], name="agency_id"),
    )


def parts_frame(parts: Iterable[Part]) -> pd.DataFrame:
    """Parts as floats, blank as NaN."""
    rows = [
        (part.agency_id, part.code, _float(part.numerator), _float(part.denominator))
        for part in parts
    ]
    frame = pd.DataFrame(rows, columns=["agency_id", "code", "numerator", "denominator"])
    return frame.astype({"numerator": "float64", "denominator": "float64"})


def _float(value: Any) -> float:
    return float("nan") if value is None else float(value)


def _as_dict(
    indicator: Indicator, value: TargetValue | None, by_type: Mapping[str, list[TargetValue]]
) -> dict[str, Any]:
    described = {
        "code": indicator.code,
        "label": dict(indicator.label),
        "unit": dict(indicator.unit),
        "percent": indicator.is_percent,
        "target": indicator.target,
        "legal_basis": indicator.legal_basis,
        "over": indicator.over,
    }
    if value is None:
        return {**described, "coverage": Coverage.NOT_ASKED.value}
    types = {
        kind: asdict(found)
        for kind, values in by_type.items()
        for found in values
        if found.code == indicator.code
    }
    coverage = Coverage.PARTIAL if value.missing else Coverage.FULL
    return {**described, "coverage": coverage.value, **asdict(value), "by_type": types}

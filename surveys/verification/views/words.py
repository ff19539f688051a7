"""Figures of verification in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.engine import text_in
from surveys.organisations.enums import AgencyType
from surveys.questionnaires.catalogue.fields import figure_text
from surveys.verification.agreement import Kappa, Strength
from surveys.verification.queries import Agreement, Inflation

STRENGTHS: Final[Mapping[Strength, Promise]] = {
    Strength.POOR: _("worse than chance"),
    Strength.SLIGHT: _("slight"),
    Strength.FAIR: _("fair"),
    Strength.MODERATE: _("moderate"),
    Strength.SUBSTANTIAL: _("substantial"),
    Strength.ALMOST_PERFECT: _("almost perfect"),
}


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One row of the table of agreement."""

    name: str
    pairs: int
    observed: str
    kappa: str
    error: str
    weighted: str
    words: str


@dataclass(frozen=True, slots=True)
class InflationLine:
    """One row of self-scores beside verified ones."""

    name: str
    items: int
    claimed: str
    verified: str
    difference: str
    share: str
    lowered: int


def agreement_lines(found: Iterable[Agreement]) -> list[AgreementLine]:
    """The rows, all indicators together first."""
    return [
        AgreementLine(
            name=_named(each.code, each.label) if each.code else str(_("All indicators")),
            pairs=each.plain.n,
            observed=_percent(each.plain.observed),
            kappa=_figure(each.plain.value),
            error=_figure(each.plain.error),
            weighted=_figure(each.weighted.value),
            words=_words(each.plain),
        )
        for each in found
    ]


def inflation_lines(found: Iterable[Inflation]) -> list[InflationLine]:
    """The rows, by indicator or by type of agency."""
    return [
        InflationLine(
            name=_named(each.key, each.label),
            items=each.items,
            claimed=figure_text(each.claimed),
            verified=figure_text(each.verified),
            difference=figure_text(each.difference).replace("-", "−"),  # noqa: RUF001  (a minus)
            share="" if each.share is None else _percent(float(each.share)),
            lowered=each.lowered,
        )
        for each in found
    ]


def _named(key: str, label: Mapping[str, str]) -> str:
    if label:
        return f"{key}: {text_in(label, get_language() or 'vi')}"
    return str(AgencyType(key).label) if key in AgencyType.values else key


def _words(kappa: Kappa) -> str:
    if kappa.strength is not None:
        return str(STRENGTHS[kappa.strength])
    return str(_("cannot be said: both always gave the same verdict"))


def _figure(value: float | None) -> str:
    return "" if value is None else str(number_format(round(value, 2), 2)).replace("-", "−")  # noqa: RUF001


def _percent(value: float | None) -> str:
    return (
        ""
        if value is None
        else str(_("%(number)s%%") % {"number": number_format(round(value * 100, 1), 1)})
    )

"""Storing results."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from analytics.results.models import RoundResult
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.campaigns.models import Round
from surveys.live.services import publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was computed. ``protected`` None: what was shown before stays."""

    indicators: list[dict[str, Any]]
    base: dict[str, Any]
    protected: list[dict[str, Any]] | None
    identity: str


@transaction.atomic
def store_result(round_: Round, figures: Figures, *, at: datetime) -> RoundResult:
    """Keep the newest result of a round; pages read it from there."""
    values: dict[str, Any] = {
        "computed_at": at,
        "base": figures.base,
        "indicators": [] if round_.campaign.is_confidential else figures.indicators,
    }
    if figures.protected is not None:
        values["protected"] = {
            "indicators": figures.protected,
            "base": figures.base,
            "computed_at": at.isoformat(),
            "identity": figures.identity,
        }
    result, _created = RoundResult.objects.update_or_create(round=round_, defaults=values)
    record(Event.RESULTS_COMPUTED, round_, actor=None, at=at, data=figures.base)
    publish(f"round:{round_.pk}", ["results"], at=at)
    return result

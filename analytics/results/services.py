"""Storing results."""

from datetime import datetime
from typing import Any

from django.db import transaction

from analytics.results.models import RoundResult
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.campaigns.models import Round
from surveys.live.services import publish


@transaction.atomic
def store_result(
    round_: Round, *, indicators: list[dict[str, Any]], base: dict[str, Any], at: datetime
) -> RoundResult:
    """Keep the newest result of a round; pages read it from there."""
    result, _created = RoundResult.objects.update_or_create(
        round=round_, defaults={"computed_at": at, "base": base, "indicators": indicators}
    )
    record(Event.RESULTS_COMPUTED, round_, actor=None, at=at, data=base)
    publish(f"round:{round_.pk}", ["results"], at=at)
    return result

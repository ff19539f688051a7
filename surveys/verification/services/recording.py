"""What the audit keeps of a verification, and who hears of it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.services import topic
from surveys.live import services as live
from surveys.organisations.models import User
from surveys.verification.models import VerificationItem, VerificationPlan


def record_of_plan(
    kind: Event, plan: VerificationPlan, *, actor: User | None, at: datetime, **data: Any
) -> None:
    """One event about the plan; the pages of its round hear of it."""
    audit.record(kind, plan, actor=actor, at=at, data={"round": plan.round_id, **data})
    live.publish(topic(plan.round_id), ["verification"], at=at)


def record_of_item(
    kind: Event, item: VerificationItem, *, actor: User | None, at: datetime, **data: Any
) -> None:
    """One event about an answer; the pages of its round hear of it."""
    assignment = item.case.assignment
    known = {
        "round": assignment.round_id,
        "assignment": assignment.pk,
        "agency": assignment.agency_id,
        "indicator": item.code,
    }
    audit.record(kind, item, actor=actor, at=at, data={**known, **data})
    live.publish(topic(assignment.round_id), ["verification"], at=at)


def points_text(points: Decimal | None) -> str:
    """Points as the audit and revisions write them: exact, without trailing zeros; blank is ''."""
    if points is None:
        return ""
    text = format(points, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

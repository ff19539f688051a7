"""The log of a round: what the audit recorded of it and of its agencies' answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.campaigns.models import Assignment, Round

PAGE: Final = 50
OF_ROUNDS: Final = tuple(kind for kind in Event if kind.startswith("round."))
OF_AGREEMENTS: Final = tuple(kind for kind in Event if kind.startswith(("extension.", "refusal.")))
OF_ANSWERS: Final = (
    Event.RESPONSE_STARTED,
    Event.RESPONSE_SENT,
    Event.RESPONSE_SIGNED,
    Event.RESPONSE_RETURNED,
)
KINDS: Final = {"round": OF_ROUNDS, "agreements": OF_AGREEMENTS, "answers": OF_ANSWERS}


@dataclass(frozen=True)
class Entry:
    """One thing that happened: to which agency, if to one, and by whom, if by a person."""

    kind: Event
    at: datetime
    actor: str
    agency: dict[str, str]
    data: dict[str, Any]


def log_of(round_: Round, *, kind: str = "", page: int = 1) -> Page[AuditEvent]:
    """A page of the events of the round, of agreements with its agencies and of their answers, the
    last first; of one ``kind`` of KINDS, if it is named."""
    wanted = KINDS.get(kind, OF_ROUNDS + OF_AGREEMENTS + OF_ANSWERS)
    own = Q(subject_type=Round._meta.label_lower, subject_id=str(round_.pk))
    events = (
        AuditEvent.objects.filter(own | Q(data__round=round_.pk), kind__in=wanted)
        .select_related("actor")
        .order_by("-at", "-pk")
    )
    return Paginator(events, PAGE).get_page(page)


def entries(page: Page[AuditEvent]) -> list[Entry]:
    """The events of a page with the agencies' names as of their asking; two queries."""
    keys = [event.data.get("assignment") for event in page]
    asked = Assignment.objects.filter(pk__in=[key for key in keys if key]).select_related("agency")
    names = {assignment.pk: assignment.names for assignment in asked}
    return [
        Entry(
            kind=Event(event.kind),
            at=event.at,
            actor="" if event.actor is None else str(event.actor),
            agency=names.get(event.data.get("assignment", 0), {}),
            data=event.data,
        )
        for event in page
    ]

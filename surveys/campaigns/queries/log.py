"""The log of a round: what the audit recorded of it and of its agencies' answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.campaigns.models import Assignment, Round
from surveys.organisations.models import AgencyChange

PAGE: Final = 50
OF_ROUNDS: Final = tuple(kind for kind in Event if kind.startswith("round."))
OF_AGREEMENTS: Final = tuple(kind for kind in Event if kind.startswith(("extension.", "refusal.")))
OF_ANSWERS: Final = (
    Event.RESPONSE_STARTED,
    Event.RESPONSE_SENT,
    Event.RESPONSE_APPROVED,
    Event.RESPONSE_SIGNED,
    Event.RESPONSE_RETURNED,
    Event.RESPONSE_PERSONAL_DATA_ERASED,
    Event.SIGNED_PDF_REFUSED,
    Event.SIGNATURE_BROKEN,
)
OF_VERIFICATION: Final = (
    Event.VERIFICATION_PLANNED,
    Event.VERIFICATION_HANDED_OUT,
    Event.VERIFICATION_WORK_MOVED,
    Event.FINDINGS_RELEASED,
    Event.FINDING_EXPLAINED,
    Event.EXPLANATION_DECIDED,
    Event.VERIFICATION_CLOSED,
    Event.RESPONSE_VERIFIED,
)
"""No single verdict is among them: verifiers read this log, and judge without each other's words."""
OF_RELEASES: Final = (
    Event.RELEASE_PROPOSED,
    Event.RELEASE_APPROVED,
    Event.RELEASE_WITHDRAWN,
)
KINDS: Final = {
    "round": OF_ROUNDS,
    "agreements": OF_AGREEMENTS,
    "answers": OF_ANSWERS,
    "verification": OF_VERIFICATION,
    "releases": OF_RELEASES,
}


@dataclass(frozen=True)
class Entry:
    """One thing that happened: to which agency, if to one, and by whom, if by a person.

    ``tasks`` has the agency of every assignment that the data name; ``document`` is the one by which
    agencies were changed.
    """

    kind: Event
    at: datetime
    actor: str
    agency: dict[str, str]
    data: dict[str, Any]
    tasks: dict[int, dict[str, str]] = field(default_factory=dict)
    document: str = ""


def log_of(round_: Round, *, kind: str = "", page: int = 1) -> Page[AuditEvent]:
    """A page of the events of the round, of agreements with its agencies and of their answers, the
    last first; of one ``kind`` of KINDS, if it is named."""
    wanted = KINDS.get(kind, OF_ROUNDS + OF_AGREEMENTS + OF_ANSWERS + OF_VERIFICATION + OF_RELEASES)
    own = Q(subject_type=Round._meta.label_lower, subject_id=str(round_.pk))
    events = (
        AuditEvent.objects.filter(own | Q(data__round=round_.pk), kind__in=wanted)
        .select_related("actor")
        .order_by("-at", "-pk")
    )
    return Paginator(events, PAGE).get_page(page)


def entries(page: Page[AuditEvent]) -> list[Entry]:
    """The events of a page with the agencies' names as of their asking; three queries."""
    events = list(page)
    wanted = {key for event in events for key in _tasks_of(event.data)}
    rounds = {event.data.get("round") for event in events}
    agencies = {event.data.get("agency") for event in events}
    of_agencies = Q(round__in=rounds - {None}, agency__in=agencies - {None})
    asked = Assignment.objects.filter(of_agencies | Q(pk__in=wanted)).select_related("agency")
    tasks = {assignment.pk: assignment.names for assignment in asked}
    by_agency = {(each.round_id, each.agency_id): each.names for each in asked}
    changes = AgencyChange.objects.in_bulk([event.data.get("change", 0) for event in events])
    return [
        Entry(
            kind=Event(event.kind),
            at=event.at,
            actor="" if event.actor is None else str(event.actor),
            agency=by_agency.get((event.data.get("round"), event.data.get("agency")), {}),
            data=event.data,
            tasks={key: tasks[key] for key in _tasks_of(event.data) if key in tasks},
            document=getattr(changes.get(event.data.get("change")), "document_number", ""),
        )
        for event in events
    ]


def _tasks_of(data: Mapping[str, Any]) -> list[int]:
    """The ids of the assignments that a round's event names, in its order."""
    return [
        *map(int, data.get("decisions", ())),
        *data.get("assignments", ()),
        *data.get("added", ()),
    ]

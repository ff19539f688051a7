"""Who else is here."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from surveys.organisations.models import User
from surveys.responses.presence.models import PRESENT, ResponseVisit
from surveys.responses.presence.places import Place


def others_at(response_id: int, person: User, *, at: datetime) -> QuerySet[ResponseVisit]:
    """Where the other people are who told of themselves lately, by name."""
    lately = ResponseVisit.objects.filter(
        response=response_id, seen_at__gt=at - PRESENT, person__is_active=True
    )
    others = lately.exclude(person=person).select_related("person")
    return others.order_by("person__full_name", "person")


def told(person: User, tab: str, place: Place, *, age: float = 0.0) -> dict[str, Any]:
    """A person at a place as browsers are told of it; ``age`` in seconds."""
    return {
        "id": person.pk,
        "name": str(person),
        "initials": person.initials,
        "look": person.pk % 4 + 1,
        "tab": tab,
        "section": place.section,
        "path": place.path,
        "age": round(age, 1),
    }


def told_of_others(response_id: int, person: User, *, at: datetime) -> list[dict[str, Any]]:
    """Everybody else who is at the response now, in one query."""
    return [
        told(
            visit.person,
            visit.tab,
            Place(visit.section, visit.path),
            age=max(0.0, (at - visit.seen_at).total_seconds()),
        )
        for visit in others_at(response_id, person, at=at)
    ]

"""Telling where one is."""

from datetime import datetime

from django.db import transaction

from surveys.organisations.models import User
from surveys.responses.presence.models import PRESENT, ResponseVisit
from surveys.responses.presence.places import Place


@transaction.atomic
def note_visit(response_id: int, *, tab: str, place: Place, actor: User, at: datetime) -> None:
    """Say that the person is at a place of the response now.

    Nothing of it is recorded: it is no change of the response. One upsert, no lock of the draft.
    """
    visit = ResponseVisit(
        response_id=response_id,
        person=actor,
        tab=tab,
        section=place.section,
        path=place.path,
        seen_at=at,
    )
    ResponseVisit.objects.bulk_create(
        [visit],
        update_conflicts=True,
        unique_fields=["response", "person"],
        update_fields=["tab", "section", "path", "seen_at"],
    )


@transaction.atomic
def note_leaving(response_id: int, *, tab: str, actor: User) -> None:
    """Say that a page of the person was left; what another page told since stands."""
    ResponseVisit.objects.filter(response=response_id, person=actor, tab=tab).delete()


def forget_visits(*, at: datetime) -> int:
    """Keep nothing of those who have left; how many they were."""
    return ResponseVisit.objects.filter(seen_at__lt=at - PRESENT).delete()[0]

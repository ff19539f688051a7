"""Who is at a draft: told by their browsers, forgotten soon after."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from surveys.organisations.models import User
from surveys.questionnaires.models import DraftVisit, QuestionnaireVersion

BEAT: Final = timedelta(seconds=15)
"""How often a browser tells of itself."""
PRESENT: Final = 3 * BEAT
"""How long somebody counts as being here after the last word."""
NODE_LENGTH: Final = 64


@transaction.atomic
def note_visit(version: QuestionnaireVersion, *, node: str, actor: User, at: datetime) -> None:
    """Say that the person is at a node of the draft now; those who have left are forgotten.

    Nothing of it is recorded: it is no change of the draft.
    """
    seen = {"node": node.replace("\0", "")[:NODE_LENGTH], "seen_at": at}
    DraftVisit.objects.update_or_create(version=version, person=actor, defaults=seen)
    DraftVisit.objects.filter(version=version, seen_at__lt=at - PRESENT).delete()

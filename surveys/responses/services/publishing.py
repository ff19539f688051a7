"""What was signed in a round stands still for good once its results are published."""

from datetime import datetime
from typing import Final

from django.db import transaction

from surveys.campaigns import services as campaigns
from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Round
from surveys.responses.enums import Step
from surveys.responses.workflow import TRANSITIONS

FROM: Final = frozenset(status for status, step in TRANSITIONS if step is Step.PUBLISH)
"""Where answers stand that can be published."""


@transaction.atomic
def publish_answers(round_: Round, *, at: datetime) -> int:
    """Freeze every signed answer of the round: no step leads on from there; how many responses.

    Answers that nobody signed, or that were returned, stay as they are. Run again, it finds nothing
    to do. Part of a publication, which records it.
    """
    locked = campaigns.lock_assignments_and_round(round_)
    statuses = [AssignmentStatus(status) for status in sorted(FROM)]
    return campaigns.publish_round(locked, statuses, at=at)

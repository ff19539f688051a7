"""Background work of the responses."""

from dataclasses import asdict
from typing import Any

from surveys.background.context import JobContext
from surveys.campaigns.models import Round
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.responses import services


def migrate_drafts(job: JobContext) -> dict[str, Any]:
    """Move the drafts of the round that the event is about to the version that it names."""
    moved = services.migrate_drafts(
        Round.objects.get(pk=job.event.subject_id),
        to_version=QuestionnaireVersion.objects.get(pk=job.payload["version"]),
        actor=job.owner,
        clock=job.now,
        progress=job.progress,
    )
    return asdict(moved)

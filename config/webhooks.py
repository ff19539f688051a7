"""What messages to webhooks are about: the kind of record that an event names -> the question."""

from typing import Final

from analytics.models import Release
from exporters.models import Export
from surveys.audit.models import AuditEvent
from surveys.organisations.rules import has_role
from surveys.webhooks.subjects import (
    Describe,
    Subject,
    of_response,
    of_round,
    of_webhook,
    resource,
)


def _of_release(event: AuditEvent) -> Subject | None:
    """The publication; of a proposal that was taken back before anybody saw it, nobody is told."""
    release = Release.objects.select_related("round__campaign").get(pk=event.subject_id)
    if release.approved_at is None:
        return None
    code = release.round.code
    return Subject(
        type="publication",
        code=f"{code}/{release.number}",
        url=resource("api_publication", code, release.number),
        round=code,
        owner_id=release.round.campaign.owner_id,
    )


def _of_export(event: AuditEvent) -> Subject | None:
    """The file, where somebody of the owner asked for it: what others fetch is not its business."""
    export = Export.objects.select_related("owner", "round__campaign").get(pk=event.subject_id)
    owner_id = export.round.campaign.owner_id
    if not has_role(export.owner, owner_id):
        return None
    return Subject(
        type="export",
        code=str(export.pk),
        url=resource("api_export", export.pk),
        round=export.round.code,
        owner_id=owner_id,
    )


SUBJECTS: Final[dict[str, Describe]] = {
    "surveys.round": of_round,
    "surveys.response": of_response,
    "surveys.webhook": of_webhook,
    "analytics.release": _of_release,
    "exporters.export": _of_export,
}

"""What a message is about, as programs know it: the resource of the API, and no answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from surveys.audit.models import AuditEvent
from surveys.campaigns.models import Round
from surveys.responses.models import Response
from surveys.webhooks.models import Webhook


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A thing by its type and code, where the API has it, its round, and whose it is."""

    type: str
    code: str
    url: str
    owner_id: int
    round: str | None = None

    def as_json(self) -> dict[str, Any]:
        """What stands in a message."""
        return {"type": self.type, "code": self.code, "url": self.url}


Describe = Callable[[AuditEvent], Subject | None]
"""What an event is about; None where nobody outside is told."""


def subject_of(event: AuditEvent) -> Subject | None:
    """What an event is about, by the table that ``config`` fills."""
    table: Mapping[str, Describe] = import_string(settings.WEBHOOK_SUBJECTS)
    return table[event.subject_type](event)


def resource(name: str, *args: object) -> str:
    """The whole address of a resource of the API."""
    return settings.SITE_URL + reverse(name, args=args)


def of_round(event: AuditEvent) -> Subject:
    """The round."""
    round_ = Round.objects.select_related("campaign").get(pk=event.subject_id)
    return Subject(
        type="round",
        code=round_.code,
        url=resource("api_round", round_.code),
        round=round_.code,
        owner_id=round_.campaign.owner_id,
    )


def of_response(event: AuditEvent) -> Subject:
    """The assignment that is answered: its status is what has changed."""
    response = Response.objects.select_related("assignment__agency", "assignment__round__campaign")
    assignment = response.defer("answers").get(pk=event.subject_id).assignment
    return Subject(
        type="assignment",
        code=f"{assignment.round.code}/{assignment.agency.key}",
        url=resource("api_assignment", assignment.pk),
        round=assignment.round.code,
        owner_id=assignment.round.campaign.owner_id,
    )


def of_webhook(event: AuditEvent) -> Subject | None:
    """The webhook that is tried; None where somebody has removed it since."""
    webhook = Webhook.objects.filter(pk=event.subject_id).first()
    if webhook is None:
        return None
    return Subject(
        type="webhook",
        code=str(webhook.pk),
        url=resource("api_webhook", webhook.pk),
        owner_id=webhook.owner_id,
    )

"""Making the messages that follow from an event, one for each webhook that listens."""

import json
import secrets
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.background.enums import PENDING
from surveys.background.models import Job
from surveys.webhooks.enums import KINDS, TEST, PublicKind
from surveys.webhooks.models import Webhook, WebhookDelivery
from surveys.webhooks.subjects import Subject, subject_of

RANDOM_BYTES: Final = 16


@transaction.atomic
def queue_following(job_id: int, event: AuditEvent, *, at: datetime) -> int:
    """Make the messages of the event of a job, and before it those of earlier events of the same thing
    whose job still waits; how many are new.

    Two workers may take the jobs in any order: the messages are in that of the events all the same.
    """
    task = Job.objects.values_list("task", flat=True).get(pk=job_id)
    earlier = _of_thing(event).filter(pk__lt=event.pk, jobs__task=task, jobs__status__in=PENDING)
    return sum(_queue(each, at=at) for each in (*earlier.order_by("pk"), event))


def _queue(event: AuditEvent, *, at: datetime) -> int:
    kind = kind_of(event)
    subject = subject_of(event)
    if subject is None:
        return 0
    known = set(WebhookDelivery.objects.filter(event=event).values_list("webhook", flat=True))
    rows = [
        _delivery(webhook, event, kind, subject, at=at)
        for webhook in _listening(event, kind, subject)
        if webhook.pk not in known
    ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def kind_of(event: AuditEvent) -> str:
    """What an event is called outside."""
    kind = KINDS[Event(event.kind)]
    if kind == PublicKind.SIGNED:
        before = _of_thing(event).filter(kind=event.kind, pk__lt=event.pk)
        return PublicKind.SIGNED_AGAIN if before.exists() else kind
    return kind


def _of_thing(event: AuditEvent) -> QuerySet[AuditEvent]:
    """The events of what the event is about."""
    return AuditEvent.objects.filter(subject_type=event.subject_type, subject_id=event.subject_id)


def _listening(event: AuditEvent, kind: str, subject: Subject) -> list[Webhook]:
    """The webhooks that are told; one that is tried is told whatever it listens to."""
    webhooks = Webhook.objects.filter(owner=subject.owner_id, created_at__lte=event.at)
    if kind == TEST:
        return list(webhooks.filter(pk=event.subject_id))
    return [each for each in webhooks.filter(active=True).order_by("pk") if kind in each.kinds]


def _delivery(
    webhook: Webhook, event: AuditEvent, kind: str, subject: Subject, *, at: datetime
) -> WebhookDelivery:
    message_id = f"msg_{secrets.token_hex(RANDOM_BYTES)}"
    message = {
        "id": message_id,
        "kind": str(kind),
        "occurred_at": timezone.localtime(event.at).isoformat(),
        "subject": subject.as_json(),
        "round": subject.round,
    }
    return WebhookDelivery(
        webhook=webhook,
        event=event,
        kind=kind,
        subject=f"{subject.type}:{subject.code}",
        message_id=message_id,
        body=json.dumps(message, ensure_ascii=False, separators=(",", ":")),
        queued_at=at,
        next_at=at,
    )

"""Recording what happened."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.audit.signals import event_recorded
from surveys.common.request_ids import current_request_id

if TYPE_CHECKING:
    from surveys.organisations.models import User

# What PostgreSQL's jsonb refuses; a forged sign-in must not be able to keep itself out of the audit.
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


@transaction.atomic
def record(
    kind: Event,
    subject: Model,
    *,
    actor: "User | None",
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Append one event about ``subject`` and send ``event_recorded`` in the same transaction.

    ``data`` takes dates, decimals and UUIDs too and is stored as JSON; ``actor`` is None for what
    nobody did by hand. The subject must be saved already.
    """
    assert subject.pk is not None, "record the event after saving its subject"
    event = AuditEvent.objects.create(
        kind=kind,
        at=at,
        actor=actor,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        data=_plain(data or {}),
        request_id=current_request_id(),
    )
    event_recorded.send(sender=AuditEvent, event=event)
    return event


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = _storable(json.loads(json.dumps(dict(data), cls=DjangoJSONEncoder)))
    return plain


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value

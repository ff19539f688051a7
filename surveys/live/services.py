"""Saying what changed."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import connection, transaction

from surveys.live.models import LiveMessage
from surveys.live.topics import group_of

KEPT: Final = timedelta(hours=1)
NOTIFY_CHANNEL: Final = "live"
NOTIFY_BYTES: Final = 7_500
"""PostgreSQL refuses a notification of 8,000 bytes; a longer list of paths is left out of it."""


def publish(topic: str, paths: Sequence[str], *, at: datetime) -> LiveMessage:
    """Put a message into the outbox, as part of the change of state that it tells of.

    It reaches browsers after commit, or never when the transaction is undone. It says what
    changed, not how: each browser fetches its own fragments, with its own rights.
    """
    [message] = publish_all([topic], paths, at=at)
    return message


@transaction.atomic(savepoint=False)
def publish_all(topics: Sequence[str], paths: Sequence[str], *, at: datetime) -> list[LiveMessage]:
    """Say the same on each of many topics, as ``publish`` does, in a bounded number of queries."""
    messages = LiveMessage.objects.bulk_create(
        [LiveMessage(topic=topic, paths=list(paths), at=at) for topic in topics]
    )
    if messages and connection.vendor == "postgresql":
        _notify(messages)
    if messages and not isinstance(get_channel_layer(), InMemoryChannelLayer):
        transaction.on_commit(lambda: _push(messages), robust=True)
    return messages


def prune(*, at: datetime) -> int:
    """Delete messages older than an hour; their number."""
    deleted, _ = LiveMessage.objects.filter(at__lt=at - KEPT).delete()
    return deleted


def _notify(messages: Sequence[LiveMessage]) -> None:
    payloads = [_payload(message) for message in messages]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, said) FROM unnest(%s::text[]) AS said", [NOTIFY_CHANNEL, payloads]
        )


def _payload(message: LiveMessage) -> str:
    payload = json.dumps(message.as_json())
    if len(payload) > NOTIFY_BYTES:
        payload = json.dumps({**message.as_json(), "paths": []})
    return payload


@async_to_sync
async def _push(messages: Sequence[LiveMessage]) -> None:
    layer = get_channel_layer()
    for message in messages:
        await layer.group_send(
            group_of(message.topic), {"type": "live.message", **message.as_json()}
        )

"""Handing messages to their receivers: each is claimed, sent, written down.

A worker has one message in hand at a time. Dying with it in hand, it leaves it under a lease; when that
has run out, the message is sent again under the same id. So each arrives at least once.
"""

import logging
import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.webhooks.enums import DeliveryStatus, Problem
from surveys.webhooks.models import DELAYS, MAX_ATTEMPTS, Webhook, WebhookDelivery
from surveys.webhooks.sending import Answer, post
from surveys.webhooks.services.managing import host_of
from surveys.webhooks.signing import key_of, signature

LEASE: Final = timedelta(seconds=60)
"""Longer than any attempt, which ends after ten seconds and the resolving of a name."""
ENOUGH_SECONDS: Final = 45.0
"""Of one run: then other work of the queue has its turn."""
AGENT: Final = "khao-sat-so/1 (webhooks)"

Clock = Callable[[], datetime]

logger = logging.getLogger(__name__)


def deliver_due(*, clock: Clock, seconds: float = ENOUGH_SECONDS) -> Counter[DeliveryStatus]:
    """Send the messages that are due, the longest due first, for so many seconds; what became of them.

    Any number of workers may do this at once. What fails waits for 1, 5, 30 minutes, 2, 8, 24 hours and
    is given up after that. A receiver that fails is left alone for the rest of the run, so that one that
    is silent does not hold up the others.
    """
    ends = time.monotonic() + seconds
    tally: Counter[DeliveryStatus] = Counter()
    _give_up_lost(clock())
    resting: set[int] = set()
    while time.monotonic() < ends:
        due = WebhookDelivery.objects.due(clock()).exclude(webhook__in=resting)
        next_id = due.order_by("next_at", "event").values_list("pk", flat=True).first()
        if next_id is None:
            break
        delivery = claim(next_id, at=clock())
        if delivery is None:
            continue
        answer = _send(delivery, at=clock())
        if answer.problem:
            resting.add(delivery.webhook_id)
        if status := _write_down(delivery, answer, at=clock()):
            tally[status] += 1
    return tally


def claim(delivery_id: int, *, at: datetime) -> WebhookDelivery | None:
    """Take the lease of a message that is due; None when it is in other hands."""
    token = uuid.uuid4().hex
    taken = (
        WebhookDelivery.objects.due(at)
        .filter(pk=delivery_id)
        .update(
            status=DeliveryStatus.SENDING,
            lease_token=token,
            leased_until=at + LEASE,
            attempts=F("attempts") + 1,
            attempted_at=at,
        )
    )
    found = WebhookDelivery.objects.select_related("webhook")
    return found.filter(pk=delivery_id, lease_token=token).first() if taken else None


def headers_of(delivery: WebhookDelivery, *, at: datetime) -> dict[str, str]:
    """The headers of an attempt at that time, signed with every secret that holds."""
    timestamp = int(at.timestamp())
    signed = signature(
        [key_of(nonce) for nonce in delivery.webhook.nonces_at(at)],
        message_id=delivery.message_id,
        timestamp=timestamp,
        body=delivery.body.encode(),
    )
    return {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "Webhook-Id": delivery.message_id,
        "Webhook-Timestamp": str(timestamp),
        "Webhook-Signature": signed,
    }


def _send(delivery: WebhookDelivery, *, at: datetime) -> Answer:
    headers = headers_of(delivery, at=at)
    return post(delivery.webhook.address, body=delivery.body.encode(), headers=headers)


@transaction.atomic
def _write_down(
    delivery: WebhookDelivery, answer: Answer, *, at: datetime
) -> DeliveryStatus | None:
    """Write down what came of an attempt, under the lease; None when another worker has the message."""
    status = _status_after(delivery, answer)
    fields: dict[str, Any] = {
        "status": status,
        "lease_token": "",
        "leased_until": None,
        "next_at": at + DELAYS[delivery.attempts - 1] if status == DeliveryStatus.WAITING else None,
        "http_status": answer.status,
        "problem": answer.problem,
        "excerpt": answer.excerpt,
        "milliseconds": answer.milliseconds,
    }
    held = WebhookDelivery.objects.filter(
        pk=delivery.pk, status=DeliveryStatus.SENDING, lease_token=delivery.lease_token
    )
    if not held.update(**fields):
        logger.warning("Message %s was taken over by another worker", delivery.message_id)
        return None
    if status == DeliveryStatus.DELIVERED:
        Webhook.objects.filter(pk=delivery.webhook_id).update(delivered_at=at)
    elif status == DeliveryStatus.FAILED and not delivery.is_test:
        _disable(delivery, is_gone=answer.problem == Problem.GONE, at=at)
    return status


def _status_after(delivery: WebhookDelivery, answer: Answer) -> DeliveryStatus:
    if not answer.problem:
        return DeliveryStatus.DELIVERED
    is_last = delivery.attempts >= MAX_ATTEMPTS or answer.problem == Problem.GONE
    return DeliveryStatus.FAILED if delivery.is_test or is_last else DeliveryStatus.WAITING


def _disable(delivery: WebhookDelivery, *, is_gone: bool, at: datetime) -> None:
    """Switch the webhook off if it took nothing since the message was made, or says that it is gone.

    The messages that wait keep waiting until somebody switches it on again.
    """
    webhook = Webhook.objects.select_for_update().get(pk=delivery.webhook_id)
    took = webhook.delivered_at is not None and webhook.delivered_at >= delivery.queued_at
    if not webhook.active or (took and not is_gone):
        return
    webhook.active, webhook.disabled_at = False, at
    webhook.save(update_fields=["active", "disabled_at"])
    data = {"host": host_of(webhook), "delivery": delivery.pk, "problem": delivery.problem}
    audit.record(Event.WEBHOOK_DISABLED, webhook, actor=None, at=at, data=data)


def _give_up_lost(at: datetime) -> None:
    """Give up the messages that workers died with, again and again."""
    WebhookDelivery.objects.lost(at).update(
        status=DeliveryStatus.FAILED, problem=Problem.LOST, lease_token="", leased_until=None
    )

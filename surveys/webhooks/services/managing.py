"""Webhooks are made, changed, tried, switched on and off; messages are sent again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.common.errors import DomainError
from surveys.common.tokens import new_nonce
from surveys.organisations.models import Agency, User
from surveys.webhooks.addresses import parts_of
from surveys.webhooks.enums import DeliveryStatus, PublicKind
from surveys.webhooks.models import Webhook, WebhookDelivery
from surveys.webhooks.signing import secret_of

BOTH_SECRETS: Final = timedelta(hours=24)
"""How long the secret before a change signs too, so that the receiver has time to take the new one."""
MOST_WEBHOOKS: Final = 20
"""Of one owner."""


class NothingChosen(DomainError):
    """A webhook that would be told of nothing, or of something that does not exist."""

    code = "webhook_tells_nothing"
    message = _("Choose at least one thing that the program is told of.")
    status = 422


class TooManyWebhooks(DomainError):
    """More webhooks than anybody can keep apart."""

    code = "too_many_webhooks"
    message = _("There are 20 webhooks already. Remove one that nobody uses any more.")


class RemovalNotConfirmed(DomainError):
    """What is removed is what was read."""

    code = "webhook_removal_not_confirmed"
    message = _("Type the name of the host as it stands above: what is removed does not come back.")
    status = 422


class DeliveryInHand(DomainError):
    """A message that is being sent at this moment."""

    code = "webhook_delivery_in_hand"
    message = _("The message is being sent at this moment. Look again in a minute.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookWish:
    """What a webhook is to be: where messages go, and of what."""

    address: str
    kinds: Iterable[str]


@transaction.atomic
def create_webhook(
    owner: Agency, wish: WebhookWish, *, actor: User, at: datetime
) -> tuple[Webhook, str]:
    """A new webhook of the owner with its secret, which is shown to nobody afterwards.

    Raises AddressRefused, NothingChosen or TooManyWebhooks.
    """
    parts_of(wish.address)
    kinds = _chosen(wish.kinds)
    Agency.objects.select_for_update().get(pk=owner.pk)
    if Webhook.objects.filter(owner=owner).count() >= MOST_WEBHOOKS:
        raise TooManyWebhooks
    webhook = Webhook.objects.create(
        owner=owner,
        address=wish.address,
        kinds=kinds,
        nonce=new_nonce(),
        created_at=at,
        created_by=actor,
    )
    data = {"owner": owner.pk, "host": host_of(webhook), "kinds": kinds}
    record(Event.WEBHOOK_CREATED, webhook, actor=actor, at=at, data=data)
    return webhook, secret_of(webhook.nonce)


@transaction.atomic
def change_webhook(webhook: Webhook, wish: WebhookWish, *, actor: User, at: datetime) -> None:
    """Another address, other kinds; what waits goes to the new address. Raises AddressRefused or
    NothingChosen."""
    parts_of(wish.address)
    locked = _locked(webhook)
    locked.address, locked.kinds = wish.address, _chosen(wish.kinds)
    locked.save(update_fields=["address", "kinds"])
    data = {"host": host_of(locked), "kinds": locked.kinds}
    record(Event.WEBHOOK_CHANGED, locked, actor=actor, at=at, data=data)


@transaction.atomic
def switch_webhook(webhook: Webhook, *, on: bool, actor: User, at: datetime) -> None:
    """Switch it on or off; switched so again, it stays as it is. What waits, waits until it is on."""
    locked = _locked(webhook)
    if locked.active is on:
        return
    locked.active, locked.disabled_at = on, None
    locked.save(update_fields=["active", "disabled_at"])
    kind = Event.WEBHOOK_SWITCHED_ON if on else Event.WEBHOOK_SWITCHED_OFF
    record(kind, locked, actor=actor, at=at, data={"host": host_of(locked)})


@transaction.atomic
def rotate_secret(webhook: Webhook, *, actor: User, at: datetime) -> str:
    """A new secret; the one before it signs too for 24 hours. The one before that ends at once."""
    locked = _locked(webhook)
    locked.previous_nonce, locked.previous_until = locked.nonce, at + BOTH_SECRETS
    locked.nonce = new_nonce()
    locked.save(update_fields=["nonce", "previous_nonce", "previous_until"])
    data = {"host": host_of(locked), "previous_until": locked.previous_until}
    record(Event.WEBHOOK_SECRET_CHANGED, locked, actor=actor, at=at, data=data)
    return secret_of(locked.nonce)


@transaction.atomic
def try_webhook(webhook: Webhook, *, actor: User, at: datetime) -> None:
    """Have a message sent that says nothing, once, also where the webhook is switched off."""
    record(Event.WEBHOOK_TESTED, webhook, actor=actor, at=at, data={"host": host_of(webhook)})


@transaction.atomic
def send_again(delivery: WebhookDelivery, *, actor: User, at: datetime) -> None:
    """Have a message sent once more, under its id, with all its attempts before it. Raises
    DeliveryInHand."""
    free = WebhookDelivery.objects.filter(pk=delivery.pk).exclude(status=DeliveryStatus.SENDING)
    again = free.update(status=DeliveryStatus.WAITING, attempts=0, queued_at=at, next_at=at)
    if not again:
        raise DeliveryInHand
    data = {"delivery": delivery.pk, "message": delivery.message_id}
    record(Event.WEBHOOK_SENT_AGAIN, delivery.webhook, actor=actor, at=at, data=data)


@transaction.atomic
def remove_webhook(webhook: Webhook, *, host: str, actor: User, at: datetime) -> None:
    """Remove it with all its messages, those that wait included; the audit keeps that it was there.

    ``host`` is what the person typed to confirm it. Raises RemovalNotConfirmed for another one.
    """
    locked = _locked(webhook)
    if host.strip().casefold() != host_of(locked):
        raise RemovalNotConfirmed
    waiting = WebhookDelivery.objects.filter(
        webhook=locked, status__in=[DeliveryStatus.WAITING, DeliveryStatus.SENDING]
    )
    data = {
        "owner": locked.owner_id,
        "host": host_of(locked),
        "kinds": locked.kinds,
        "waiting": waiting.count(),
    }
    record(Event.WEBHOOK_REMOVED, locked, actor=actor, at=at, data=data)
    locked.delete()


def host_of(webhook: Webhook) -> str:
    """The host of its address: all of the address that others read, because its path may be a secret."""
    return urlsplit(webhook.address).hostname or ""


def _locked(webhook: Webhook) -> Webhook:
    return Webhook.objects.select_for_update().get(pk=webhook.pk)


def _chosen(kinds: Iterable[str]) -> list[str]:
    wanted = {str(kind) for kind in kinds}
    if not wanted or wanted - set(PublicKind.values):
        raise NothingChosen
    return [kind.value for kind in PublicKind if kind.value in wanted]

"""Webhooks, the messages that follow from events, and their delivery."""

from surveys.webhooks.services.cleaning import forget_old
from surveys.webhooks.services.delivery import claim, deliver_due, headers_of
from surveys.webhooks.services.managing import (
    DeliveryInHand,
    NothingChosen,
    RemovalNotConfirmed,
    TooManyWebhooks,
    WebhookWish,
    change_webhook,
    create_webhook,
    host_of,
    remove_webhook,
    rotate_secret,
    send_again,
    switch_webhook,
    try_webhook,
)
from surveys.webhooks.services.queueing import kind_of, queue_following

__all__ = [
    "DeliveryInHand",
    "NothingChosen",
    "RemovalNotConfirmed",
    "TooManyWebhooks",
    "WebhookWish",
    "change_webhook",
    "claim",
    "create_webhook",
    "deliver_due",
    "forget_old",
    "headers_of",
    "host_of",
    "kind_of",
    "queue_following",
    "remove_webhook",
    "rotate_secret",
    "send_again",
    "switch_webhook",
    "try_webhook",
]

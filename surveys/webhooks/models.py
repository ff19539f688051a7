"""Webhooks of owners, and the messages that go to them."""

from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise

from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.rules import Person, owners_of
from surveys.webhooks.addresses import LENGTH
from surveys.webhooks.enums import TEST, DeliveryStatus, Problem, PublicKind
from surveys.webhooks.sending import EXCERPT_LENGTH

DELAYS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
"""How long a message rests after its first, second, … attempt: about a day and a half in all."""
MAX_ATTEMPTS: Final = len(DELAYS) + 1
SPARE_ATTEMPTS: Final = 3
"""What a message has beyond that where workers died with it in hand: that is not its receiver's fault."""

LOOKS: Final = {
    DeliveryStatus.WAITING: "wait",
    DeliveryStatus.SENDING: "active",
    DeliveryStatus.DELIVERED: "ok",
    DeliveryStatus.FAILED: "bad",
}


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Webhooks by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Those of the owners that the person administers."""
        return self.filter(owner__in=owners_of(user, DepartmentRoleName.ADMINISTRATOR))


class Webhook(models.Model):
    """An address that is told of changes of state of an owner's rounds.

    ``kinds`` are values of ``PublicKind``. The secret is ``signing.secret_of(nonce)`` and stored nowhere;
    after a change messages are signed with the one before it too, until ``previous_until``. It is
    ``active`` while messages are made and sent; ``disabled_at`` says that it was switched off because
    nobody took them.
    """

    owner = models.ForeignKey("surveys.Agency", on_delete=models.PROTECT, related_name="webhooks")
    address = models.CharField(max_length=LENGTH)
    kinds = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    nonce = models.CharField(max_length=40)
    previous_nonce = models.CharField(max_length=40, blank=True)
    previous_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    delivered_at = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)

    objects: ClassVar[WebhookQuerySet] = WebhookQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        ordering = ["-active", "-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active=False) | Q(disabled_at=None),
                name="webhook_active_is_not_disabled",
            ),
            models.CheckConstraint(
                condition=Q(previous_nonce="", previous_until=None)
                | (~Q(previous_nonce="") & Q(previous_until__isnull=False)),
                name="webhook_previous_secret_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"Webhook {self.pk} of {self.owner_id}"

    @property
    def kind_words(self) -> list[str | Promise]:
        """What it listens to, in words."""
        return [kind.label for kind in PublicKind if kind.value in self.kinds]

    def nonces_at(self, at: datetime) -> list[str]:
        """The nonces of the secrets that messages are signed with, the newest first."""
        is_valid = self.previous_until is not None and at < self.previous_until
        return [self.nonce, self.previous_nonce] if is_valid else [self.nonce]


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Messages by what may be done with them."""

    def due(self, at: datetime) -> Self:
        """Messages that may be claimed, none before an earlier one about the same thing is over.

        That is: waiting and due, or in hand under a lease that ran out. Those of a webhook that is
        switched off rest, except that it may be tried.
        """
        earlier = WebhookDelivery.objects.filter(
            webhook=OuterRef("webhook"),
            subject=OuterRef("subject"),
            event__lt=OuterRef("event"),
            status__in=[DeliveryStatus.WAITING, DeliveryStatus.SENDING],
        )
        return self.filter(
            Q(status=DeliveryStatus.WAITING, next_at__lte=at)
            | Q(
                status=DeliveryStatus.SENDING,
                leased_until__lt=at,
                attempts__lt=MAX_ATTEMPTS + SPARE_ATTEMPTS,
            ),
            Q(webhook__active=True) | Q(kind=TEST),
        ).exclude(Exists(earlier))

    def lost(self, at: datetime) -> Self:
        """Messages that workers died with, again and again."""
        return self.filter(
            status=DeliveryStatus.SENDING,
            leased_until__lt=at,
            attempts__gte=MAX_ATTEMPTS + SPARE_ATTEMPTS,
        )


class WebhookDelivery(models.Model):
    """One message to one webhook, once for each event; its bytes and its id are those of every attempt.

    ``subject`` names what it is about ("assignment:17"): messages about one thing go in the order of
    their events. ``http_status``, ``problem``, ``excerpt`` and ``milliseconds`` are of the last attempt.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey("surveys.AuditEvent", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    message_id = models.CharField(max_length=40, unique=True)
    body = models.TextField()
    status = models.CharField(max_length=9, choices=DeliveryStatus, default=DeliveryStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=12, blank=True)
    excerpt = models.CharField(max_length=EXCERPT_LENGTH, blank=True)
    milliseconds = models.PositiveIntegerField(null=True)

    objects: ClassVar[WebhookDeliveryQuerySet] = WebhookDeliveryQuerySet.as_manager()  # type: ignore[assignment]  # likewise

    class Meta:
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "event"], name="webhook_delivery_once_per_event"
            )
        ]
        indexes = [
            models.Index(fields=["status", "next_at"], name="webhook_delivery_due"),
            models.Index(fields=["webhook", "subject", "event"], name="webhook_delivery_order"),
            models.Index(fields=["webhook", "-queued_at"], name="webhook_delivery_list"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} ({self.status})"

    @property
    def is_test(self) -> bool:
        """Whether somebody only tries the webhook: then there is one attempt."""
        return self.kind == TEST

    @property
    def look(self) -> str:
        """How its status looks."""
        return LOOKS[DeliveryStatus(self.status)]

    @property
    def problem_words(self) -> str:
        """Why the last attempt was none that counts, in the reader's language."""
        return str(Problem(self.problem).label) if self.problem in Problem.values else ""

    @property
    def may_be_repeated(self) -> bool:
        """Whether it may be sent again: what is over, or waits for its next attempt."""
        return self.status != DeliveryStatus.SENDING

"""Tokens of programs, and what was answered to a request that may come twice."""

from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from surveys.machines.enums import Scope
from surveys.organisations.models import User

LONGEST: Final = timedelta(days=366)
"""The longest that a token may hold: a year."""
NAME_LENGTH: Final = 80
PREFIX_LENGTH: Final = 12
KEY_LENGTH: Final = 200


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens by person and time."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own."""
        return self.filter(owner=user.pk) if user.is_authenticated else self.none()

    def valid_at(self, at: datetime) -> Self:
        """Those that open something at the time."""
        return self.filter(revoked_at=None, expires_at__gt=at, owner__is_active=True)


class ApiToken(models.Model):
    """What a program shows to act for a person, within ``scopes`` and never beyond the person's rights.

    With an ``agency``, the person is to the program only what they are to that agency. The secret is
    shown once, when the token is made; ``token_hash`` is its SHA-256, ``prefix`` its beginning, by
    which people tell tokens apart. ``last_used_at`` may be some minutes old.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=NAME_LENGTH)
    scopes = models.JSONField(default=list)
    agency = models.ForeignKey(
        "surveys.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    prefix = models.CharField(max_length=PREFIX_LENGTH)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[ApiTokenQuerySet] = ApiTokenQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + LONGEST),
                name="api_token_holds_a_year_at_most",
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.owner_id}"

    @property
    def scope_words(self) -> list[str]:
        """What it is good for, in the reader's language; a scope that is no more is left out."""
        return [str(Scope(each).label) for each in self.scopes if each in Scope.values]

    def has_scope(self, scope: Scope) -> bool:
        """Whether the token is good for it."""
        return scope.value in self.scopes


class KeptAnswer(models.Model):
    """What was answered to a request with an idempotency key; asked again, it is given again.

    ``request_sha256`` is the hash of method, address and body. ``status`` is None while the request is
    worked on. Kept for a day.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_answers"
    )
    token = models.ForeignKey(
        ApiToken, null=True, on_delete=models.CASCADE, related_name="kept_answers"
    )
    key = models.CharField(max_length=KEY_LENGTH)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=60, blank=True)
    body = models.TextField(blank=True)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token", "key"],
                condition=Q(token__isnull=False),
                name="kept_answer_once_per_token_and_key",
            ),
            models.UniqueConstraint(
                fields=["user", "key"],
                condition=Q(token__isnull=True),
                name="kept_answer_once_per_person_and_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"

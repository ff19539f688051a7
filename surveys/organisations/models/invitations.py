"""Invitations to an account: a secret link that one person takes up once."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.organisations.enums import MembershipRole
from surveys.organisations.models.agencies import Agency


class AccountInvitationQuerySet(models.QuerySet["AccountInvitation"]):
    """Invitations by what can still become of them."""

    def pending(self) -> Self:
        """Neither taken up nor withdrawn; perhaps expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def valid_at(self, at: datetime) -> Self:
        """Those that can be taken up at the time."""
        return self.pending().filter(expires_at__gt=at)


class AccountInvitation(models.Model):
    """A person without an account is asked to take a part in an agency.

    The link's secret follows from ``nonce`` and the server's key (``surveys.common.tokens``); only
    its hash is stored, and only to find the row.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"), max_length=254)
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    role = models.CharField(max_length=12, choices=MembershipRole)
    title = models.CharField(_("position"), max_length=120, blank=True)
    signs_as = models.CharField(_("signs as"), max_length=60, blank=True)
    nonce = models.CharField(max_length=32, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        "surveys.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        "surveys.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)

    objects = AccountInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["email"], name="invitation_by_email")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "email", "role"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_pending_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="invitation_accepted_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role} of {self.agency}"

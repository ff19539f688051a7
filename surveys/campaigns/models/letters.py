"""What is written to agencies, and the personal links in it."""

from django.conf import settings
from django.db import models

from surveys.campaigns.enums import MailKind


class MailText(models.Model):
    """A campaign's own words for a kind of mail; without a row the product's words are used."""

    campaign = models.ForeignKey(
        "surveys.Campaign", on_delete=models.CASCADE, related_name="mail_texts"
    )
    kind = models.CharField(max_length=12, choices=MailKind)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind", "language"], name="mail_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language}) of {self.campaign}"


class AccessLink(models.Model):
    """A personal link to one assignment. Only the hash of its secret is stored.

    Good for that assignment and nothing else, until ``expires_at`` or until it is revoked.
    """

    assignment = models.ForeignKey(
        "surveys.Assignment", on_delete=models.CASCADE, related_name="access_links"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(max_length=254)
    nonce = models.CharField(max_length=32, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Link {self.pk} to assignment {self.assignment_id}"

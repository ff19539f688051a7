"""What was done to agencies by a document: renamed, moved, merged, split."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from surveys.organisations.enums import ChangeKind
from surveys.organisations.models.agencies import Agency


class AgencyChange(models.Model):
    """One act by one document, entered on or after the day it takes effect.

    ``agency`` is what the document is about: the one that is renamed, moved or split, or the first
    of those that are merged. ``before`` and ``after`` say in names and keys what changed.
    """

    kind = models.CharField(max_length=7, choices=ChangeKind)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField()
    document_number = models.CharField(max_length=120)
    document_on = models.DateField()
    issuer = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.agency} ({self.document_number})"


class FormerName(models.Model):
    """A name that an agency had until a day (exclusive); the present one stands at the agency."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField()

    class Meta:
        ordering = ["valid_to"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "valid_to"], name="former_name_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to__gt=F("valid_from")),
                name="former_name_valid_to_after_from",
            ),
        ]

    def __str__(self) -> str:
        return self.name

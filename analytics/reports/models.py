"""Profiles of units as PDF."""

import uuid

from django.db import models
from django.db.models import Q


class ProfilePaper(models.Model):
    """The profile of a unit as PDF in one language: of a run, or as a publication shows it.

    Made once for each of them and kept byte by byte. The content stands in the row: it is small, and
    made for those that are asked for only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(
        "analytics.IndexRunUnit", on_delete=models.PROTECT, related_name="papers"
    )
    release = models.ForeignKey(
        "analytics.Release", null=True, on_delete=models.PROTECT, related_name="papers"
    )
    language = models.CharField(max_length=5)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "release", "language"],
                condition=Q(release__isnull=False),
                name="profile_paper_once_per_release",
            ),
            models.UniqueConstraint(
                fields=["unit", "language"],
                condition=Q(release=None),
                name="profile_paper_once_per_run",
            ),
        ]

    def __str__(self) -> str:
        return f"Profile of unit {self.unit_id} ({self.language})"

"""The PDF of a revision, as it was made once."""

import uuid
from typing import Final

from django.db import models
from django.db.models import Q

LANGUAGES: Final = ("vi", "en")
"""In which papers are printed."""


class RevisionPaper(models.Model):
    """A revision as PDF in one language; the id is the content's name in the private storage.

    It is made once: what somebody signs is compared with these bytes, whose SHA-256 stands here.
    Where personal data that it shows were erased, the content is gone and ``is_erased``; the next
    one that is asked for says so in their place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(
        "surveys.ResponseRevision", on_delete=models.PROTECT, related_name="papers"
    )
    language = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    is_erased = models.BooleanField(default=False)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "language"],
                condition=Q(is_erased=False),
                name="paper_once_per_revision_and_language",
            )
        ]

    def __str__(self) -> str:
        return f"Paper of revision {self.revision_id} ({self.language})"

"""Who was at a response a moment ago."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import models

BEAT: Final = timedelta(seconds=15)
"""How often a visible page tells of itself."""
PRESENT: Final = 2 * BEAT
"""How long somebody counts as being here after the last word."""


class ResponseVisit(models.Model):
    """Where one person was in a response when their page last told of itself; kept for seconds.

    ``section`` is empty on the front page, ``path`` (see ``surveys.engine.model``) where no cell has
    the focus. ``tab`` names the page that told it.
    """

    response = models.ForeignKey(
        "surveys.Response", on_delete=models.CASCADE, related_name="visits"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tab = models.CharField(max_length=16, blank=True)
    section = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "person"], name="response_visit_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.path or self.section or 'the front page'}"

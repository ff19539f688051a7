"""Comments on the places of a response."""

from django.conf import settings
from django.db import models
from django.db.models import Q

MOST_CHARACTERS = 2_000


class Comment(models.Model):
    """What one person said about the question, cell, table or list at ``path``.

    The text is empty once its author withdrew it or it was erased with the round's personal data.
    ``resolved_at`` is set for all comments of a place at once.
    """

    response = models.ForeignKey(
        "surveys.Response", on_delete=models.CASCADE, related_name="comments"
    )
    path = models.CharField(max_length=200)
    text = models.TextField(max_length=MOST_CHARACTERS, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["response", "path"], name="comments_of_a_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(text=""),
                name="withdrawn_comment_has_no_text",
            )
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk} on {self.path}"

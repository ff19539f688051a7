"""The outbox of live messages."""

from django.db import models


class LiveMessage(models.Model):
    """Says *what* changed on a topic; each browser fetches its own fragments. Kept for an hour."""

    topic = models.CharField(max_length=80)
    paths = models.JSONField(default=list)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["topic", "id"], name="live_by_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.paths}"

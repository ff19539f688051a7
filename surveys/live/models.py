"""The outbox of live messages."""

from typing import Any

from django.db import models


class LiveMessage(models.Model):
    """Says *what* changed on a topic; each browser fetches its own fragments. Kept for an hour.

    Without paths it says: much has changed, fetch everything.
    """

    topic = models.CharField(max_length=80)
    paths = models.JSONField(default=list)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["topic", "id"], name="live_by_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.paths}"

    def as_json(self) -> dict[str, Any]:
        """The message as it travels."""
        return {"id": self.pk, "topic": self.topic, "paths": self.paths}

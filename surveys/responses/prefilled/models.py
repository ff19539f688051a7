"""Tables that were uploaded to fill in answers, and what they fill in."""

import uuid

from django.conf import settings
from django.db import models


class PrefillUpload(models.Model):
    """A table as it was judged when it came; ``lines`` as ``prefilling.lines.line_json`` writes them.

    Cells of columns that are not taken, such as personal data, are not among them. ``result`` counts
    what applying it stores.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey("surveys.Round", on_delete=models.CASCADE, related_name="prefills")
    filename = models.CharField(max_length=200)
    lines = models.JSONField(default=list)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return self.filename


class PrefillValue(models.Model):
    """What an agency's answer at ``path`` is filled in with: the value as the engine stores it.

    ``filename`` is the table that it came from. A draft takes it when it starts, or later where no
    person has touched the answer.
    """

    round = models.ForeignKey(
        "surveys.Round", on_delete=models.CASCADE, related_name="prefill_values"
    )
    agency = models.ForeignKey("surveys.Agency", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    value = models.JSONField()
    filename = models.CharField(max_length=200)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "agency", "path"], name="prefill_once_per_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.path} of agency {self.agency_id} in round {self.round_id}"

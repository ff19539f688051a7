"""Submissions of devices."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from surveys.campaigns.models import Assignment
from surveys.organisations.rules import Person


class DeviceSubmissionQuerySet(models.QuerySet["DeviceSubmission"]):
    """Submissions by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Those into the responses whose assignments the person sees."""
        return self.filter(response__assignment__in=Assignment.objects.answers_visible_to(user))

    def open(self) -> Self:
        """Those of which something waits for a person."""
        return self.exclude(lines=[]).filter(settled_at=None)


class DeviceSubmission(models.Model):
    """What a device sent for a response, once an ``instance_id``.

    ``xml`` is what came, and never changes; empty after an erasing, when ``sha256`` still tells that it
    came. ``lines`` are the answers that were not stored (see ``lines.LeftLine``), ``files`` says of each
    file question what became of its file: ``{path: {"name", "state", "id"}}``. ``result`` counts what
    was stored. ``settled_at`` is when a person had looked at the lines.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(
        "surveys.Response", on_delete=models.PROTECT, related_name="device_submissions"
    )
    instance_id = models.CharField(max_length=200)
    xml = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    form_version = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lines = models.JSONField(default=list)
    files = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[DeviceSubmissionQuerySet] = DeviceSubmissionQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        ordering = ["-received_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "instance_id"], name="device_submission_once"
            )
        ]

    def __str__(self) -> str:
        return self.instance_id

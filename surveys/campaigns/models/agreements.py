"""What was agreed with one agency: a later deadline, or that it does not answer."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.campaigns.enums import ExtensionStatus
from surveys.campaigns.models.assignments import Assignment
from surveys.organisations.rules import Person


class ExtensionQuerySet(models.QuerySet["Extension"]):
    """Extensions by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Those of the assignments that the person sees."""
        return self.filter(assignment__in=Assignment.objects.visible_to(user))


class Extension(models.Model):
    """A later deadline, asked for by the agency or granted by itself.

    ``until`` is the new last day. ``previous_due_at`` is the deadline before it was granted.
    """

    assignment = models.ForeignKey(
        "surveys.Assignment", on_delete=models.PROTECT, related_name="extensions"
    )
    status = models.CharField(max_length=9, choices=ExtensionStatus)
    until = models.DateField()
    reason = models.CharField(max_length=1000)
    document_number = models.CharField(max_length=120, blank=True)
    document_on = models.DateField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    previous_due_at = models.DateTimeField(null=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(status=ExtensionStatus.ASKED),
                name="extension_asked_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} until {self.until}"


class Refusal(models.Model):
    """An agency that does not answer, with its reason; withdrawn when it answers after all."""

    assignment = models.ForeignKey(
        "surveys.Assignment", on_delete=models.PROTECT, related_name="refusals"
    )
    reason = models.CharField(max_length=1000)
    document_number = models.CharField(max_length=120, blank=True)
    document_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(withdrawn_at__isnull=True),
                name="refusal_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.reason}"

"""Who has accepted the terms of use, and who has asked for microdata."""

from datetime import date
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exporters.portal.enums import RequestStatus
from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.rules import Person, owners_of

TEXT_LENGTH: Final = 4000
NAME_LENGTH: Final = 200
REASON_LENGTH: Final = 500


class TermsAcceptance(models.Model):
    """Somebody has accepted a version of the terms of use; ``sha256`` is the text that was read."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="terms_accepted"
    )
    version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "version"], name="terms_accepted_once_per_person_and_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} accepted {self.version}"


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    """Requests for microdata by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """One's own, and those that the person may decide on."""
        if not user.is_authenticated:
            return self.none()
        decides = owners_of(user, DepartmentRoleName.ADMINISTRATOR)
        return self.filter(Q(asked_by=user) | Q(release__round__campaign__owner__in=decides))

    def in_force(self, day: date) -> Self:
        """Those that open something on that day."""
        return self.filter(status=RequestStatus.APPROVED, until__gte=day)


class DataRequest(models.Model):
    """Somebody asks for single answers of a published round, and what became of it.

    ``variables`` are names of the questionnaire's variables and of properties of units; an approval
    covers these and no others, until the end of the day ``until``.
    """

    release = models.ForeignKey(
        "analytics.Release", on_delete=models.PROTECT, related_name="data_requests"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="data_requests"
    )
    asked_at = models.DateTimeField()
    institution = models.CharField(max_length=NAME_LENGTH)
    purpose = models.TextField()
    variables = models.JSONField()
    until = models.DateField()
    safeguards = models.TextField()
    status = models.CharField(max_length=10, choices=RequestStatus, default=RequestStatus.ASKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "asked_by"],
                condition=Q(status=RequestStatus.ASKED),
                name="data_request_waits_once_per_person_and_release",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="data_request_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id} asks for microdata of {self.release_id}"

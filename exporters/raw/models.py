"""Column plans under a name."""

from typing import Self

from django.conf import settings
from django.db import models

from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.rules import Person, owners_of

HOLDERS = (
    DepartmentRoleName.DESIGNER,
    DepartmentRoleName.VERIFIER,
    DepartmentRoleName.ADMINISTRATOR,
)
"""Who of an owner may have single answers, and so plans their columns."""
NAME_LENGTH = 120


class ExportProfileQuerySet(models.QuerySet["ExportProfile"]):
    """Profiles by owner."""

    def visible_to(self, user: Person) -> Self:
        """Those of the owners whose answers the person may have."""
        return self.filter(owner__in=owners_of(user, *HOLDERS))


class ExportProfile(models.Model):
    """A column plan (``exporters.raw.plans``) that everybody of an owner can use by its name.

    ``changed_at`` and ``changed_by`` tell of the last saving or renaming.
    """

    owner = models.ForeignKey(
        "surveys.Agency", on_delete=models.PROTECT, related_name="export_profiles"
    )
    name = models.CharField(max_length=NAME_LENGTH)
    plan = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ExportProfileQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="export_profile_once_per_owner")
        ]

    def __str__(self) -> str:
        return self.name

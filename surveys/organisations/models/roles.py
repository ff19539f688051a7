"""What people are to agencies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.organisations.models.agencies import Agency


class Membership(models.Model):
    """A person's part in an agency's responses."""

    user = models.ForeignKey("surveys.User", on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=MembershipRole)
    title = models.CharField(_("position"), max_length=120, blank=True)
    signs_as = models.CharField(_("signs as"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.agency}"


class DepartmentRole(models.Model):
    """A role within an owner of questionnaires, campaigns and indices."""

    user = models.ForeignKey(
        "surveys.User", on_delete=models.CASCADE, related_name="department_roles"
    )
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="department_roles")
    role = models.CharField(max_length=13, choices=DepartmentRoleName)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "owner", "role"], name="department_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} in {self.owner}"

"""What people are to agencies."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from surveys.organisations.enums import Capacity, DepartmentRoleName, MembershipRole
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


class SubstitutionQuerySet(models.QuerySet["Substitution"]):
    """Substitutions by the days on which they hold."""

    def in_force(self, day: date) -> Self:
        """Those of the day, not ended, whose absent person still has the role."""
        held = Membership.objects.filter(
            user=OuterRef("absent"), agency=OuterRef("agency"), role=OuterRef("role")
        )
        return self.filter(Exists(held), ended_at__isnull=True, from_on__lte=day, to_on__gte=day)


class Substitution(models.Model):
    """One person has another's role in an agency from one day to another, both included.

    It begins and expires by itself; ``ended_at`` ends it earlier. ``capacity`` and the document
    stand beside what the substitute signs. Never changed but for its end.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="substitutions")
    role = models.CharField(max_length=12, choices=MembershipRole)
    absent = models.ForeignKey("surveys.User", on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(
        "surveys.User", on_delete=models.PROTECT, related_name="substituting"
    )
    from_on = models.DateField()
    to_on = models.DateField()
    capacity = models.CharField(max_length=4, choices=Capacity, blank=True)
    signs_as = models.CharField(max_length=120, blank=True)
    document_number = models.CharField(max_length=100)
    document_on = models.DateField(null=True)
    document_issuer = models.CharField(max_length=200, blank=True)
    document_abstract = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey(
        "surveys.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "surveys.User", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[SubstitutionQuerySet] = SubstitutionQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="substitution_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(absent=F("substitute")), name="substitution_is_by_somebody_else"
            ),
        ]
        indexes = [models.Index(fields=["substitute", "to_on"], name="substitution_by_person")]

    def __str__(self) -> str:
        return f"{self.substitute} for {self.absent}: {self.role} of {self.agency}"


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

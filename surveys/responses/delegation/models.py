"""Who does which parts of an agency's form."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.organisations.models import User
from surveys.organisations.rules import substitutions


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations by whether they count and by whose they are."""

    def active(self) -> Self:
        """Those that were not withdrawn; what is reported done stays given."""
        return self.filter(withdrawn_at__isnull=True)

    def of(self, person: User) -> Self:
        """The person's own, and those given to the person's address before there was an account.

        Those of people whom the person stands in for today too, each in the absent one's agency.
        """
        own = Q(user=person) | Q(user__isnull=True, invited_email=person.email)
        for each in substitutions(person):
            own |= Q(user=each.absent_id, assignment__agency=each.agency_id)
        return self.filter(own)


class Delegation(models.Model):
    """Parts of a form that one person is to do until a day.

    ``parts`` names sections, questions, tables and repeats of the assignment's version; names that
    a newer version no longer has stay there and count for nothing. ``invited_email`` (lower case)
    stands for somebody who has no account yet, until the person accepts. ``done_at`` is when the
    person said that it is done; it can still be edited then.
    """

    assignment = models.ForeignKey(
        "surveys.Assignment", on_delete=models.PROTECT, related_name="delegations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    invited_email = models.EmailField(max_length=254, blank=True)
    parts = models.JSONField(default=list)
    due_on = models.DateField()
    note = models.CharField(max_length=1000, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[DelegationQuerySet] = DelegationQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, invited_email="")
                | Q(user__isnull=True) & ~Q(invited_email=""),
                name="delegation_is_somebodys",
            )
        ]
        indexes = [models.Index(fields=["invited_email"], name="delegation_by_address")]

    def __str__(self) -> str:
        return f"Delegation {self.pk} of assignment {self.assignment_id}"

    @property
    def who(self) -> str:
        """The person's name, or the address that was invited."""
        return str(self.user) if self.user else self.invited_email

    def is_of(self, person: User) -> bool:
        """Whether it was given to the person, or to the person's address."""
        if self.user_id is None:
            return self.invited_email == person.email
        return self.user_id == person.pk

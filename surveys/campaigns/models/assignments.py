"""An assignment: an agency's duty to answer in a round."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Q

from surveys.campaigns.enums import Anonymity, AssignmentStatus, Disposition
from surveys.campaigns.signing_off import MOST_STEPS, StepPlace
from surveys.organisations.enums import MembershipRole
from surveys.organisations.rules import Person, agencies_of, owners_of

SIGNED: Final = (
    AssignmentStatus.SUBMITTED,
    AssignmentStatus.VERIFIED,
    AssignmentStatus.PUBLISHED,
)
SUPERIOR_ROLES: Final = (MembershipRole.REVIEWER, MembershipRole.SIGNATORY)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments by agency and status."""

    def of_agencies(self, agencies: list[int]) -> Self:
        """Assignments of the given agencies."""
        return self.filter(agency__in=agencies)

    def expected(self) -> Self:
        """Those that count: of agencies that are asked still, or that refused."""
        return self.exclude(disposition=Disposition.INELIGIBLE)

    def visible_to(self, user: Person) -> Self:
        """Assignments of the person's agencies, and of rounds of the person's owners.

        Those of the next lower units too, once signed, where the chain has the person's agency
        approve them in a role that the person has.
        """
        owned = Q(round__campaign__owner__in=owners_of(user))
        return self.filter(_answered_or_approved_by(user) | owned)

    def answers_visible_to(self, user: Person) -> Self:
        """Those whose answers the person may come across: to the owner, of confidential ones none."""
        owned = Q(round__campaign__owner__in=owners_of(user))
        told = ~Q(round__campaign__anonymity=Anonymity.CONFIDENTIAL)
        return self.filter(_answered_or_approved_by(user) | (owned & told))

    def waiting_for_superior(self, user: Person) -> Self:
        """Assignments of lower units whose next step is the person's, for a superior agency."""
        waiting = Q(pk__in=[])
        for role in SUPERIOR_ROLES:
            agencies = agencies_of(user, role)
            for place in range(1, MOST_STEPS) if agencies else ():
                waiting |= Q(
                    _step_of_superior(place, role), agency__parent__in=agencies, step=place
                )
        return self.filter(waiting, status=AssignmentStatus.SUBMITTED)


class Assignment(models.Model):
    """An agency's duty to answer in a round: the only status there is.

    ``due_at`` is the round's deadline or the extended one; ``answered`` of ``total`` questions;
    ``late_days`` counts begun days after the deadline at submission. ``agency_name`` is the name as
    of the asking, which the round's papers keep. ``step`` is the place in the round's sign-off chain
    once the answers were sent. ``seen_at`` is when somebody of the agency first opened it.
    """

    round = models.ForeignKey("surveys.Round", on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(
        "surveys.Agency", on_delete=models.PROTECT, related_name="assignments"
    )
    version = models.ForeignKey(
        "surveys.QuestionnaireVersion", on_delete=models.PROTECT, related_name="assignments"
    )
    status = models.CharField(
        max_length=18, choices=AssignmentStatus, default=AssignmentStatus.NOT_STARTED
    )
    answered = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    agency_name = models.CharField(max_length=200, blank=True)
    agency_name_en = models.CharField(max_length=200, blank=True)
    disposition = models.CharField(max_length=10, choices=Disposition, default=Disposition.ASKED)
    step = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    last_activity = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    late_days = models.PositiveIntegerField(default=0)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "agency"], name="assignment_once_per_agency_and_round"
            )
        ]
        indexes = [
            models.Index(fields=["round", "status"], name="assignment_by_status"),
            models.Index(fields=["round", "due_at"], name="assignment_by_deadline"),
            models.Index(fields=["agency", "status"], name="assignment_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.round}"

    @property
    def ends_at(self) -> datetime:
        """When the grace after the own deadline is over, and answers stand still; exclusive."""
        return self.due_at + timedelta(days=self.round.grace_days)

    @property
    def names(self) -> dict[str, str]:
        """The agency's name by language, as of the asking."""
        return {
            "vi": self.agency_name or self.agency.name,
            "en": self.agency_name_en or self.agency_name or self.agency.name_en,
        }


def _answered_or_approved_by(user: Person) -> Q:
    return Q(agency__in=agencies_of(user)) | _approved_by_superior(user)


def _approved_by_superior(user: Person) -> Q:
    """The lower units' signed answers that a chain leads to the person; the first step is never a
    superior's, because the agency signs before."""
    found = Q(pk__in=[])
    for role in SUPERIOR_ROLES:
        if agencies := agencies_of(user, role):
            steps = Q(pk__in=[])
            for place in range(1, MOST_STEPS):
                steps |= _step_of_superior(place, role)
            found |= Q(steps, agency__parent__in=agencies, status__in=SIGNED)
    return found


def _step_of_superior(place: int, role: str) -> Q:
    step = f"round__sign_off__{place}"
    return Q(**{f"{step}__place": StepPlace.SUPERIOR.value, f"{step}__role": role})

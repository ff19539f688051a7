"""Campaigns, their rounds, and who must answer."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.organisations.rules import Person, agencies_of, owners_of


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Campaigns of the owners in which the person has a role."""
        return self.filter(owner__in=owners_of(user))


class Campaign(models.Model):
    """A questionnaire asked of a set of agencies, again and again."""

    code = models.SlugField(max_length=60, unique=True)
    owner = models.ForeignKey("surveys.Agency", on_delete=models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(
        "surveys.Questionnaire", on_delete=models.PROTECT, related_name="campaigns"
    )
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    legal_basis = models.CharField(max_length=300)
    target_types = models.JSONField(default=list)
    created_at = models.DateTimeField()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    @property
    def titles(self) -> dict[str, str]:
        """The title by language."""
        return {"vi": self.title, "en": self.title_en}


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Rounds of the person's owners, and those that ask an agency of the person's.

        Of the latter, a member sees the title; how the others are getting on is for followers.
        """
        asked = Assignment.objects.of_agencies(agencies_of(user)).filter(round=OuterRef("pk"))
        return self.filter(Q(campaign__owner__in=owners_of(user)) | Exists(asked))

    def followed_by(self, user: Person) -> Self:
        """Rounds whose course the person may see: those of the person's owners."""
        return self.filter(campaign__owner__in=owners_of(user))


class Round(models.Model):
    """One wave of a campaign. ``closes_at`` is exclusive: midnight after the last day."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="rounds")
    code = models.SlugField(max_length=60, unique=True)
    period = models.CharField(max_length=60)
    reference_date = models.DateField()
    version = models.ForeignKey(
        "surveys.QuestionnaireVersion", on_delete=models.PROTECT, related_name="rounds"
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    status = models.CharField(max_length=7, choices=RoundStatus, default=RoundStatus.PLANNED)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_opening"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.period}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments by agency and status."""

    def of_agencies(self, agencies: list[int]) -> Self:
        """Assignments of the given agencies."""
        return self.filter(agency__in=agencies)

    def visible_to(self, user: Person) -> Self:
        """Assignments of the person's agencies, and of rounds of the person's owners."""
        return self.filter(
            Q(agency__in=agencies_of(user)) | Q(round__campaign__owner__in=owners_of(user))
        )


class Assignment(models.Model):
    """An agency's duty to answer in a round: the only status there is.

    ``due_at`` is the round's deadline or the extended one; ``answered`` of ``total`` questions;
    ``late_days`` counts begun days after the deadline at submission.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assignments")
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
    due_at = models.DateTimeField()
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
            models.Index(fields=["agency", "status"], name="assignment_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.round}"

"""A round: one wave of a campaign."""

from datetime import datetime, timedelta
from typing import Self

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from surveys.campaigns.enums import RoundStatus, SignatureKind
from surveys.campaigns.models.assignments import Assignment
from surveys.campaigns.models.campaigns import default_chain
from surveys.campaigns.periods import period_in_english
from surveys.organisations.rules import Person, agencies_of, owners_of


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
    """One wave of a campaign. ``closes_at`` is exclusive: midnight after the last day.

    ``targets``, ``sign_off`` and ``signature`` are the campaign's as of the opening. A round that is not
    ``version_pinned`` asks the version in force when it opens. ``reason`` says why it was postponed,
    cancelled, closed early or reopened the last time. ``erased_at`` is when personal data went.
    """

    campaign = models.ForeignKey(
        "surveys.Campaign", on_delete=models.PROTECT, related_name="rounds"
    )
    code = models.SlugField(max_length=60, unique=True)
    period = models.CharField(max_length=60)
    reference_date = models.DateField()
    version = models.ForeignKey(
        "surveys.QuestionnaireVersion", on_delete=models.PROTECT, related_name="rounds"
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    status = models.CharField(max_length=9, choices=RoundStatus, default=RoundStatus.PLANNED)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    grace_days = models.PositiveSmallIntegerField(default=0)
    targets = models.JSONField(default=dict)
    sign_off = models.JSONField(default=default_chain)
    signature = models.CharField(max_length=7, choices=SignatureKind, default=SignatureKind.SIMPLE)
    from_plan = models.BooleanField(default=False)
    version_pinned = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_opening"
            ),
            models.UniqueConstraint(
                fields=["campaign", "reference_date"],
                condition=Q(from_plan=True),
                name="round_once_per_planned_cutoff",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.period}"

    @property
    def periods(self) -> dict[str, str]:
        """The period's name by language."""
        return {"vi": self.period, "en": period_in_english(self.period)}

    @property
    def ends_at(self) -> datetime:
        """When the grace after the common deadline is over; exclusive."""
        return self.closes_at + timedelta(days=self.grace_days)

    @property
    def erases_at(self) -> datetime | None:
        """When the personal data of a closed round go; None while it is open, or if they are kept."""
        months = self.campaign.retention_months
        if months is None or self.closed_at is None:
            return None
        return timezone.localtime(self.closed_at) + relativedelta(months=months)


class RoundVariant(models.Model):
    """The version that some types of agency are asked in a round instead of the round's own."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="variants")
    version = models.ForeignKey(
        "surveys.QuestionnaireVersion", on_delete=models.PROTECT, related_name="+"
    )
    types = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "version"], name="round_variant_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} for {', '.join(self.types)}"

"""A campaign: who asks whom what, on which basis, how often and by which rules."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from surveys.campaigns.basis import LegalBasis
from surveys.campaigns.enums import Anonymity, CampaignStatus, Period, SignatureKind
from surveys.campaigns.planning import Plan
from surveys.campaigns.reminding import DEFAULT_REMINDERS
from surveys.campaigns.signing_off import DEFAULT_CHAIN
from surveys.organisations.rules import Person, owners_of


def default_chain() -> list[dict[str, Any]]:
    """The agency's signatory signs."""
    return [step.as_json() for step in DEFAULT_CHAIN]


def default_reminders() -> list[dict[str, Any]]:
    """A week and a day before the deadline; then the day after, the signatory, the superior."""
    return [step.as_json() for step in DEFAULT_REMINDERS]


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Campaigns of the owners in which the person has a role."""
        return self.filter(owner__in=owners_of(user))


class Campaign(models.Model):
    """A questionnaire asked of a set of agencies, again and again.

    ``targets`` is a ``TargetRule``, ``sign_off`` a list of ``SignOffStep``, ``reminders`` a list of
    ``ReminderStep``, each as JSON; ``signature`` says how the agency signs. The plan: data are cut off at ``first_cutoff`` and then once a
    ``period`` (by ``rrule`` where the period is the campaign's own); a round opens
    ``opens_after_days`` after its cut-off, is answered in ``answer_days`` and closes
    ``grace_days`` after its deadline. ``retention_months`` after its closing, personal data go.
    """

    code = models.SlugField(max_length=60, unique=True)
    owner = models.ForeignKey("surveys.Agency", on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    questionnaire = models.ForeignKey(
        "surveys.Questionnaire", on_delete=models.PROTECT, related_name="campaigns"
    )
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    purpose = models.TextField(blank=True)
    basis_number = models.CharField(max_length=300)
    basis_on = models.DateField(null=True)
    basis_issuer = models.CharField(max_length=200, blank=True)
    basis_abstract = models.CharField(max_length=500, blank=True)
    status = models.CharField(
        max_length=9, choices=CampaignStatus, default=CampaignStatus.PREPARING
    )
    period = models.CharField(max_length=11, choices=Period, default=Period.ONCE)
    rrule = models.CharField(max_length=300, blank=True)
    first_cutoff = models.DateField(null=True)
    opens_after_days = models.SmallIntegerField(default=1)
    answer_days = models.PositiveSmallIntegerField(default=30)
    grace_days = models.PositiveSmallIntegerField(default=0)
    targets = models.JSONField(default=dict)
    sign_off = models.JSONField(default=default_chain)
    signature = models.CharField(max_length=7, choices=SignatureKind, default=SignatureKind.SIMPLE)
    reminders = models.JSONField(default=default_reminders)
    verifies = models.BooleanField(default=True)
    anonymity = models.CharField(max_length=12, choices=Anonymity, default=Anonymity.IDENTIFIED)
    retention_months = models.PositiveSmallIntegerField(null=True)
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

    @property
    def is_confidential(self) -> bool:
        """Whether the owner's people see totals only, never the answers of one agency."""
        return self.anonymity == Anonymity.CONFIDENTIAL

    @property
    def basis(self) -> LegalBasis:
        """The document by which the agencies are asked."""
        return LegalBasis(
            number=self.basis_number,
            issued_on=self.basis_on,
            issuer=self.basis_issuer,
            abstract=self.basis_abstract,
        )

    @property
    def plan(self) -> Plan | None:
        """When the campaign asks; nothing while its rounds are made by hand."""
        if self.first_cutoff is None:
            return None
        return Plan(
            period=Period(self.period),
            first_cutoff=self.first_cutoff,
            rrule=self.rrule,
            opens_after_days=self.opens_after_days,
            answer_days=self.answer_days,
            grace_days=self.grace_days,
        )

    @property
    def legal_basis(self) -> str:
        """The document in one line, as it is cited."""
        return self.basis.cited


class CampaignVariant(models.Model):
    """Another questionnaire for some types of agency; shared indicators have the same code."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="variants")
    questionnaire = models.ForeignKey(
        "surveys.Questionnaire", on_delete=models.PROTECT, related_name="+"
    )
    types = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "questionnaire"], name="variant_once_per_questionnaire"
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} for {', '.join(self.types)}"

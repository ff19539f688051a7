"""The verification of a round: its plan, the answers under it, what was found, said and decided."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from surveys.campaigns.enums import Anonymity
from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.rules import Person, agencies_of, owners_of
from surveys.questionnaires.catalogue.models import CODE_LENGTH
from surveys.verification.choosing import Choosing
from surveys.verification.enums import (
    HandOut,
    ItemStatus,
    PlanStatus,
    Ruling,
    Settlement,
    Verdict,
    Which,
)
from surveys.verification.rules import DECIMALS

DEPARTMENT = (
    DepartmentRoleName.DESIGNER,
    DepartmentRoleName.VERIFIER,
    DepartmentRoleName.ADMINISTRATOR,
)
"""Who of the owner sees single answers; researchers get results."""


DIGITS = 15
"""Points have up to nine digits before the decimal sign."""


class VerificationPlan(models.Model):
    """What of a round is verified, by whom, and how long agencies may explain.

    ``which``, ``share``, ``seed``, ``least`` and ``codes`` are a ``Choosing``; ``twice`` is the share in
    percent of the answers that two verify. Fixed once begun; nothing changes once closed. ``frozen_at``
    is when the last response got its verified revision.
    """

    round = models.OneToOneField(
        "surveys.Round", on_delete=models.PROTECT, related_name="verification"
    )
    status = models.CharField(max_length=11, choices=PlanStatus, default=PlanStatus.PREPARING)
    which = models.CharField(max_length=8, choices=Which, default=Which.EVERY)
    share = models.PositiveSmallIntegerField(default=100)
    seed = models.PositiveIntegerField(default=1)
    least = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS, default=0)
    codes = models.JSONField(default=list)
    twice = models.PositiveSmallIntegerField(default=0)
    hand_out = models.CharField(max_length=9, choices=HandOut, default=HandOut.BY_AGENCY)
    explain_days = models.PositiveSmallIntegerField(default=10)
    verifiers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(share__lte=100, twice__lte=100), name="verification_shares_in_percent"
            )
        ]

    def __str__(self) -> str:
        return f"Verification of {self.round}"

    @property
    def choosing(self) -> Choosing:
        """The rule by which answers are chosen."""
        return Choosing(
            which=Which(self.which),
            share=self.share,
            seed=self.seed,
            least=self.least,
            codes=frozenset(self.codes),
        )


class VerificationCaseQuerySet(models.QuerySet["VerificationCase"]):
    """Cases by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Those of rounds of the person's owners, and the released ones of the person's agencies."""
        return self.filter(
            Q(assignment__round__campaign__owner__in=owners_of(user, *DEPARTMENT))
            & ~Q(assignment__round__campaign__anonymity=Anonymity.CONFIDENTIAL)
            | Q(assignment__agency__in=agencies_of(user), released_at__isnull=False)
        )


class VerificationCase(models.Model):
    """One agency's answers under verification: those of ``revision``, which the agency signed.

    ``explain_until`` is exclusive: midnight after the last day. ``verified`` is the revision in which
    everything was frozen.
    """

    plan = models.ForeignKey(VerificationPlan, on_delete=models.PROTECT, related_name="cases")
    assignment = models.OneToOneField(
        "surveys.Assignment", on_delete=models.PROTECT, related_name="verification"
    )
    revision = models.ForeignKey(
        "surveys.ResponseRevision", on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    explain_until = models.DateTimeField(null=True)
    verified = models.OneToOneField(
        "surveys.ResponseRevision", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = VerificationCaseQuerySet.as_manager()

    class Meta:
        ordering = ["assignment__agency__official_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None, explain_until=None)
                | Q(explain_until__gte=F("released_at")),
                name="verification_explained_after_release",
            )
        ]

    def __str__(self) -> str:
        return f"Verification of {self.assignment}"


class VerificationItemQuerySet(models.QuerySet["VerificationItem"]):
    """Items by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Those of the cases that the person sees."""
        return self.filter(case__in=VerificationCase.objects.visible_to(user))


class VerificationItem(models.Model):
    """One scored answer under verification.

    ``label``, ``rule``, ``questions`` and ``most`` are those of the handing out; ``claimed`` is the
    self-score by the signed answers, blank where there is none, ``missing`` the code that stands
    instead. ``verdict`` and ``verified`` are what holds now; ``edits`` counts its changes.
    """

    case = models.ForeignKey(VerificationCase, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=CODE_LENGTH)
    label = models.JSONField()
    rule = models.TextField()
    questions = models.JSONField()
    most = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS)
    claimed = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS, null=True)
    missing = models.CharField(max_length=4, blank=True)
    evidence = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=9, choices=ItemStatus, default=ItemStatus.TO_JUDGE)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    verified = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS, null=True)
    note = models.TextField(blank=True)
    settlement = models.CharField(max_length=10, choices=Settlement, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    edits = models.PositiveIntegerField(default=0)

    objects = VerificationItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="verified_once_per_indicator"),
            models.CheckConstraint(
                condition=Q(verdict="") | ~Q(settlement=""), name="verdict_says_how_it_came"
            ),
        ]
        indexes = [models.Index(fields=["case", "status"], name="verification_item_status")]

    def __str__(self) -> str:
        return f"{self.code} of {self.case_id}"


class JudgementQuerySet(models.QuerySet["Judgement"]):
    """Judgements by whose they are."""

    def of(self, user: Person) -> Self:
        """The person's own, within the owners whose verifier the person still is."""
        owners = owners_of(user, DepartmentRoleName.VERIFIER)
        return self.filter(
            verifier=user.pk, item__case__assignment__round__campaign__owner__in=owners
        )


class Judgement(models.Model):
    """What one verifier finds of an item; blank until given.

    ``first`` and ``first_points`` are what the verifier had found when the last of both spoke: from
    then on each sees the other's, and agreement is measured by what was said before. ``edits`` counts
    the changes; whoever saves names the number they had seen.
    """

    item = models.ForeignKey(VerificationItem, on_delete=models.CASCADE, related_name="judgements")
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    seat = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    points = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS, null=True)
    note = models.TextField(blank=True)
    is_flagged = models.BooleanField(default=False)
    given_at = models.DateTimeField(null=True)
    first = models.CharField(max_length=12, choices=Verdict, blank=True)
    first_points = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS, null=True)
    edits = models.PositiveIntegerField(default=0)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["seat"]
        constraints = [
            models.UniqueConstraint(fields=["item", "verifier"], name="verifier_once_per_item"),
            models.UniqueConstraint(fields=["item", "seat"], name="seat_once_per_item"),
        ]
        indexes = [models.Index(fields=["verifier", "verdict"], name="judgement_by_verifier")]

    def __str__(self) -> str:
        return f"Judgement {self.pk} of item {self.item_id}"


class Explanation(models.Model):
    """What an agency says to a finding, once, and what the department decides on it."""

    item = models.OneToOneField(
        VerificationItem, on_delete=models.PROTECT, related_name="explanation"
    )
    text = models.TextField()
    document_number = models.CharField(max_length=120, blank=True)
    document_on = models.DateField(null=True)
    document_issuer = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ruling = models.CharField(max_length=7, choices=Ruling, blank=True)
    reason = models.TextField(blank=True)
    verdict_before = models.CharField(max_length=12, choices=Verdict, blank=True)
    verified_before = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS, null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ruling="", decided_at=None)
                | ~Q(ruling="") & ~Q(reason="") & Q(decided_at__isnull=False),
                name="ruling_says_why_and_when",
            )
        ]

    def __str__(self) -> str:
        return f"Explanation of item {self.item_id}"


class ExplanationFile(models.Model):
    """A file behind an agency's explanation.

    Until the explanation is handed in the agency adds and removes files, and nobody else is shown them;
    from then on they stand as the explanation does. What is not handed in goes when the verification is
    closed.
    """

    item = models.ForeignKey(
        VerificationItem, on_delete=models.PROTECT, related_name="explanation_files"
    )
    file = models.OneToOneField("surveys.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"File {self.file_id} behind the explanation of item {self.item_id}"

"""Composite indices, their versions, the tables beside the answers, runs and what each unit got."""

from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from analytics.indices.enums import RunStatus, Scores, VersionStatus
from surveys.background.enums import OVER, JobStatus
from surveys.engine import text_in
from surveys.organisations.rules import Person, owners_of

CODE_LENGTH: Final = 60
NOTE_LENGTH: Final = 500


class CompositeIndexQuerySet(models.QuerySet["CompositeIndex"]):
    """Rows by owner."""

    def visible_to(self, user: Person) -> Self:
        """Indices of the owners in which the person has a role."""
        return self.filter(owner__in=owners_of(user))


class CompositeIndex(models.Model):
    """An index with a code that stays the same over its versions. ``name`` is a text by language."""

    code = models.SlugField(max_length=CODE_LENGTH, unique=True)
    owner = models.ForeignKey("surveys.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CompositeIndexQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def localised_name(self) -> str:
        """The name in the reader's language, else in another."""
        return text_in(self.name, get_language() or "vi")


class IndexVersionQuerySet(models.QuerySet["IndexVersion"]):
    """Versions by their index's owner."""

    def visible_to(self, user: Person) -> Self:
        """Versions of the owners in which the person has a role."""
        return self.filter(index__owner__in=owners_of(user))


class IndexVersion(models.Model):
    """One version. ``definition`` is JSON by ``analytics.definitions``, ``sha256`` its hash.

    A draft is edited by who saw its hash; a frozen one never changes, and only frozen ones are run.
    """

    index = models.ForeignKey(CompositeIndex, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=6, choices=VersionStatus, default=VersionStatus.DRAFT)
    forked_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="forks"
    )
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True)

    objects = IndexVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["index", "number"], name="index_version_once_per_number"
            ),
            models.CheckConstraint(
                condition=Q(status=VersionStatus.DRAFT, frozen_at=None)
                | Q(status=VersionStatus.FROZEN, frozen_at__isnull=False),
                name="index_version_frozen_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index}/{self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still be edited."""
        return self.status == VersionStatus.DRAFT


class IndexTable(models.Model):
    """A table beside the answers, such as populations: sent as a file, kept as texts by agency.

    ``columns`` are its headings, ``rows`` maps an agency's key to its cells by heading. The newest
    table that has a column gives its values; a run keeps what it has read.
    """

    index = models.ForeignKey(CompositeIndex, on_delete=models.PROTECT, related_name="tables")
    filename = models.CharField(max_length=200)
    columns = models.JSONField()
    rows = models.JSONField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.filename} of {self.index_id}"


class IndexRunQuerySet(models.QuerySet["IndexRun"]):
    """Runs by their index's owner."""

    def visible_to(self, user: Person) -> Self:
        """Runs of the owners in which the person has a role."""
        return self.filter(version__index__owner__in=owners_of(user))

    def computed(self) -> Self:
        """Those whose results are there, the newest first."""
        return self.filter(computed_at__isnull=False).order_by("-computed_at", "-pk")


class IndexRun(models.Model):
    """A frozen version computed over a round; written once, by its job, and never again.

    ``configuration`` is all that was chosen (definition, round, whose points, seed, number of Monte
    Carlo runs), ``configuration_sha256`` its hash; ``data_sha256`` is the hash of the values read. Both
    equal and the same ``code_version`` give the same results to the last bit. ``warnings`` are dicts
    with ``reason`` (a code of ``analytics.definitions.reasons``), ``unit``, ``element`` and ``data``.
    ``summary`` holds what the head of a page says. The intermediate tables lie in a file
    (``analytics.indices.keeping``) with ``tables_sha256``.
    """

    version = models.ForeignKey(IndexVersion, on_delete=models.PROTECT, related_name="runs")
    round = models.ForeignKey("surveys.Round", on_delete=models.PROTECT, related_name="index_runs")
    scores = models.CharField(max_length=8, choices=Scores, default=Scores.SELF)
    seed = models.PositiveBigIntegerField()
    draws = models.PositiveIntegerField()
    configuration = models.JSONField()
    configuration_sha256 = models.CharField(max_length=64)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    job = models.OneToOneField(
        "surveys.Job", null=True, on_delete=models.SET_NULL, related_name="index_run"
    )
    computed_at = models.DateTimeField(null=True)
    data_sha256 = models.CharField(max_length=64, blank=True)
    code_version = models.CharField(max_length=200, blank=True)
    warnings = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    tables_sha256 = models.CharField(max_length=64, blank=True)

    objects = IndexRunQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["round", "-computed_at"], name="index_run_of_round"),
        ]

    def __str__(self) -> str:
        return f"Run {self.pk} of {self.version_id}"

    @property
    def status(self) -> RunStatus:
        """Where the run stands; needs ``job`` loaded."""
        if self.computed_at is not None:
            return RunStatus.DONE
        if self.job is None:
            return RunStatus.FAILED
        if self.job.status in OVER:
            was_stopped = self.job.status == JobStatus.CANCELLED
            return RunStatus.STOPPED if was_stopped else RunStatus.FAILED
        return RunStatus(self.job.status)

    @property
    def is_pending(self) -> bool:
        """Whether somebody still works on it; needs ``job`` loaded."""
        return self.status in {RunStatus.WAITING, RunStatus.RUNNING}


class IndexRunUnit(models.Model):
    """What one unit got in a run, so that pages need no arithmetic.

    ``key``, ``name``, ``name_en`` and ``type`` are those of the round. ``score`` and ``rank`` are those of
    the whole index, None with a reason in ``data`` where there is none; ``rank_label`` is "=7" for ties.
    ``rank_low``, ``rank_median`` and ``rank_high`` are the 5 %, 50 % and 95 % quantiles of the simulated
    ranks. ``data``: ``nodes`` (score, rank, level and reason by node), ``leaves`` (raw, value, normalised,
    state, imputed and contribution by indicator), ``gaps`` to targets, unmet ``conditions`` of the next
    level by node, ``uncertainty`` (spreads of score and rank, shares of levels).
    """

    run = models.ForeignKey(IndexRun, on_delete=models.PROTECT, related_name="units")
    agency = models.ForeignKey(
        "surveys.Agency", null=True, on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    type = models.CharField(max_length=20, blank=True)
    block = models.CharField(max_length=100, blank=True)
    score = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    rank = models.PositiveIntegerField(null=True)
    rank_label = models.CharField(max_length=12, blank=True)
    rank_low = models.FloatField(null=True)
    rank_median = models.FloatField(null=True)
    rank_high = models.FloatField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "key"], name="index_unit_once_per_run"),
        ]
        indexes = [
            models.Index(fields=["agency", "run"], name="index_run_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.key} in run {self.run_id}"

    @property
    def localised_name(self) -> str:
        """The name in the reader's language; the Vietnamese one where there is no other."""
        return (self.name_en if get_language() == "en" else "") or self.name

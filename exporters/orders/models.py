"""Exports: what was asked for, by whom, and the file that came of it."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from analytics.gate.enums import Audience
from analytics.models import IndexRun, Release
from exporters.order import Subject
from exporters.orders.enums import ExportState, Removal
from surveys.background.enums import OVER
from surveys.campaigns.models import Round

REPEATABLE: Final = frozenset(
    {ExportState.FAILED, ExportState.STOPPED, ExportState.EXPIRED, ExportState.WITHDRAWN}
)


class Export(models.Model):
    """One requested file. Only its owner may fetch it; its progress is the job's.

    ``round`` is always there; ``run`` or ``release`` besides where the file is of one. ``options`` is
    what was chosen, as the exporter understands it. ``cells`` is about how many values were asked for.

    ``audience`` is as whom its owner had asked, which a program for one of their agencies does as less
    than its person: figures are protected for it, and whoever sees less than it does not get the file.
    It is blank of what was asked for before that was kept.

    ``sameness`` is equal for two exports only if their files are: what was asked for, by whom, the
    state of the data and the code. ``as_of`` is that state's time, ``begun_at`` when it was read.
    ``file`` is a name in the directory of the exports, empty where none is kept: from ``removed_at`` on
    it is there no longer, for the reason of ``removal``.
    """

    round = models.ForeignKey("surveys.Round", on_delete=models.CASCADE, related_name="exports")
    run = models.ForeignKey(
        "analytics.IndexRun", null=True, on_delete=models.CASCADE, related_name="exports"
    )
    release = models.ForeignKey(
        "analytics.Release", null=True, on_delete=models.CASCADE, related_name="exports"
    )
    name = models.CharField(max_length=40)
    format = models.CharField(max_length=10)
    language = models.CharField(max_length=5, default="vi")
    options = models.JSONField(default=dict)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports"
    )
    audience = models.CharField(max_length=11, choices=Audience, blank=True)
    requested_at = models.DateTimeField()
    retry_of = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="retries"
    )
    cells = models.PositiveBigIntegerField(default=0)
    job = models.OneToOneField("surveys.Job", null=True, on_delete=models.SET_NULL)
    begun_at = models.DateTimeField(null=True)
    as_of = models.DateTimeField(null=True)
    sameness = models.CharField(max_length=64, blank=True)
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removal = models.CharField(max_length=9, choices=Removal, blank=True)

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(run=None) | Q(release=None), name="export_of_one_subject"
            )
        ]
        indexes = [
            models.Index(fields=["owner", "-requested_at"], name="export_by_owner"),
            models.Index(fields=["name", "format", "-finished_at"], name="export_by_kind"),
            models.Index(fields=["expires_at"], name="export_kept", condition=~Q(file="")),
        ]

    def __str__(self) -> str:
        return f"{self.name}.{self.format} of {self.round_id}"

    @property
    def percent(self) -> int:
        """How far the job is, in percent; needs ``job`` loaded."""
        return self.job.percent if self.job is not None else 0

    def state(self, at: datetime) -> ExportState:
        """Where it stands at that time; needs ``job`` loaded."""
        if self.removal == Removal.WITHDRAWN:
            return ExportState.WITHDRAWN
        if self.finished_at is not None:
            is_kept = self.file and self.expires_at is not None and self.expires_at > at
            return ExportState.READY if is_kept else ExportState.EXPIRED
        if self.job is None:
            return ExportState.FAILED
        # A worker that dies between the keeping of the file and the end of its job leaves both right.
        ended = self.job.status in OVER and self.job.status != ExportState.STOPPED
        return ExportState.FAILED if ended else ExportState(self.job.status)

    def subject_as(self, kind: Subject) -> Round | IndexRun | Release:
        """What the file is made of, by what its exporter says. Raises ValueError where it is not
        there."""
        match kind:
            case Subject.ROUND:
                return self.round
            case Subject.RUN if self.run is not None:
                return self.run
            case Subject.RELEASE if self.release is not None:
                return self.release
        raise ValueError(f"{self} has no {kind}")

"""Exports: what was asked for, by whom, and the file that came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from analytics.models import IndexRun, Release
from exporters.order import Subject
from surveys.campaigns.models import Round


class Export(models.Model):
    """One requested file. Only its owner may fetch it; its progress is the job's.

    ``round`` is always there; ``run`` or ``release`` besides where the file is of one. ``options`` is
    what was chosen, as the exporter understands it.
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
    requested_at = models.DateTimeField()
    job = models.OneToOneField("surveys.Job", null=True, on_delete=models.SET_NULL)
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(run=None) | Q(release=None), name="export_of_one_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}.{self.format} of {self.round_id}"

    @property
    def percent(self) -> int:
        """How far the job is, in percent; needs ``job`` loaded."""
        if self.job is None or not self.job.total:
            return 0
        return round(100 * self.job.progress / self.job.total)

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

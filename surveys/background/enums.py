"""The life of a job."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobStatus(TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Stopped")


PENDING: Final = frozenset({JobStatus.WAITING, JobStatus.RUNNING})
"""Something is still to come of it."""

OVER: Final = frozenset(JobStatus) - PENDING
"""Nothing more comes of it."""

"""The words of composite indices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionStatus(TextChoices):
    """Where a version of an index stands."""

    DRAFT = "draft", pgettext_lazy("index version", "Draft")
    FROZEN = "frozen", pgettext_lazy("index version", "Frozen")


class Scores(TextChoices):
    """Whose points a run takes where indicators are scored."""

    SELF = "self", _("Points by the agencies' own answers")
    VERIFIED = "verified", _("Points after verification, the agencies' own where none was verified")


class RunStatus(TextChoices):
    """Where a run stands, by its job."""

    WAITING = "waiting", pgettext_lazy("index run", "Waiting")
    RUNNING = "running", pgettext_lazy("index run", "Being computed")
    DONE = "done", pgettext_lazy("index run", "Computed")
    FAILED = "failed", pgettext_lazy("index run", "Failed")
    STOPPED = "stopped", pgettext_lazy("index run", "Stopped")

"""Where an export stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExportState(TextChoices):
    """Where an export stands, as its owner sees it."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    READY = "done", _("Ready")
    FAILED = "failed", _("Failed")
    STOPPED = "cancelled", _("Stopped")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("file", "Withdrawn")


class Removal(TextChoices):
    """Why a file is kept no longer."""

    EXPIRED = "expired", _("Its time had run out")
    WITHDRAWN = "withdrawn", _("Its owner may not have it any more, or the data were withdrawn")

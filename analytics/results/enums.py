"""Where an indicator's figure comes from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Coverage(TextChoices):
    """How much of the agencies asked stands behind a figure."""

    FULL = "full", _("All agencies answered")
    PARTIAL = "partial", _("Some agencies are missing")
    NOT_ASKED = "not_asked", _("Not asked in this questionnaire")

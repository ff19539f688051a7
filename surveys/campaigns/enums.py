"""The lives of rounds and assignments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundStatus(TextChoices):
    """Where a round stands."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class AssignmentStatus(TextChoices):
    """Where an agency stands in a round: the only status there is."""

    NOT_STARTED = "not_started", _("Not started")
    DRAFT = "draft", _("Drafting")
    AWAITING_SIGNATURE = "awaiting_signature", _("Awaiting signature")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    VERIFIED = "verified", _("Verified")
    PUBLISHED = "published", _("Published")

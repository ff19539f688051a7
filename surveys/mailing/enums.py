"""The life of a mail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MailStatus(TextChoices):
    """Where a mail stands. Sent means: our mail server has taken it over."""

    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    BOUNCED = "bounced", _("Came back")
    WITHDRAWN = "withdrawn", _("Withdrawn before sending")

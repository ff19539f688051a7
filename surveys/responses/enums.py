"""Steps, channels and kinds."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Step(StrEnum):
    """What moves a response on."""

    START = "start"
    SEND = "send"
    APPROVE = "approve"
    SIGN = "sign"
    RETURN = "return"
    VERIFY = "verify"
    PUBLISH = "publish"


class Channel(TextChoices):
    """Through what an answer came."""

    FORM = "form", _("Form")
    PREFILL = "prefill", _("Prefilled")
    EXCEL = "excel", _("Excel")
    API = "api", _("API")
    OPENROSA = "openrosa", _("ODK Collect")
    PASTE = "paste", _("Pasted block")
    ZEROS = "zeros", _("Blanks filled with 0")
    UNDO = "undo", _("Undone")


class RevisionKind(TextChoices):
    """Which act froze the answers."""

    SENT = "sent", _("Sent for signature")
    SIGNED = "signed", _("Signed")
    VERIFIED = "verified", _("Verified")


class EvidenceKind(TextChoices):
    """What proves an answer."""

    FILE = "file", _("File")
    DOCUMENT = "document", _("Document reference")
    LINK = "link", _("Link")

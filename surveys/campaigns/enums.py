"""The lives of rounds and assignments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CampaignStatus(TextChoices):
    """Whether a campaign runs by itself; by hand, its rounds can be opened in any case but ended."""

    PREPARING = "preparing", _("Preparing")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class Period(TextChoices):
    """How often a campaign asks."""

    ONCE = "once", _("Once")
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")
    HALF_YEARLY = "half_yearly", _("Half-yearly")
    YEARLY = "yearly", _("Yearly")
    CUSTOM = "custom", _("By a rule of its own")


class Anonymity(TextChoices):
    """Who may see whose answers: of confidential ones, the owner's people see totals only."""

    IDENTIFIED = "identified", _("Identified")
    CONFIDENTIAL = "confidential", _("Confidential")


class SignatureKind(TextChoices):
    """How an agency signs what it hands in."""

    SIMPLE = "simple", _("In the system")
    DIGITAL = "digital", _("With the agency's digital certificate")
    EITHER = "either", _("Either way, as the agency chooses")


class Level(TextChoices):
    """The levels of government, and what stands outside of them."""

    CENTRAL = "central", _("Central level")
    PROVINCE = "province", _("Province level")
    COMMUNE = "commune", _("Commune level")
    ENTERPRISE = "enterprise", _("Enterprises")
    OTHER = "other", _("Others")


class Disposition(TextChoices):
    """Whether an agency is still expected to answer."""

    ASKED = "asked", _("Asked")
    REFUSED = "refused", _("Refused")
    INELIGIBLE = "ineligible", _("No longer asked")


class ExtensionStatus(TextChoices):
    """What became of a wish for a later deadline."""

    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    DENIED = "denied", _("Denied")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MailKind(TextChoices):
    """The kinds of mail that agencies get, each with its words."""

    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder before the deadline")
    LATE = "late", _("Reminder after the deadline")
    SIGNATORY = "signatory", _("To the signatory of a late agency")
    SUPERIOR = "superior", _("To the superior of a late agency")
    EXTENSION = "extension", _("Extension granted")


class RoundStatus(TextChoices):
    """Where a round stands."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class AssignmentStatus(TextChoices):
    """Where an agency stands in a round: the only status there is."""

    NOT_STARTED = "not_started", _("Not started")
    DRAFT = "draft", _("Drafting")
    AWAITING_SIGNATURE = "awaiting_signature", _("Awaiting signature")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    VERIFIED = "verified", _("Verified")
    PUBLISHED = "published", _("Published")

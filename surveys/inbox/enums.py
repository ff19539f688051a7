"""Kinds of notices, and the ways in which they reach people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """What a notice tells of. Its sentence stands in ``kinds.KINDS``."""

    ASSIGNED = "assigned", _("My agency is asked")
    PART_GIVEN = "part_given", _("A part is given to me")
    PART_CHANGED = "part_changed", _("My part gets another due day")
    PART_WITHDRAWN = "part_withdrawn", _("A part is taken from me")
    PART_DUE = "part_due", _("My part is due soon")
    PART_LATE = "part_late", _("My part is late")
    DEADLINE_NEAR = "deadline_near", _("The deadline is near")
    SENT = "sent", _("Answers wait for a signature")
    SIGNATURE_REFUSED = "signature_refused", _("My signed PDF is not accepted")
    RETURNED = "returned", _("Answers are returned")
    SIGNED = "signed", _("Answers are signed and submitted")
    MIGRATED = "migrated", _("The questionnaire is changed while we answer")
    EXTENSION_ASKED = "extension_asked", _("An agency asks for more time")
    EXTENSION_GRANTED = "extension_granted", _("More time is granted")
    EXTENSION_DENIED = "extension_denied", _("More time is not granted")
    ROUND_OPENED = "round_opened", _("A round opens")
    ROUND_CLOSED = "round_closed", _("A round closes")
    ROUND_NOT_OPENED = "round_not_opened", _("A round cannot open by itself")
    MAIL_BOUNCED = "mail_bounced", _("A mail does not arrive")
    VERIFICATION_GIVEN = "verification", _("Answers are given to me to verify")
    FINDINGS = "findings", _("My agency gets its findings")
    EXPLAINED = "explained", _("An agency explains itself")
    RULED = "ruled", _("My agency's explanation is decided on")
    VERIFIED = "verified", _("A round is verified")
    RELEASE_PROPOSED = "release_proposed", _("A publication waits for approval")
    RELEASED = "released", _("The results of a round are published")
    DATA_REQUESTED = "data_requested", _("Somebody asks for microdata")
    DATA_REQUEST_DECIDED = "data_decided", _("My request for microdata is decided on")
    FILE_READY = "file_ready", _("A file I asked for is ready")
    DEVICE_WAITS = "device_waits", _("Answers from ODK Collect wait for a decision")
    WEBHOOK_OFF = "webhook_off", _("A webhook of ours was switched off")
    MENTIONED = "mentioned", _("Somebody mentions me")
    SUBSTITUTION = "substitution", _("I stand in for somebody, or somebody for me")


class Way(TextChoices):
    """How a notice reaches a person. Each way but OFF shows it in the page too."""

    PAGE = "page", _("In the page only")
    AT_ONCE = "at_once", _("E-mail at once")
    DAILY = "daily", _("E-mail once a day")
    WEEKLY = "weekly", _("E-mail on Mondays")
    OFF = "off", _("Not at all")

"""What programs are told of, and the life of one message."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event


class PublicKind(TextChoices):
    """What a webhook may listen to. These names are public: they stay, whatever events are called."""

    ROUND_OPENED = "round.opened", _("A round is opened")
    ROUND_REOPENED = "round.reopened", _("A closed round is opened again")
    ROUND_CLOSED = "round.closed", _("A round is closed")
    ROUND_CANCELLED = "round.cancelled", _("A round is cancelled")
    SENT = "assignment.sent", _("A response is sent for signature")
    SIGNED = "assignment.signed", _("A response is signed for the first time")
    SIGNED_AGAIN = "assignment.signed_again", _("A response is signed again with other answers")
    RETURNED = "assignment.returned", _("A response is returned")
    VERIFIED = "assignment.verified", _("A response is verified")
    PUBLISHED = "results.published", _("Results are published or corrected")
    WITHDRAWN = "results.withdrawn", _("A publication is withdrawn")
    EXPORT_FINISHED = "export.finished", _("A file that one of us asked for is ready")


TEST: Final = "webhook.test"
"""The kind of a message that somebody sends to try a webhook; every webhook gets its own."""

KINDS: Final[Mapping[Event, str]] = {
    Event.ROUND_OPENED: PublicKind.ROUND_OPENED,
    Event.ROUND_REOPENED: PublicKind.ROUND_REOPENED,
    Event.ROUND_CLOSED: PublicKind.ROUND_CLOSED,
    Event.ROUND_CANCELLED: PublicKind.ROUND_CANCELLED,
    Event.RESPONSE_SENT: PublicKind.SENT,
    Event.RESPONSE_SIGNED: PublicKind.SIGNED,
    Event.RESPONSE_RETURNED: PublicKind.RETURNED,
    Event.RESPONSE_VERIFIED: PublicKind.VERIFIED,
    Event.RELEASE_APPROVED: PublicKind.PUBLISHED,
    Event.RELEASE_WITHDRAWN: PublicKind.WITHDRAWN,
    Event.EXPORT_FINISHED: PublicKind.EXPORT_FINISHED,
    Event.WEBHOOK_TESTED: TEST,
}
"""What an event is called outside; a response that was signed before is signed again."""


class DeliveryStatus(TextChoices):
    """Where a message stands. Delivered means: the receiver has answered with a status of success."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Not delivered")


class Problem(TextChoices):
    """Why an attempt was none that counts."""

    ADDRESS = "address", _("The address is no longer allowed.")
    NOT_PUBLIC = "not_public", _("The name leads to an address that is not public.")
    UNREACHABLE = "unreachable", _("Nobody answered.")
    CERTIFICATE = "certificate", _("The certificate of the receiver is not trusted.")
    TOO_SLOW = "too_slow", _("The receiver took longer than 10 seconds.")
    REDIRECT = "redirect", _("The receiver sent us elsewhere; redirects are not followed.")
    STATUS = "status", _("The receiver answered with an error.")
    GONE = "gone", _("The receiver says that it is gone for good.")
    LOST = "lost", _("The worker stopped in the middle of the work.")

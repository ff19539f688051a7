"""Sending again, by hand, what could not be sent or came back."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.queries import undelivered
from surveys.mailing.services.queueing import NewMail, as_row
from surveys.mailing.signals import mail_queued
from surveys.mailing.wording import is_usable

if TYPE_CHECKING:
    from surveys.organisations.models import User

ANEW: Final[dict[str, Any]] = {
    "status": MailStatus.WAITING,
    "attempts": 0,
    "not_before": None,
    "error": "",
}
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})

WRITTEN: Final = (
    "to_user_id",
    "reply_to",
    "language",
    "subject",
    "text",
    "link_purpose",
    "link_id",
)
"""What is written anew when a mail goes to somebody else."""


class NothingToRetry(DomainError):
    """The mail waits, is on its way, was sent or withdrawn."""

    code = "nothing_to_retry"
    message = _("Only a mail that could not be sent or came back can be sent again.")


class AddressUnusable(DomainError):
    """No mail can go to that address."""

    code = "address_unusable"
    message = _("This is no address to which a mail can be sent.")
    status = 422


@transaction.atomic
def retry(
    mail: OutgoingMail,
    *,
    to_address: str = "",
    actor: "User | None",
    at: datetime,
    facts: Mapping[str, Any] = NOTHING,
) -> OutgoingMail:
    """Let a mail that failed or came back wait for sending again, to another address if given.

    It keeps its Message-ID and what is known of its return. ``facts`` is what the audit keeps
    besides. Raises NothingToRetry in every other
    state, AddressUnusable when no mail can go to the address.
    """
    address = to_address or mail.to_address
    if not is_usable(address):
        raise AddressUnusable(address=address)
    again = OutgoingMail.objects.filter(
        pk=mail.pk, status__in=[MailStatus.FAILED, MailStatus.BOUNCED]
    )
    if not again.update(to_address=address, **ANEW):
        raise NothingToRetry
    data = {"about": mail.about, **facts}
    audit.record(Event.MAIL_RETRIED, mail, actor=actor, at=at, data=data)
    mail_queued.send(sender=OutgoingMail)
    mail.refresh_from_db()
    return mail


@transaction.atomic
def rewrite(
    mail: OutgoingMail,
    written: NewMail,
    *,
    actor: "User | None",
    at: datetime,
    facts: Mapping[str, Any] = NOTHING,
) -> OutgoingMail:
    """Let a mail that failed or came back wait again with the words, address and link of ``written``.

    It stays the same step of the same matter, with its Message-ID. Raises NothingToRetry and
    AddressUnusable as ``retry`` does, and MailUnfit as ``queue`` does.
    """
    row = as_row(written, at=at)
    again = OutgoingMail.objects.filter(
        pk=mail.pk, status__in=[MailStatus.FAILED, MailStatus.BOUNCED]
    )
    again.update(**{name: getattr(row, name) for name in WRITTEN})
    return retry(mail, to_address=row.to_address, actor=actor, at=at, facts=facts)


@transaction.atomic
def retry_failed(*, within: str, subject: Model, actor: "User | None", at: datetime) -> int:
    """Let all mails of a whole that could not be sent wait again; their number.

    ``subject`` is what ``within`` stands for, say the round. Mails that came back stay: the address
    is at fault. So do those whose address is unusable.
    """
    failed = undelivered(within).filter(status=MailStatus.FAILED)
    ids = [pk for pk, address in failed.values_list("pk", "to_address") if is_usable(address)]
    number = OutgoingMail.objects.filter(pk__in=ids, status=MailStatus.FAILED).update(**ANEW)
    if number:
        audit.record(Event.MAIL_RETRIED, subject, actor=actor, at=at, data={"mails": number})
        mail_queued.send(sender=OutgoingMail)
    return number

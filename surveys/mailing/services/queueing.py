"""Putting mails into the outbox, and taking them out while they wait.

Both are part of the change of state that the mails tell of: its service holds the transaction and
records the event.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.signals import mail_queued
from surveys.mailing.wording import ADDRESS_LENGTH, SECRET_LINK, is_usable, one_line, plain_text

KEY_LENGTH: Final = 80
SUBJECT_LENGTH: Final = 250
UNUSABLE: Final = _("This is no address to which a mail can be sent.")


class MailUnfit(DomainError):
    """What was to be queued cannot be a mail; a mistake of the text or of the program."""

    code = "mail_unfit"
    message = _("This cannot be sent as a mail.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A mail to be queued: ``step`` of ``about``, once.

    ``subject`` and ``text`` are final except for one ``SECRET_LINK`` in the text, which is filled in
    while handing over and needs ``link_purpose`` and ``link_id``.
    """

    about: str
    step: str
    to_address: str
    subject: str
    text: str
    language: str = "vi"
    within: str = ""
    to_user_id: int | None = None
    reply_to: str = ""
    link_purpose: str = ""
    link_id: int | None = None
    not_before: datetime | None = None


@transaction.atomic
def queue(mails: Iterable[NewMail], *, at: datetime) -> int:
    """Put the mails into the outbox; the number of those that are new.

    A mail whose step of the same matter is there already is left as it is, whatever became of it.
    An address to which no mail can go does not hold up the others: its mail is there at once as
    failed, for people to see. Line ends in a subject become blanks. Raises MailUnfit when a mail
    has no key, no subject or no text, a secret link without its place (or the reverse), or an
    address for answers where nobody can receive them.
    """
    batch = secrets.token_hex(8)
    # In one order for all: two that queue the same mails would else wait for each other.
    ordered = sorted(mails, key=lambda mail: (mail.about, mail.step))
    rows = [_row(mail, batch, at) for mail in ordered]
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
    number = OutgoingMail.objects.filter(message_id__startswith=f"<{batch}.").count()
    if number:
        mail_queued.send(sender=OutgoingMail)
    return number


@transaction.atomic
def withdraw(*, abouts: Sequence[str], steps: Sequence[str] | None = None, at: datetime) -> int:
    """Withdraw the mails about these that still wait, of these steps or of all; their number.

    A mail that a worker has in hand, or that was sent, is past withdrawing and stays as it is.
    """
    waiting = OutgoingMail.objects.about(abouts).filter(status=MailStatus.WAITING)
    if steps is not None:
        waiting = waiting.filter(step__in=steps)
    return waiting.update(status=MailStatus.WITHDRAWN, not_before=None, withdrawn_at=at)


def as_row(mail: NewMail, *, at: datetime) -> OutgoingMail:
    """The row of one mail, not saved. Raises MailUnfit."""
    return _row(mail, secrets.token_hex(8), at)


def _row(mail: NewMail, batch: str, at: datetime) -> OutgoingMail:
    _check(mail)
    usable = is_usable(mail.to_address)
    return OutgoingMail(
        about=mail.about,
        step=mail.step,
        within=mail.within,
        to_address=one_line(mail.to_address, ADDRESS_LENGTH),
        to_user_id=mail.to_user_id,
        reply_to=mail.reply_to,
        language=mail.language,
        subject=one_line(mail.subject, SUBJECT_LENGTH),
        text=plain_text(mail.text),
        link_purpose=mail.link_purpose,
        link_id=mail.link_id,
        # Whoever receives one mail must not be able to name another one in a forged report.
        message_id=f"<{batch}.{secrets.token_hex(16)}@{settings.MAIL_DOMAIN}>",
        status=MailStatus.WAITING if usable else MailStatus.FAILED,
        error="" if usable else str(UNUSABLE),
        not_before=mail.not_before,
        created_at=at,
    )


def _check(mail: NewMail) -> None:
    for key in (mail.about, mail.step):
        if not key or key != one_line(key, KEY_LENGTH):
            raise MailUnfit(key=key)
    if len(mail.within) > KEY_LENGTH or (mail.link_purpose == "") != (mail.link_id is None):
        raise MailUnfit(about=mail.about)
    if not plain_text(mail.text).strip() or not one_line(mail.subject, SUBJECT_LENGTH):
        raise MailUnfit(about=mail.about)
    if mail.text.count(SECRET_LINK) != (1 if mail.link_purpose else 0):
        raise MailUnfit(about=mail.about)
    if mail.reply_to and not is_usable(mail.reply_to):
        raise MailUnfit(about=mail.about, reply_to=mail.reply_to)

"""Writing down which mails came back."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.limited import Limits, Unreadable, read_limited
from surveys.limited.outcome import Reason
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.reports import read_report
from surveys.mailing.verdicts import TEXT_LENGTH
from surveys.mailing.wording import one_line

READING: Final = Limits(seconds=5.0, memory_bytes=256 * 1024 * 1024, answer_bytes=1024 * 1024)
UNDER_WAY: Final = timedelta(days=7)
"""Mail servers give a mail up after five days at most (RFC 5321, 4.5.4.1), with some room."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of the messages: mails marked, reports without a mail of ours, no reports at all."""

    done: int = 0
    unmatched: int = 0
    unreadable: int = 0


def record_bounces(messages: Iterable[bytes], *, at: datetime) -> Recorded:
    """Mark the mails that the messages report as undeliverable, each in a transaction of its own.

    A mail is found by the Message-ID in the report. A report that names none is matched by its
    recipient, with the newest mail sent there in the last seven days. Whatever a message holds, it
    ends at most as unreadable. The same message read again changes nothing, also when its mail
    has been sent again in the meantime.
    """
    done = unmatched = unreadable = 0
    for message in messages:
        try:
            report = read_limited(read_report, message, limits=READING)
        except Unreadable as failure:
            if failure.reason is Reason.BUSY:
                raise
            unreadable += 1
            continue
        marked = _record(report, hashlib.sha256(message).hexdigest(), at)
        done += marked
        unmatched += not marked
    return Recorded(done, unmatched, unreadable)


@transaction.atomic
def _record(report: dict[str, object], digest: str, at: datetime) -> int:
    returned = report["returned"]
    assert isinstance(returned, list)
    return sum(
        _mark(mail, code, text, digest, at)
        for address, code, text in returned
        if (mail := _mail_of(str(report["message_id"]), address, at))
    )


def _mail_of(message_id: str, address: str, at: datetime) -> OutgoingMail | None:
    """The mail that came back. Behind our address there may be another, so the id says it all."""
    sent = OutgoingMail.objects.filter(status__in=[MailStatus.SENT, MailStatus.SENDING])
    if message_id:
        return sent.filter(message_id=message_id).first()
    lately = Q(handed_over_at__gte=at - UNDER_WAY, handed_over_at__lte=at)
    return sent.filter(lately, to_address__iexact=address).order_by("-handed_over_at").first()


def _mark(mail: OutgoingMail, code: str, text: str, digest: str, at: datetime) -> int:
    """1 when the mail is marked now; 0 when this very report was counted before."""
    changed = (
        OutgoingMail.objects.filter(pk=mail.pk, status=mail.status)
        .exclude(bounce_digest=digest)
        .update(
            status=MailStatus.BOUNCED,
            bounced_at=at,
            bounce_code=code[:12],
            bounce_text=one_line(text, TEXT_LENGTH),
            bounce_digest=digest,
            lease_token="",
            leased_until=None,
        )
    )
    if changed:
        audit.record(Event.MAIL_BOUNCED, mail, actor=None, at=at, data={"code": code[:12]})
    return changed

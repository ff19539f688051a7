"""Handing mails over to the mail server: each is claimed, handed over, written down.

A worker has one mail in hand at a time. Dying with it in hand, it leaves it under a lease; when that
has run out the mail is handed over again, with the same Message-ID. Nothing else is ever sent twice.
"""

import logging
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.mailing.composing import compose
from surveys.mailing.enums import MailStatus
from surveys.mailing.line import Line, Pace
from surveys.mailing.models import DELAYS, MAX_ATTEMPTS, OutgoingMail
from surveys.mailing.verdicts import SENT, Verdict, verdict_on

LEASE: Final = timedelta(minutes=5)
"""Longer than any hand-over: each step of SMTP ends after ``EMAIL_TIMEOUT``."""
PAGE: Final = 200
LOST: Final = _("The worker stopped in the middle of the work.")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a run did: mails sent, put off until later, come back, failed for good."""

    sent: int = 0
    deferred: int = 0
    bounced: int = 0
    failed: int = 0
    server_answers: bool = True


def deliver_due(*, at: datetime, limit: int | None = None) -> Delivery:
    """Hand over the mails that are due, oldest first, at most ``limit``; what became of them.

    Any number of workers may do this at once. ``at`` is the time at the start and goes on from
    there. A mail that the server refuses for good has come back (bounced), one that it puts off
    waits for 1, 5, 15, 60 minutes, then 6 hours four times, and has failed after that. When the
    server does not answer, all that is due is put off like that and the run ends.
    """
    clock, line, pace = Running(at), Line(), Pace(settings.MAIL_PER_SECOND)
    lost = _give_up_lost(at)
    tally: Counter[MailStatus] = Counter({MailStatus.FAILED: lost})
    try:
        for mail_id in _due(at):
            if limit is not None and tally.total() - lost >= limit:
                break
            if not line.is_ready():
                tally += _put_off_due(line.problem, at=clock.now())
                return _delivery(tally, server_answers=False)
            pace.wait()
            if status := _deliver(mail_id, line, clock):
                tally[status] += 1
    finally:
        line.close()
    return _delivery(tally, server_answers=True)


class Running:
    """The time, beginning at a given one; so a simulated year has leases too."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._started = time.monotonic()

    def now(self) -> datetime:
        """The time since the start, added to the time at the start."""
        return self._at + timedelta(seconds=time.monotonic() - self._started)


def claim(mail_id: int, *, at: datetime) -> OutgoingMail | None:
    """Take the lease of a mail that is due; None when it was withdrawn or is in other hands."""
    token = uuid.uuid4().hex
    taken = (
        OutgoingMail.objects.due(at)
        .filter(pk=mail_id)
        .update(
            status=MailStatus.SENDING,
            lease_token=token,
            leased_until=at + LEASE,
            attempts=F("attempts") + 1,
        )
    )
    return OutgoingMail.objects.filter(pk=mail_id, lease_token=token).first() if taken else None


def _due(at: datetime) -> Iterator[int]:
    """The ids of what is due, each once, read page by page."""
    last = 0
    while True:
        later = OutgoingMail.objects.due(at).filter(pk__gt=last).order_by("pk")
        page = list(later.values_list("pk", flat=True)[:PAGE])
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1]


def _deliver(mail_id: int, line: Line, clock: Running) -> MailStatus | None:
    """One mail from the claim to the record; None when it was not to be had."""
    mail = claim(mail_id, at=clock.now())
    if mail is None:
        return None
    verdict = _hand_over(mail, line, at=clock.now())
    return _write_down(mail, verdict, at=clock.now())


def _hand_over(mail: OutgoingMail, line: Line, *, at: datetime) -> Verdict:
    try:
        line.hand_over(compose(mail, at=at))
    except Exception as error:
        verdict = verdict_on(error)
        expected = isinstance(error, OSError | DomainError)  # smtplib's are OSErrors
        logger.warning(
            "Mail %s was not taken over: %s", mail.pk, verdict.text, exc_info=not expected
        )
        if verdict.line_is_bad:
            line.broke(verdict.text)
        return verdict
    return SENT


@transaction.atomic
def _write_down(mail: OutgoingMail, verdict: Verdict, *, at: datetime) -> MailStatus | None:
    """Write the verdict under the lease; None when another worker has taken the mail over."""
    status = verdict.status
    if status == MailStatus.WAITING and mail.attempts >= MAX_ATTEMPTS:
        status = MailStatus.FAILED
    fields: dict[str, Any] = {"status": status, "lease_token": "", "leased_until": None}
    match status:
        case MailStatus.SENT:
            fields |= {"handed_over_at": at, "error": ""}
        case MailStatus.WAITING:
            fields |= {"not_before": at + DELAYS[mail.attempts - 1], "error": verdict.text}
        case MailStatus.BOUNCED:
            fields |= {"bounced_at": at, "bounce_code": verdict.code, "bounce_text": verdict.text}
        case _:
            fields |= {"error": verdict.text}
    held = OutgoingMail.objects.filter(
        pk=mail.pk, status=MailStatus.SENDING, lease_token=mail.lease_token
    )
    if not held.update(**fields):
        logger.warning("Mail %s was taken over by another worker", mail.pk)
        return None
    if status == MailStatus.BOUNCED:
        audit.record(Event.MAIL_BOUNCED, mail, actor=None, at=at, data={"code": verdict.code})
    return status


def _put_off_due(problem: str, *, at: datetime) -> Counter[MailStatus]:
    """Put off all that is due and in nobody's hands: the server is away. One query for each delay."""
    tally: Counter[MailStatus] = Counter()
    waiting = OutgoingMail.objects.due(at).filter(status=MailStatus.WAITING)
    for attempts in range(MAX_ATTEMPTS):
        rest = waiting.filter(attempts=attempts)
        if attempts + 1 < MAX_ATTEMPTS:
            tally[MailStatus.WAITING] += rest.update(
                attempts=attempts + 1, not_before=at + DELAYS[attempts], error=problem
            )
        else:
            tally[MailStatus.FAILED] += rest.update(
                status=MailStatus.FAILED, attempts=attempts + 1, error=problem
            )
    return tally


def _give_up_lost(at: datetime) -> int:
    """Fail the mails whose worker went silent at the last attempt; their number."""
    return OutgoingMail.objects.lost(at).update(
        status=MailStatus.FAILED, lease_token="", leased_until=None, error=str(LOST)
    )


def _delivery(tally: Counter[MailStatus], *, server_answers: bool) -> Delivery:
    return Delivery(
        sent=tally[MailStatus.SENT],
        deferred=tally[MailStatus.WAITING],
        bounced=tally[MailStatus.BOUNCED],
        failed=tally[MailStatus.FAILED],
        server_answers=server_answers,
    )

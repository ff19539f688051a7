"""What people have not read, by mail: at once, once a day, or on Mondays."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from surveys.inbox import queries
from surveys.inbox.enums import Way
from surveys.inbox.mails import subject_of, text_of
from surveys.inbox.models import FIRST_HOUR, Notice
from surveys.mailing.services import NewMail, queue
from surveys.mailing.wording import inert
from surveys.organisations.models import User

PEOPLE: Final = 500
"""How many are served in one transaction: others get to write in between."""

ROWS: Final = 5_000
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many mails were queued, and how many notices stand in them."""

    mails: int = 0
    notices: int = 0


def send_digests(*, at: datetime) -> Sent:
    """Queue the mails that are due: to each person at most one of what is told at once, and one of
    all that waited for the day's hour or for Monday's.

    Only what is unread and was in no mail yet; who has nothing gets nothing. A person has one digest
    a day: what becomes due after it waits for the next. Interrupted or run twice at once, no notice
    is mailed twice. The mails stand in the outbox, which is their record.
    """
    waiting = Notice.objects.to_mail(until=at).order_by("user")
    people = list(waiting.values_list("user", flat=True).distinct())
    sent = [
        _send_to(people[start : start + PEOPLE], at=at) for start in range(0, len(people), PEOPLE)
    ]
    return Sent(sum(each.mails for each in sent), sum(each.notices for each in sent))


@transaction.atomic
def _send_to(people: Sequence[int], *, at: datetime) -> Sent:
    day = timezone.localdate(at).isoformat()
    hours = queries.digest_hours(people)
    served = queries.people_with_digest(people, day=day)
    mails: list[NewMail] = []
    mailed: list[int] = []
    for person, notices in _waiting(people, at=at):
        now = [notice for notice in notices if notice.way == Way.AT_ONCE]
        later = [
            notice
            for notice in notices
            if person.pk not in served and is_due(notice, hours.get(person.pk, FIRST_HOUR), at=at)
        ]
        if now:
            mails.append(_mail(person, now, about="notices", step=str(now[-1].pk)))
        if later:
            mails.append(_mail(person, later, about="digest", step=day))
        mailed += [notice.pk for notice in (*now, *later)]
    for start in range(0, len(mailed), ROWS):
        Notice.objects.filter(pk__in=mailed[start : start + ROWS]).update(mailed_at=at)
    return Sent(queue(mails, at=at), len(mailed))


def is_due(notice: Notice, hour: int, *, at: datetime) -> bool:
    """Whether a notice of the digest was told before the last hour at which its digest goes."""
    local = timezone.localtime(at)
    last = datetime.combine(local.date(), time(hour), tzinfo=local.tzinfo)
    match notice.way:
        case Way.DAILY:
            step = DAY
        case Way.WEEKLY:
            last, step = last - local.weekday() * DAY, WEEK
        case _:
            return False
    return notice.at < (last if last <= at else last - step)


def _waiting(people: Sequence[int], *, at: datetime) -> Iterator[tuple[User, list[Notice]]]:
    """Each person with what waits, oldest first; whatever another run has in hand is left to it."""
    waiting = Notice.objects.to_mail(until=at).filter(user__in=people)
    locked = waiting.select_for_update(of=("self",), skip_locked=True)
    by_person: defaultdict[User, list[Notice]] = defaultdict(list)
    for notice in locked.select_related("user").order_by("user", "at", "pk"):
        by_person[notice.user].append(notice)
    yield from by_person.items()


def _mail(person: User, notices: Sequence[Notice], *, about: str, step: str) -> NewMail:
    with override(person.language):
        return NewMail(
            about=f"{about}:{person.pk}",
            step=step,
            to_address=person.email,
            to_user_id=person.pk,
            language=person.language,
            subject=subject_of(notices),
            text=inert(text_of(person, notices)),
        )

"""Reads of notices and of how people want them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from surveys.inbox.enums import NoticeKind, Way
from surveys.inbox.kinds import KINDS
from surveys.inbox.models import FIRST_HOUR, Notice, NoticePreference, NoticeQuerySet
from surveys.mailing.models import OutgoingMail
from surveys.organisations.models import User
from surveys.organisations.rules import Person

ALL_KINDS: Final = ""
MOST_SHOWN: Final = 100
"""The bell counts no further: more is said as "99+"."""


def unread_count(user: Person) -> int:
    """How many notices the person has not read, counted to ``MOST_SHOWN``."""
    return Notice.objects.visible_to(user).unread().order_by()[:MOST_SHOWN].count()


def notices_of(user: Person, *, unread: bool, kind: str) -> NoticeQuerySet:
    """The person's notices, newest first; those not read, or of one kind, where asked for."""
    found = Notice.objects.visible_to(user)
    if unread:
        found = found.unread()
    return found.filter(kind=kind) if kind else found


def ways_of(users: Iterable[int], kind: NoticeKind) -> Mapping[int, Way]:
    """How those of the people want the kind who chose at all; in one query."""
    chosen = NoticePreference.objects.filter(user__in=list(users), kind__in=[kind, ALL_KINDS])
    rows = chosen.exclude(way="").order_by("kind").values_list("user", "way")
    return {user: Way(way) for user, way in rows}


def own_ways(user: User) -> dict[str, str]:
    """What the person chose, by kind; under "" what holds for all the others."""
    return dict(user.notice_preferences.exclude(way="").values_list("kind", "way"))


def digest_hour(user: User) -> int:
    """The hour at which the person gets the digest, in the country's time."""
    chosen = user.notice_preferences.filter(kind=ALL_KINDS).values_list("hour", flat=True).first()
    return FIRST_HOUR if chosen is None else chosen


def digest_hours(people: Sequence[int]) -> dict[int, int]:
    """The hours of the digest of those of the people who chose one."""
    chosen = NoticePreference.objects.filter(user__in=people, kind=ALL_KINDS)
    return dict(chosen.values_list("user", "hour"))


def people_with_digest(people: Sequence[int], *, day: str) -> set[int]:
    """Those of the people whose digest of the day is in the outbox already."""
    queued = OutgoingMail.objects.about([f"digest:{person}" for person in people])
    return {
        person for person in queued.filter(step=day).values_list("to_user", flat=True) if person
    }


def way_of(kind: NoticeKind, chosen: Mapping[str, str]) -> Way:
    """How a notice of the kind goes: as chosen for the kind, else for all, else as recommended."""
    return Way(chosen.get(kind) or chosen.get(ALL_KINDS) or KINDS[kind].way)

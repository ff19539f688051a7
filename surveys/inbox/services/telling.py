"""Telling people of something, each once, in the way that each of them wants."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from surveys.audit.models import AuditEvent
from surveys.inbox import queries
from surveys.inbox.enums import NoticeKind, Way
from surveys.inbox.kinds import KINDS, places
from surveys.inbox.models import Notice
from surveys.inbox.places import is_known
from surveys.inbox.services.reading import topic
from surveys.live import services as live

BATCH: Final = 1000


class WordsMissing(Exception):
    """The data do not fill the kind's sentence: a mistake in the program."""


class PlaceUnknown(Exception):
    """Nobody can say who may open what the news is about: a mistake in the program."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing told to one person: whom, about what, where to act, and what its sentence needs.

    ``about`` is "assignment:55" or the like; ``url`` a path of the site; ``data`` holds strings,
    whole numbers, texts by language, and ISO dates under keys that end in ``_on``.
    """

    user: int
    about: str
    url: str
    data: Mapping[str, Any] = field(default_factory=dict)


def cause(event: AuditEvent) -> str:
    """The name of an audit event as what brought a notice about."""
    return f"audit:{event.pk}"


@transaction.atomic
def notify(kind: NoticeKind, news: Iterable[News], *, event: str, at: datetime) -> int:
    """Tell people; how many notices were made that were not there before.

    ``event`` is what brought it about (see ``cause``; a day, for a thing of the calendar): told
    twice of the same, a person has one notice. Who wants none of this kind gets none. The number of
    queries grows with thousands of people, not with people. A notice is the trace of an event that
    is audited already, so it makes no event of its own. Raises WordsMissing or
    PlaceUnknown.
    """
    told = [each for each in news if _is_whole(kind, each)]
    return sum(
        _tell(kind, told[start : start + BATCH], event=event, at=at)
        for start in range(0, len(told), BATCH)
    )


def _is_whole(kind: NoticeKind, news: News) -> bool:
    if missing := places(kind) - news.data.keys():
        raise WordsMissing(f"{kind} needs {sorted(missing)}")
    if not is_known(news.about):
        raise PlaceUnknown(news.about)
    return True


def _tell(kind: NoticeKind, news: list[News], *, event: str, at: datetime) -> int:
    people = {each.user for each in news}
    chosen = queries.ways_of(people, kind)
    known = set(
        Notice.objects.filter(kind=kind, event=event, user__in=people).values_list("user", "about")
    )
    notices = [
        Notice(
            user_id=each.user,
            kind=kind,
            about=each.about,
            event=event,
            data=dict(each.data),
            url=each.url,
            way=way,
            at=at,
        )
        for each in {(each.user, each.about): each for each in news}.values()
        if (each.user, each.about) not in known
        and (way := chosen.get(each.user, KINDS[kind].way)) != Way.OFF
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    live.publish_all(sorted({topic(notice.user_id) for notice in notices}), ["new"], at=at)
    return len(notices)

"""How a person wants to be told."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.inbox import queries
from surveys.inbox.enums import NoticeKind, Way
from surveys.inbox.models import Notice, NoticePreference
from surveys.organisations.models import User


class WayUnknown(DomainError):
    """There are five ways, and kinds of notices that go them."""

    code = "way_unknown"
    message = _("There is no such kind of notice, or no such way.")


class HourUnknown(DomainError):
    """A day has 24 hours."""

    code = "hour_unknown"
    message = _("The hour must lie between 0 and 23.")


class LanguageUnknown(DomainError):
    """Mails are written in the languages of the product."""

    code = "language_unknown"
    message = _("There are no mails in this language.")


@transaction.atomic
def set_preferences(
    user: User, ways: Mapping[str, str], *, hour: int, language: str = "", actor: User, at: datetime
) -> None:
    """Keep how the person wants each kind: by kind, and under "" for all kinds without an own way.

    What is left out or empty goes as recommended. Notices that were not mailed yet follow the new
    choice. ``language`` is that of the mails; without one it stays. Raises WayUnknown, HourUnknown
    or LanguageUnknown.
    """
    wanted = {kind: way for kind, way in ways.items() if way}
    if not set(wanted) <= {queries.ALL_KINDS, *NoticeKind} or not set(wanted.values()) <= set(Way):
        raise WayUnknown
    if hour not in range(24):
        raise HourUnknown
    if language and language not in dict(settings.LANGUAGES):
        raise LanguageUnknown
    NoticePreference.objects.filter(user=user).delete()
    rows = {queries.ALL_KINDS: "", **wanted}
    NoticePreference.objects.bulk_create(
        [NoticePreference(user=user, kind=kind, way=way, hour=hour) for kind, way in rows.items()]
    )
    waiting = Notice.objects.filter(user=user, mailed_at__isnull=True, read_at__isnull=True)
    for kind in waiting.order_by("kind").values_list("kind", flat=True).distinct():
        waiting.filter(kind=kind).update(way=queries.way_of(NoticeKind(kind), wanted))
    user.language = language or user.language
    user.save(update_fields=["language"])
    data = {"ways": wanted, "hour": hour, "language": user.language}
    audit.record(Event.NOTICE_PREFERENCES_SET, user, actor=actor, at=at, data=data)

"""Read, and not read after all."""

from datetime import datetime

from django.db import transaction

from surveys.inbox.models import Notice
from surveys.live import services as live
from surveys.organisations.models import User


def topic(user_id: int) -> str:
    """The live topic of a person's notices."""
    return f"inbox:{user_id}"


@transaction.atomic
def mark_read(notice: Notice, *, actor: User, at: datetime) -> None:
    """Note that its reader has seen it; the first time counts. Nobody audits what is read."""
    if Notice.objects.visible_to(actor).unread().filter(pk=notice.pk).update(read_at=at):
        notice.read_at = at
        live.publish(topic(actor.pk), ["read"], at=at)


@transaction.atomic
def mark_unread(notice: Notice, *, actor: User, at: datetime) -> None:
    """Put it back among those to be read."""
    own = Notice.objects.visible_to(actor).filter(pk=notice.pk, read_at__isnull=False)
    if own.update(read_at=None):
        notice.read_at = None
        live.publish(topic(actor.pk), ["read"], at=at)


@transaction.atomic
def mark_all_read(*, actor: User, at: datetime) -> int:
    """Note that the person has seen everything told until now; how many notices they were."""
    count = Notice.objects.visible_to(actor).unread().filter(at__lte=at).update(read_at=at)
    if count:
        live.publish(topic(actor.pk), ["read"], at=at)
    return count

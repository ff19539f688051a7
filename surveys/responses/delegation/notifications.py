"""What people are told of the work that was given to them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.urls import reverse

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.campaigns.deadlines import local_day
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.campaigns.notifications import round_words
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News
from surveys.questionnaires.queries import form_of
from surveys.responses.delegation.models import Delegation, DelegationQuerySet
from surveys.responses.delegation.titles import parts_in_words
from surveys.responses.workflow import AT_WORK

AHEAD: Final = timedelta(days=1)
"""How long before its last day people are reminded of their work."""


def tell_of_work(event: AuditEvent, *, at: datetime) -> int:
    """Tell a person what was given; whoever gives to oneself knows. How many were told."""
    found = _with_words(Delegation.objects.active().filter(pk=int(event.subject_id)))
    news = [
        _news(person, each.assignment, each.parts, each.due_on, actor=str(event.actor))
        for each in found
        if (person := each.user_id) and person != event.actor_id
    ]
    return inbox.notify(NoticeKind.PART_GIVEN, news, event=inbox.cause(event), at=at)


def tell_of_changed_work(event: AuditEvent, *, at: datetime) -> int:
    """Tell a person of another due day, or of parts that were taken back or given to somebody else.

    Whoever did it to oneself knows. How many were told.
    """
    if event.kind == Event.DELEGATION_CHANGED:
        kind, parts = NoticeKind.PART_CHANGED, {int(event.subject_id): event.data["parts"]}
    elif event.kind == Event.DELEGATION_WITHDRAWN:
        kind, parts = NoticeKind.PART_WITHDRAWN, {int(event.subject_id): event.data["parts"]}
    else:
        taken = event.data.get("taken_parts", {})
        kind, parts = NoticeKind.PART_WITHDRAWN, {int(key): names for key, names in taken.items()}
    news = [
        _news(person, each.assignment, parts[each.pk], each.due_on, actor=str(event.actor))
        for each in _with_words(Delegation.objects.filter(pk__in=parts))
        if (person := each.user_id) and person != event.actor_id
    ]
    return inbox.notify(kind, news, event=inbox.cause(event), at=at)


def tell_of_due_work(*, at: datetime) -> int:
    """Remind people of work that is due by tomorrow or late, of each last day once; how many notices.

    It does not matter how often or how rarely it runs.
    """
    today = local_day(at)
    open_work = _with_words(
        Delegation.objects.active().filter(
            user__is_active=True,
            done_at__isnull=True,
            due_on__lte=today + AHEAD,
            assignment__status__in=AT_WORK,
            assignment__round__status=RoundStatus.OPEN,
        )
    )
    days: defaultdict[date, list[Delegation]] = defaultdict(list)
    for each in open_work:
        days[each.due_on].append(each)
    told = 0
    for day, work in sorted(days.items()):
        kind = NoticeKind.PART_LATE if day < today else NoticeKind.PART_DUE
        told += inbox.notify(kind, _by_person(work, day), event=day.isoformat(), at=at)
    return told


def _by_person(work: list[Delegation], day: date) -> Iterator[News]:
    """One piece of news for each person and form."""
    parts: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    assignments = {each.assignment_id: each.assignment for each in work}
    for each in work:
        if each.user_id is not None:
            parts[each.user_id, each.assignment_id] += each.parts
    for (person, assignment), names in parts.items():
        yield _news(person, assignments[assignment], names, day)


def _news(person: int, assignment: Assignment, parts: list[str], day: date, **words: str) -> News:
    said: dict[str, Any] = {
        **round_words(assignment.round),
        "part": parts_in_words(form_of(assignment.version), parts),
        "due_on": day.isoformat(),
        **words,
    }
    address = reverse("assignment_detail", args=[assignment.pk])
    return News(person, f"assignment:{assignment.pk}", address, said)


def _with_words(delegations: DelegationQuerySet) -> DelegationQuerySet:
    """With all that their sentences need, in the same query."""
    return delegations.select_related(
        "user", "assignment__round__campaign", "assignment__version"
    ).defer("assignment__version__definition")

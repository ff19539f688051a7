"""Telling those whom a comment names."""

from datetime import datetime

from django.urls import reverse

from surveys.audit.models import AuditEvent
from surveys.campaigns.deadlines import local_day
from surveys.campaigns.notifications import round_words
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News
from surveys.responses.comments.models import Comment
from surveys.responses.comments.queries import people_to_mention


def tell_of_mention(event: AuditEvent, *, at: datetime) -> int:
    """Tell each person of the agency whom a comment names, once; how many were told.

    Nobody is told of one that was withdrawn meanwhile, nor of their own. The notice says where it
    is, never what.
    """
    comment = Comment.objects.select_related("author", "response__assignment__round__campaign").get(
        pk=event.subject_id
    )
    if comment.withdrawn_at is not None:
        return 0
    assignment = comment.response.assignment
    people = {each.pk for each in people_to_mention(assignment.agency_id, day=local_day(at))}
    named = people & set(event.data["mentioned"]) - {comment.author_id}
    said = {**round_words(assignment.round), "actor": str(comment.author)}
    page = f"{reverse('comments', args=[assignment.pk])}?comment={comment.pk}"
    news = [News(each, f"assignment:{assignment.pk}", page, said) for each in sorted(named)]
    return inbox.notify(NoticeKind.MENTIONED, news, event=inbox.cause(event), at=at)

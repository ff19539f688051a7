"""Commenting, withdrawing, resolving."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import local_day
from surveys.common.errors import DomainError
from surveys.live import services as live
from surveys.organisations.models import User
from surveys.questionnaires.queries import form_of
from surveys.responses.comments.mentions import mentioned_in
from surveys.responses.comments.models import MOST_CHARACTERS, Comment
from surveys.responses.comments.queries import has_place, people_to_mention
from surveys.responses.models import Response
from surveys.responses.services.cells import UNSTORABLE
from surveys.responses.services.drafts import topic

CHANGED = "comments"
"""What a live message says of comments. No more, because readers outside the agency hear it too."""
PATH_LENGTH = 200


class CommentEmpty(DomainError):
    """There is nothing to say in it."""

    code = "comment_empty"
    message = _("Write something first.")
    status = 422


class CommentTooLong(DomainError):
    """A comment is a note, not a report."""

    code = "comment_too_long"
    message = _("A comment holds at most 2,000 characters. It is not sent; shorten it.")
    status = 422


class CommentUnreadable(DomainError):
    """Characters that no text consists of."""

    code = "comment_unreadable"
    message = _("The text contains characters that cannot be stored. Type it again.")
    status = 422


class CommentPlaceUnknown(DomainError):
    """There is no such place in the form."""

    code = "comment_place_unknown"
    message = _("This question is not in the form any more. Load the page again.")
    status = 404


class MentionUnknown(DomainError):
    """Only people of the agency read a comment, so only they can be named to."""

    code = "mention_unknown"
    message = _("Choose people of your agency.")
    status = 422


class CommentOfAnother(DomainError):
    """What somebody said is theirs to withdraw."""

    code = "comment_of_another"
    message = _("Only who wrote a comment can withdraw it.")
    status = 403


@transaction.atomic
def add_comment(
    response: Response,
    *,
    path: str,
    text: str,
    mentioned: Iterable[int] = (),
    actor: User,
    at: datetime,
) -> Comment:
    """Say something about a place of the form, in whatever status the response is.

    Named are those whose name or address follows an ``@`` in the text, and ``mentioned``, by id,
    who decide where several people have one name. The thread is open again. Raises CommentEmpty,
    CommentTooLong, CommentUnreadable, CommentPlaceUnknown or MentionUnknown.
    """
    said = text.replace("\r\n", "\n").strip()
    _refuse(said)
    if len(path) > PATH_LENGTH or not has_place(form_of(response.version), path):
        raise CommentPlaceUnknown(path=path[:PATH_LENGTH])
    named = _named(response, said, frozenset(mentioned), at=at)
    comment = Comment.objects.create(response=response, path=path, text=said, author=actor, at=at)
    comment.mentions.set(named)
    _open(response.pk, path)
    data = {"response": response.pk, "path": path, "mentioned": sorted(named)}
    audit.record(Event.COMMENT_ADDED, comment, actor=actor, at=at, data=data)
    live.publish(topic(response.pk), [CHANGED], at=at)
    return comment


@transaction.atomic
def withdraw_comment(comment: Comment, *, actor: User, at: datetime) -> None:
    """Take back what one said; its text is gone. Said twice it stands. Raises CommentOfAnother."""
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    if locked.author_id != actor.pk:
        raise CommentOfAnother(comment=comment.pk)
    if locked.withdrawn_at is not None:
        return
    locked.text, locked.withdrawn_at = "", at
    locked.save(update_fields=["text", "withdrawn_at"])
    locked.mentions.clear()
    data = {"response": locked.response_id, "path": locked.path}
    audit.record(Event.COMMENT_WITHDRAWN, locked, actor=actor, at=at, data=data)
    live.publish(topic(locked.response_id), [CHANGED], at=at)


@transaction.atomic
def resolve_comments(response: Response, *, path: str, actor: User, at: datetime) -> int:
    """Say that what was said on a place is settled; how many comments were open."""
    still_open = Comment.objects.filter(response=response, path=path, resolved_at__isnull=True)
    number = still_open.update(resolved_at=at, resolved_by=actor)
    if number:
        _record_thread(Event.COMMENTS_RESOLVED, response, path, actor=actor, at=at)
    return number


@transaction.atomic
def reopen_comments(response: Response, *, path: str, actor: User, at: datetime) -> int:
    """Say that it is not settled after all; how many comments were."""
    number = _open(response.pk, path)
    if number:
        _record_thread(Event.COMMENTS_REOPENED, response, path, actor=actor, at=at)
    return number


def erase_texts(response_id: int, is_concerned: Callable[[str], bool]) -> int:
    """Erase what was said on the places concerned, and whom it named; how many comments it was.

    Belongs to the erasing of personal data, which is what is audited.
    """
    said = Comment.objects.filter(response=response_id).exclude(text="")
    found = [pk for pk, path in said.values_list("pk", "path") if is_concerned(path)]
    Comment.mentions.through.objects.filter(comment__in=found).delete()
    return Comment.objects.filter(pk__in=found).update(text="")


def _refuse(said: str) -> None:
    if not said:
        raise CommentEmpty
    if len(said) > MOST_CHARACTERS:
        raise CommentTooLong
    if UNSTORABLE.search(said):
        raise CommentUnreadable


def _named(
    response: Response, said: str, chosen: frozenset[int], *, at: datetime
) -> frozenset[int]:
    people = people_to_mention(response.assignment.agency_id, day=local_day(at))
    known = {each.pk: (each.full_name, each.email) for each in people}
    if not chosen <= known.keys():
        raise MentionUnknown
    return chosen | mentioned_in(said, known)


def _open(response_id: int, path: str) -> int:
    resolved = Comment.objects.filter(response=response_id, path=path, resolved_at__isnull=False)
    return resolved.update(resolved_at=None, resolved_by=None)


def _record_thread(
    event: Event, response: Response, path: str, *, actor: User, at: datetime
) -> None:
    data = {"response": response.pk, "path": path}
    audit.record(event, response, actor=actor, at=at, data=data)
    live.publish(topic(response.pk), [CHANGED], at=at)

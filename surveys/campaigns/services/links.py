"""Personal links to one assignment: made in batches, found by their secret, revoked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.models import AccessLink, Assignment
from surveys.common.errors import DomainError
from surveys.common.tokens import hashed, is_token, new_nonce, token
from surveys.organisations.models import User

PURPOSE: Final = "access"
VALID_AFTER: Final = timedelta(days=30)
"""How long a link still leads to the answers once they stand still."""
Pair = tuple[Assignment, User]


class LinkEnded(DomainError):
    """The link was revoked or has expired, or its person is no longer a member of the agency."""

    code = "link_ended"
    message = _("This link no longer works.")
    status = 410


def links_for(pairs: Sequence[Pair], *, at: datetime) -> dict[tuple[int, int], AccessLink]:
    """The link of each person to each assignment, by their ids: the standing one, else a new one.

    A standing link follows a later deadline. Two queries and one for each batch of new links; part
    of the change of state that the mails with the links tell of.
    """
    wanted = {(assignment.pk, user.pk): (assignment, user) for assignment, user in pairs}
    standing = AccessLink.objects.filter(
        assignment__in=list({assignment for assignment, _user in wanted}), revoked_at=None
    )
    links = {
        (link.assignment_id, link.user_id): link for link in standing if link.user_id is not None
    }
    later = []
    for key, (assignment, _user) in wanted.items():
        if key in links and links[key].expires_at < _expiry(assignment):
            links[key].expires_at = _expiry(assignment)
            later.append(links[key])
    AccessLink.objects.bulk_update(later, ["expires_at"], batch_size=500)
    new = [_new(*pair, at) for key, pair in wanted.items() if key not in links]
    for link in AccessLink.objects.bulk_create(new):
        assert link.user_id is not None, "made for a person"
        links[link.assignment_id, link.user_id] = link
    return {key: links[key] for key in wanted}


def link_of(secret: str) -> AccessLink | None:
    """The link of a secret, whatever became of it. One query."""
    link = AccessLink.objects.filter(token_hash=hashed(secret)).first()
    return link if link and is_token(secret, purpose=PURPOSE, nonce=link.nonce) else None


def person_of_link(link: AccessLink, *, at: datetime) -> User:
    """Whom the link lets in at the time; raises LinkEnded. One query."""
    if link.user_id is None or link.revoked_at is not None or at >= link.expires_at:
        raise LinkEnded
    person = User.objects.filter(
        pk=link.user_id, is_active=True, memberships__agency__assignments=link.assignment_id
    ).first()
    if person is None:
        raise LinkEnded
    return person


@transaction.atomic
def use_link(link: AccessLink, *, at: datetime) -> User:
    """Let the link's person in: who it is. The link can be used again. Raises LinkEnded."""
    person = person_of_link(link, at=at)
    if link.used_at is None:
        AccessLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at)
    data = {"assignment": link.assignment_id}
    audit.record(Event.ACCESS_LINK_USED, link, actor=person, at=at, data=data)
    return person


@transaction.atomic
def revoke_links(assignment: Assignment, *, actor: User | None, at: datetime) -> int:
    """End every link to the assignment; how many there were. New mails carry new ones."""
    number = assignment.access_links.filter(revoked_at=None).update(revoked_at=at)
    data = {"links": number}
    audit.record(Event.ACCESS_LINKS_REVOKED, assignment, actor=actor, at=at, data=data)
    return number


def path_of(link_id: int) -> str:
    """The path with the link's secret, for the mail that carries it. Raises LinkEnded."""
    link = AccessLink.objects.filter(pk=link_id, revoked_at=None).first()
    if link is None:
        raise LinkEnded
    return reverse("access_link", args=[token(PURPOSE, link.nonce)])


def _expiry(assignment: Assignment) -> datetime:
    return assignment.ends_at + VALID_AFTER


def _new(assignment: Assignment, user: User, at: datetime) -> AccessLink:
    nonce = new_nonce()
    return AccessLink(
        assignment=assignment,
        user=user,
        address=user.email,
        nonce=nonce,
        token_hash=hashed(token(PURPOSE, nonce)),
        created_at=at,
        expires_at=_expiry(assignment),
    )

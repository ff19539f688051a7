"""People come to an agency by invitation: a secret link, taken up once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.common.tokens import hashed, new_nonce, token
from surveys.mailing.services import withdraw
from surveys.organisations import rules
from surveys.organisations.models import AccountInvitation, Agency, Membership, User
from surveys.organisations.services.accounts import new_account
from surveys.organisations.services.invitation_mails import PURPOSE, queue_mails
from surveys.organisations.services.roles import grant_membership

VALID_FOR: Final = timedelta(days=30)


class InvitationEnded(DomainError):
    """The link was taken up, withdrawn or has expired."""

    code = "invitation_ended"
    message = _("This invitation no longer holds. Ask for a new one.")
    status = 410


class AccountClosed(DomainError):
    """The address belongs to an account that was closed."""

    code = "account_closed"
    message = _("The account with this e-mail address is closed.")


@dataclass(frozen=True, slots=True)
class Part:
    """What a person is to be in an agency."""

    agency: Agency
    role: str
    title: str = ""
    signs_as: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of inviting: a membership at once, or an invitation and whether it is new."""

    membership: Membership | None = None
    invitation: AccountInvitation | None = None
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Whose invitation it was, and whether the account was made by taking it up."""

    user: User
    has_new_account: bool


def secret_of(invitation: AccountInvitation) -> str:
    """The secret of the invitation's link; the same on every call."""
    return token(PURPOSE, invitation.nonce)


def link_of(invitation_id: int) -> str:
    """The path of an invitation's link, for the mail. Raises InvitationEnded once it is of no use."""
    invitation = AccountInvitation.objects.pending().filter(pk=invitation_id).first()
    if invitation is None:
        raise InvitationEnded
    return reverse("invitation_link", args=[secret_of(invitation)])


@transaction.atomic
def invite_person(
    part: Part, *, email: str, full_name: str = "", actor: User | None, at: datetime
) -> Invited:
    """Ask the person with the address to take a part; who has an account takes it at once.

    An invitation of the same address to the same role that still waits stays as it is, with the
    words and the term of the new one. Raises AccountClosed.
    """
    address = email.strip().lower()
    user = User.objects.filter(email__iexact=address).first()
    if user is not None:
        return Invited(membership=_member_at_once(user, part, actor=actor, at=at))
    nonce = new_nonce()
    words = {
        "full_name": full_name.strip(),
        "title": part.title,
        "signs_as": part.signs_as,
        "expires_at": at + VALID_FOR,
    }
    invitation, is_new = AccountInvitation.objects.pending().update_or_create(
        agency=part.agency,
        email=address,
        role=part.role,
        defaults=words,
        create_defaults={
            **words,
            "nonce": nonce,
            "token_hash": hashed(token(PURPOSE, nonce)),
            "created_at": at,
            "created_by": actor,
        },
    )
    data = {"agency": part.agency.key, "role": str(part.role), "again": not is_new}
    audit.record(Event.INVITATION_SENT, invitation, actor=actor, at=at, data=data)
    queue_mails([invitation], at=at)
    return Invited(invitation=invitation, is_new=is_new)


def invite_contacts(
    contacts: Sequence[tuple[Part, str]], *, at: datetime
) -> dict[int, AccountInvitation]:
    """Invite one address for each agency; the invitations by the agency's id.

    A pending invitation of the same address to the same role stays, with a new term. The caller
    holds the transaction and records the event. Two queries and one for each batch of new ones.
    """
    wanted = {(part.agency.pk, email): part for part, email in contacts}
    pending = AccountInvitation.objects.pending().filter(
        agency__in=[part.agency for part, _email in contacts],
        role__in={str(part.role) for part, _email in contacts},
    )
    found = {(each.agency_id, each.email): each for each in pending}
    standing = {key: found[key] for key in wanted if key in found}
    AccountInvitation.objects.filter(pk__in=[each.pk for each in standing.values()]).update(
        expires_at=at + VALID_FOR
    )
    new = [_for_contact(part, key[1], at) for key, part in wanted.items() if key not in standing]
    made = AccountInvitation.objects.bulk_create(new)
    return {each.agency_id: each for each in (*standing.values(), *made)}


def _for_contact(part: Part, email: str, at: datetime) -> AccountInvitation:
    nonce = new_nonce()
    return AccountInvitation(
        agency=part.agency,
        email=email,
        role=part.role,
        title=part.title,
        signs_as=part.signs_as,
        nonce=nonce,
        token_hash=hashed(token(PURPOSE, nonce)),
        created_at=at,
        expires_at=at + VALID_FOR,
    )


@transaction.atomic
def accept_invitation(
    invitation: AccountInvitation, *, full_name: str, password: str | None, at: datetime
) -> Acceptance:
    """Make the account and the membership that were offered; however often it is asked, once.

    Holding the link proves the address, so the other invitations of the same address are taken up
    with it. Where the account was made meanwhile, it keeps its name and password. Raises
    InvitationEnded, AccountClosed and PasswordTooWeak.
    """
    waiting = list(
        AccountInvitation.objects.select_for_update()
        .valid_at(at)
        .filter(email=invitation.email)
        .order_by("pk")
    )
    if invitation not in waiting:
        raise InvitationEnded
    user = User.objects.filter(email__iexact=invitation.email).first()
    has_new_account = user is None
    if user is None:
        user = new_account(email=invitation.email, full_name=full_name, password=password)
    elif not user.is_active:
        raise AccountClosed
    _take_up(waiting, user, at=at)
    data = {
        "user": user.pk,
        "account": has_new_account,
        "parts": [{"agency": each.agency_id, "role": each.role} for each in waiting],
    }
    audit.record(Event.INVITATION_ACCEPTED, invitation, actor=user, at=at, data=data)
    return Acceptance(user, has_new_account)


@transaction.atomic
def revoke_invitation(
    invitation: AccountInvitation, *, actor: User | None, at: datetime
) -> AccountInvitation:
    """Withdraw the invitation: its link leads nowhere from now on. Raises InvitationEnded."""
    locked = AccountInvitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at is not None or locked.revoked_at is not None:
        raise InvitationEnded
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    withdraw(abouts=[f"{PURPOSE}:{locked.pk}"], at=at)
    data = {"agency": locked.agency_id, "role": str(locked.role)}
    audit.record(Event.INVITATION_REVOKED, locked, actor=actor, at=at, data=data)
    return locked


def _member_at_once(user: User, part: Part, *, actor: User | None, at: datetime) -> Membership:
    if not user.is_active:
        raise AccountClosed
    return grant_membership(
        user=user,
        agency=part.agency,
        role=part.role,
        title=part.title,
        signs_as=part.signs_as,
        actor=actor,
        at=at,
    )


def _take_up(invitations: Iterable[AccountInvitation], user: User, *, at: datetime) -> None:
    for invitation in invitations:
        Membership.objects.update_or_create(
            user=user,
            agency_id=invitation.agency_id,
            role=invitation.role,
            defaults={"title": invitation.title, "signs_as": invitation.signs_as},
        )
        invitation.accepted_at = at
        invitation.accepted_by = user
        invitation.save(update_fields=["accepted_at", "accepted_by"])
    rules.forget(user)

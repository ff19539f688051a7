"""Sending a mail of a round again that failed or came back, to another address if need be."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.enums import MailKind
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries.mails import base_of
from surveys.campaigns.queries.recipients import Recipients, contact_address
from surveys.campaigns.reminding import kind_of, step_of_key
from surveys.campaigns.services import extending, inviting, reminding
from surveys.campaigns.services.inviting import lock
from surveys.campaigns.services.writing import Letter, Writer
from surveys.campaigns.wording import PERSONAL
from surveys.common.errors import DomainError
from surveys.mailing.models import OutgoingMail
from surveys.mailing.services import AddressUnusable, retry, rewrite
from surveys.mailing.wording import is_usable
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import AccountInvitation, Agency, User
from surveys.organisations.rules import administers

STANDING: Final = {
    inviting.STEP: MailKind.INVITATION,
    reminding.BY_HAND: MailKind.LATE,
    extending.STEP: MailKind.EXTENSION,
}
"""The kinds of the steps that are not the plan's."""


class AddressUnrecorded(DomainError):
    """Whoever gets the invitation answers for the agency: not everybody who writes mails says who."""

    code = "address_unrecorded"
    message = _(
        "This address is not recorded for the agency, and whoever gets the mail could answer for it. "
        "The agency's coordinators and its administrators can record a contact address, or invite a "
        "coordinator, on the agency's page."
    )
    status = 422


@transaction.atomic
def send_again(
    mail: OutgoingMail, *, address: str, round_: Round, actor: User | None, at: datetime
) -> OutgoingMail:
    """Let the mail wait again, to ``address``.

    A personal link never goes to another address than its person's: a coordinator of the agency gets
    one of the own, the agency's contact address and who is invited as its coordinator an invitation
    to an account. Any other address gets one only from who administers the agency, and the audit
    says so. A link that has ended is replaced, and the words are those in force. Raises
    NothingToRetry, AddressUnusable and AddressUnrecorded.
    """
    given = address.strip().lower()
    if not is_usable(given):
        raise AddressUnusable(address=address)
    kind = kind_of_step(mail.step)
    subject, _colon, number = mail.about.partition(":")
    if kind is None or kind not in PERSONAL or subject != "assignment":
        return retry(mail, to_address=given, actor=actor, at=at)
    assignment = Assignment.objects.select_related("agency").get(pk=number)
    locked = lock(round_)
    assignment.round = locked
    recipient = _recipient(assignment, given)
    facts: dict[str, Any] = {}
    if not recipient.people and not _is_recorded(assignment.agency, given):
        if actor is None or not administers(actor, assignment.agency):
            raise AddressUnrecorded(agency=assignment.agency_id)
        facts = {"address_unrecorded": True}
    [written] = Writer(locked, at=at).letters([Letter(assignment, mail.step, kind, recipient)])
    return rewrite(mail, written, actor=actor, at=at, facts=facts)


def kind_of_step(step: str) -> MailKind | None:
    """Which words a step in the outbox has used; None of a copy, which has no personal link."""
    if "/" in step:
        return None
    name = base_of(step)
    if name in STANDING:
        return STANDING[name]
    planned = step_of_key(name)
    return kind_of(planned) if planned else None


def _recipient(assignment: Assignment, address: str) -> Recipients:
    person = User.objects.filter(
        email__iexact=address,
        is_active=True,
        memberships__agency=assignment.agency_id,
        memberships__role=MembershipRole.COORDINATOR,
    ).first()
    return Recipients((person,)) if person else Recipients((), address)


def _is_recorded(agency: Agency, address: str) -> bool:
    """Whether the agency, or who may speak for it, has named the address already."""
    invited = AccountInvitation.objects.pending().filter(
        agency=agency, role=MembershipRole.COORDINATOR, email__iexact=address
    )
    return address == contact_address(agency) or invited.exists()

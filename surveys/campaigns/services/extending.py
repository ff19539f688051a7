"""Telling an agency by mail of the later deadline that it was given."""

from datetime import datetime
from typing import Final

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import last_day
from surveys.campaigns.enums import ExtensionStatus, MailKind
from surveys.campaigns.models import Extension
from surveys.campaigns.queries.recipients import recipients
from surveys.campaigns.services.inviting import asked, lock
from surveys.campaigns.services.writing import Letter, Writer
from surveys.mailing.services import queue
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import User

STEP: Final = "extension"


@transaction.atomic
def write_of_extension(extension: Extension, *, actor: User | None, at: datetime) -> int:
    """Queue the mail that tells the agency of its new deadline, once for each deadline; how many.

    Where the extension does not hold any more, or the agency is not expected any more, none.
    """
    if extension.status != ExtensionStatus.GRANTED:
        return 0
    round_ = lock(extension.assignment.round)
    concerned = [each for each in asked(round_) if each.pk == extension.assignment_id]
    people = recipients([each.agency for each in concerned], MembershipRole.COORDINATOR)
    letters = [
        Letter(
            each,
            f"{STEP}@{last_day(each.due_at).isoformat()}",
            MailKind.EXTENSION,
            people[each.agency_id],
        )
        for each in concerned
    ]
    number = queue(Writer(round_, at=at).letters(letters), at=at)
    if number:
        data = {
            "mails": number,
            "extension": extension.pk,
            "round": round_.pk,
            "agency": extension.assignment.agency_id,
        }
        audit.record(Event.EXTENSION_WRITTEN, round_, actor=actor, at=at, data=data)
    return number

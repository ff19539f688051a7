"""The mail that carries an invitation's link."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surveys.mailing import services as mailing
from surveys.mailing.services import NewMail
from surveys.mailing.wording import SECRET_LINK, inert
from surveys.organisations.models import AccountInvitation

PURPOSE: Final = "invitation"


def queue_mails(invitations: Iterable[AccountInvitation], *, at: datetime) -> None:
    """Put a mail for each into the outbox, at most one a day for the same invitation."""
    day = timezone.localtime(at).date().isoformat()
    with translation.override(settings.LANGUAGE_CODE):
        mails = [_mail(invitation, day) for invitation in invitations]
    mailing.queue(mails, at=at)


def _mail(invitation: AccountInvitation, day: str) -> NewMail:
    agency = invitation.agency.localised_name
    return NewMail(
        about=f"{PURPOSE}:{invitation.pk}",
        step=day,
        to_address=invitation.email,
        subject=_("Invitation to Digital Survey: %(agency)s") % {"agency": agency},
        text=_text(invitation, agency),
        link_purpose=PURPOSE,
        link_id=invitation.pk,
    )


def _text(invitation: AccountInvitation, agency: str) -> str:
    until = date_format(timezone.localtime(invitation.expires_at), "SHORT_DATE_FORMAT")
    greeting = _("Dear %(person)s,") % {"person": invitation.full_name or invitation.email}
    invited = _("%(agency)s asks you to take part in its surveys as: %(role)s.") % {
        "agency": agency,
        "role": invitation.get_role_display(),
    }
    how = _("Open this link and choose a password; it holds until %(until)s:") % {"until": until}
    last = _("The link is meant for you alone. Do not pass this mail on.")
    return "\n\n".join([inert(greeting), inert(invited), f"{how}\n{SECRET_LINK}", last])

"""A row of the outbox as the mail that travels."""

from datetime import datetime
from email.utils import format_datetime
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string

from surveys.mailing.models import OutgoingMail
from surveys.mailing.wording import SECRET_LINK, as_html


class LinkMaker(Protocol):
    """Makes the address of a secret link; ``settings.MAIL_LINK`` names the one that does."""

    def __call__(self, purpose: str, link_id: int) -> str:
        """The whole address; a DomainError when there is no such link or it has ended."""


def compose(mail: OutgoingMail, *, at: datetime) -> EmailMultiAlternatives:
    """The mail with its secret link: plain text, and the same as a simple page.

    Raises the DomainError of the link's maker.
    """
    text = mail.text
    if mail.link_id is not None:
        make: LinkMaker = import_string(settings.MAIL_LINK)
        text = text.replace(SECRET_LINK, make(mail.link_purpose, mail.link_id))
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=text,
        from_email=settings.MAIL_RETURN,
        to=[mail.to_address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            "From": settings.MAIL_FROM,
            "Message-ID": mail.message_id,
            "Date": format_datetime(at),
            "Auto-Submitted": "auto-generated",
            # Exchange answers automatic mails too unless it is asked not to.
            "X-Auto-Response-Suppress": "All",
            "Content-Language": mail.language,
        },
    )
    message.attach_alternative(as_html(text, mail.language, site=settings.SITE_URL), "text/html")
    return message

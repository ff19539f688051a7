"""Mails as a round would queue them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from surveys.mailing.models import OutgoingMail
from surveys.mailing.services import NewMail, queue

NOW: Final = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def new_mail(number: int = 1, **changes: Any) -> NewMail:
    """The invitation of the agency of that number."""
    mail = NewMail(
        about=f"assignment:{number}",
        step="invitation",
        within="round:7",
        to_address=f"dau-moi-{number}@example.gov.vn",
        subject="Mời trả lời khảo sát",
        text="Kính gửi Quý cơ quan,\n\nKhảo sát đã mở.",
    )
    return replace(mail, **changes)


def queued(number: int = 1, **changes: Any) -> OutgoingMail:
    """The same, in the outbox."""
    mail = new_mail(number, **changes)
    queue([mail], at=NOW)
    return OutgoingMail.objects.get(about=mail.about, step=mail.step)

"""Invitations of a round of all agencies: queued, queued again, and handed over to a mail server.

    .venv/bin/python benchmarks/mail_queue.py

The server is a real one on loopback, in a thread of this process; its work is in the figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from measure import measured, prepare_django, report

if TYPE_CHECKING:
    from surveys.mailing.services import NewMail

AGENCIES = 3_377
TEXT = (
    "Kính gửi {agency},\n\nCục Chuyển đổi số quốc gia mời Quý cơ quan trả lời khảo sát. Hạn trả lời "
    "là ngày 30 tháng 11 năm 2026.\n\nMời Quý cơ quan vào trả lời tại địa chỉ sau, dành riêng cho "
    "cơ quan mình:\n\n{link}\n\nTrân trọng cảm ơn."
)


def main() -> None:
    """Queue, queue again, deliver, and look at what arrived."""
    prepare_django()

    from django.db import connection, reset_queries  # noqa: PLC0415  (after the set-up)
    from django.test import override_settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from config.mailing import LINKS  # noqa: PLC0415
    from surveys.mailing.enums import MailStatus  # noqa: PLC0415
    from surveys.mailing.queries import standing  # noqa: PLC0415
    from surveys.mailing.services import deliver_due, queue  # noqa: PLC0415
    from tests.surveys.mailing.smtp import mail_server  # noqa: PLC0415

    LINKS["access"] = "/vao/{}".format
    mails = [invitation(number) for number in range(AGENCIES)]

    reset_queries()
    with override_settings(DEBUG=True), measured("queue 3,377 invitations", bar="10 s") as m:
        number = queue(mails, at=timezone.now())
    queries = len(connection.queries)
    m.check(number == AGENCIES, f"{number} new, {queries} queries")

    with measured("queue the same again") as m:
        number = queue(mails, at=timezone.now())
    m.check(number == 0, "none is new")

    with mail_server() as postman:
        with measured("hand them over to a server on loopback") as m:
            delivery = deliver_due(at=timezone.now())
        m.check(delivery.sent == AGENCIES, f"{delivery.sent} sent")
        m.check(set(postman.times.values()) == {1}, "each Message-ID arrived once")
        m.check(len(postman.times) == AGENCIES, "all of them arrived")

    with measured("count them by step and status") as m:
        (step,) = standing("round:1")
    m.check(step.counts[MailStatus.SENT] == step.total == AGENCIES, "all are sent")
    report()


def invitation(number: int) -> NewMail:
    """The invitation of one agency, with a secret link."""
    from surveys.mailing.services import NewMail  # noqa: PLC0415
    from surveys.mailing.wording import SECRET_LINK  # noqa: PLC0415

    return NewMail(
        about=f"assignment:{number}",
        step="invitation",
        within="round:1",
        to_address=f"dau-moi-{number}@example.gov.vn",
        subject="Mời trả lời khảo sát về chuyển đổi số quý IV năm 2026",
        text=TEXT.format(agency=f"Ủy ban nhân dân xã số {number}", link=SECRET_LINK),
        link_purpose="access",
        link_id=number,
    )


if __name__ == "__main__":
    main()

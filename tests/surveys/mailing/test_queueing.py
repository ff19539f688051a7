"""Putting mails into the outbox and taking them out while they wait."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.services import MailUnfit, queue, withdraw
from surveys.mailing.signals import mail_queued
from surveys.mailing.wording import SECRET_LINK
from tests.surveys.mailing.factories import NOW, new_mail, queued

pytestmark = pytest.mark.django_db


def statuses():
    return list(OutgoingMail.objects.order_by("pk").values_list("about", "status"))


def test_mails_wait_in_the_outbox():
    number = queue([new_mail(1), new_mail(2)], at=NOW)

    assert number == 2
    assert statuses() == [
        ("assignment:1", MailStatus.WAITING),
        ("assignment:2", MailStatus.WAITING),
    ]


def test_a_repeated_step_of_the_same_matter_is_left_as_it_is():
    before = queued(1, subject="Mời")

    number = queue([new_mail(1, subject="Khác"), new_mail(2), new_mail(2)], at=NOW)

    assert number == 1
    assert OutgoingMail.objects.count() == 2
    assert OutgoingMail.objects.get(about="assignment:1").subject == "Mời"
    assert OutgoingMail.objects.get(about="assignment:1").message_id == before.message_id


def test_another_step_of_the_same_matter_is_another_mail():
    queued(1)

    assert queue([new_mail(1, step="reminder-1")], at=NOW) == 1


def test_each_mail_has_a_message_id_of_its_own_at_our_domain(settings):
    settings.MAIL_DOMAIN = "khaosat.example.vn"

    queue([new_mail(n) for n in range(50)], at=NOW)

    ids = set(OutgoingMail.objects.values_list("message_id", flat=True))
    assert len(ids) == 50
    assert all(re.fullmatch(r"<[0-9a-f]{16}\.[0-9a-f]{32}@khaosat\.example\.vn>", i) for i in ids)


def test_an_unusable_address_fails_at_once_and_holds_up_nobody():
    number = queue([new_mail(1, to_address="an@x.vn\r\nBcc: binh@x.vn"), new_mail(2)], at=NOW)

    failed = OutgoingMail.objects.get(about="assignment:1")
    assert number == 2
    assert (failed.status, failed.to_address) == (MailStatus.FAILED, "an@x.vn Bcc: binh@x.vn")
    assert failed.error
    assert OutgoingMail.objects.get(about="assignment:2").status == MailStatus.WAITING


def test_line_ends_in_a_subject_become_blanks():
    assert queued(1, subject="Mời\r\nBcc: x@y.vn").subject == "Mời Bcc: x@y.vn"


@pytest.mark.parametrize(
    "changes",
    [
        {"about": ""},
        {"subject": " \n"},
        {"text": "\0 \n"},
        {"about": "a" * 81},
        {"step": "two\nlines"},
        {"within": "r" * 81},
        {"reply_to": "An\r\nBcc: x@y.vn"},
        {"text": f"Vào {SECRET_LINK}"},
        {"link_purpose": "access", "link_id": 3},
        {"link_purpose": "access", "text": f"Vào {SECRET_LINK}"},
        {"link_id": 3},
    ],
)
def test_what_cannot_be_a_mail_is_refused_and_nothing_is_queued(changes):
    with pytest.raises(MailUnfit):
        queue([new_mail(1), new_mail(2, **changes)], at=NOW)

    assert not OutgoingMail.objects.exists()


def test_the_number_of_queries_does_not_follow_the_number_of_mails():
    with CaptureQueriesContext(
        connection,
    ) as few:
        queue([new_mail(n) for n in range(20)], at=NOW)
    with CaptureQueriesContext(connection) as many:
        queue([new_mail(n) for n in range(20, 500)], at=NOW)

    # SQLite takes 999 parameters in one statement, and a mail has some thirty.
    rows_per_insert = 30 if connection.vendor == "sqlite" else 500
    assert len(many) - len(few) <= 480 / rows_per_insert


def test_new_mails_are_announced_and_repeated_ones_are_not():
    heard = []

    def hear(**_kwargs):
        heard.append(1)

    mail_queued.connect(hear)
    queue([new_mail(1)], at=NOW)
    queue([new_mail(1)], at=NOW)
    queue([], at=NOW)
    mail_queued.disconnect(hear)

    assert heard == [1]


def test_what_waits_can_be_withdrawn_by_matter_and_step():
    for number in (1, 2):
        queued(number)
        queued(number, step="reminder-1")

    number = withdraw(abouts=["assignment:1"], steps=["reminder-1"], at=NOW)

    withdrawn = OutgoingMail.objects.get(status=MailStatus.WITHDRAWN)
    assert number == 1
    assert (withdrawn.about, withdrawn.step) == ("assignment:1", "reminder-1")
    assert withdrawn.withdrawn_at == NOW


def test_without_steps_everything_about_it_is_withdrawn():
    queued(1)
    queued(1, step="reminder-1")
    queued(12)

    assert withdraw(abouts=["assignment:1"], at=NOW) == 2


@pytest.mark.parametrize("status", [s for s in MailStatus if s is not MailStatus.WAITING])
def test_what_no_longer_waits_is_past_withdrawing(status):
    mail = queued(1)
    OutgoingMail.objects.update(status=status)

    assert withdraw(abouts=["assignment:1"], at=NOW) == 0
    assert OutgoingMail.objects.get(pk=mail.pk).status == status

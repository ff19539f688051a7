"""Which mails came back."""

from datetime import timedelta

import pytest

from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.queries import undelivered
from surveys.mailing.services import Recorded, deliver_due, record_bounces, retry
from surveys.mailing.services.delivery import claim
from surveys.models import AuditEvent
from tests.surveys.mailing.factories import NOW, queued
from tests.surveys.mailing.returned import report

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)


def sent(number=1, **changes):
    mail = queued(number, **changes)
    deliver_due(at=NOW)
    return mail


def test_a_reported_mail_came_back_and_is_visible():
    mail = sent(1)
    other = sent(2)

    recorded = record_bounces([report(mail.message_id)], at=LATER)

    (back,) = undelivered("round:7")
    assert recorded == Recorded(done=1)
    assert (back.pk, back.status, back.bounced_at) == (mail.pk, MailStatus.BOUNCED, LATER)
    assert back.bounce_code == "5.1.1"
    assert back.bounce_text == "550 5.1.1 <dau-moi-1@example.gov.vn>: User unknown"
    assert OutgoingMail.objects.get(pk=other.pk).status == MailStatus.SENT
    assert AuditEvent.objects.get(kind="mail.bounced").subject_id == str(mail.pk)


def test_a_mail_forwarded_to_another_address_is_found_by_its_id():
    mail = sent(1)

    assert record_bounces([report(mail.message_id, "an@other.vn")], at=LATER).done == 1


def test_a_report_without_an_id_is_matched_by_the_newest_mail_to_the_recipient():
    older = sent(1)
    newest = sent(1, step="reminder-1")
    OutgoingMail.objects.filter(pk=older.pk).update(handed_over_at=NOW - timedelta(days=1))

    record_bounces([report("", "Dau-Moi-1@example.gov.vn")], at=LATER)

    assert [mail.pk for mail in undelivered("round:7")] == [newest.pk]


def test_a_report_without_an_id_says_nothing_of_a_mail_long_since_there():
    sent(1)

    recorded = record_bounces([report("")], at=NOW + timedelta(days=8))

    assert recorded == Recorded(unmatched=1)


def test_an_id_that_is_not_ours_marks_nothing_although_the_recipient_is():
    sent(1)

    assert record_bounces([report("<forged@x.vn>")], at=LATER) == Recorded(unmatched=1)
    assert not undelivered("round:7").exists()


def test_a_report_may_arrive_before_the_worker_has_written_down_the_hand_over():
    mail = queued(1)
    claim(mail.pk, at=NOW)

    assert record_bounces([report(mail.message_id)], at=NOW).done == 1


@pytest.mark.parametrize("status", [MailStatus.WAITING, MailStatus.WITHDRAWN, MailStatus.FAILED])
def test_what_was_never_handed_over_cannot_come_back(status):
    mail = queued(1)
    OutgoingMail.objects.update(status=status)

    assert record_bounces([report(mail.message_id)], at=LATER) == Recorded(unmatched=1)


def test_a_delay_is_no_return():
    mail = sent(1)

    recorded = record_bounces([report(mail.message_id, action="delayed")], at=LATER)

    assert recorded == Recorded(unmatched=1)


def test_the_same_report_read_again_changes_nothing_even_after_the_mail_went_again():
    mail = sent(1)
    data = report(mail.message_id)
    record_bounces([data], at=LATER)
    assert record_bounces([data], at=LATER) == Recorded(unmatched=1)
    retry(OutgoingMail.objects.get(), to_address="dung@example.gov.vn", actor=None, at=LATER)
    deliver_due(at=LATER)

    record_bounces([data], at=LATER)

    assert OutgoingMail.objects.get().status == MailStatus.SENT
    assert AuditEvent.objects.filter(kind="mail.bounced").count() == 1


def test_messages_that_are_no_reports_hold_up_nobody():
    mail = sent(1)

    recorded = record_bounces([b"", b"Subject: Re\n\nx", report(mail.message_id)], at=LATER)

    assert recorded == Recorded(done=1, unreadable=2)

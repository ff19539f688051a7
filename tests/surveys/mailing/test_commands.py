"""``send_mail_due`` and ``record_bounces``."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from tests.surveys.mailing.factories import queued
from tests.surveys.mailing.returned import report

pytestmark = pytest.mark.django_db


def answer(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_due_mails_are_sent_and_counted(postman):
    queued(1)
    queued(2)

    said = answer("send_mail_due", "--at", "2026-11-20T17:00:00+07:00", "--json", "--limit", "1")

    assert json.loads(said) == {
        "done": 1,
        "sent": 1,
        "deferred": 0,
        "bounced": 0,
        "failed": 0,
        "server_answers": True,
    }


def test_the_time_given_is_the_time_of_the_mails(postman):
    queued(1)

    answer("send_mail_due", "--at", "2027-01-05T08:00:00")

    sent = OutgoingMail.objects.filter(handed_over_at__date="2027-01-05", handed_over_at__hour=8)
    assert sent.count() == 1


def test_a_second_run_does_nothing(postman):
    queued(1)
    answer("send_mail_due", "--json")

    assert json.loads(answer("send_mail_due", "--json"))["done"] == 0


@pytest.mark.parametrize("arguments", [["--limit", "0"], ["--at", "soon"]])
def test_what_cannot_be_meant_is_refused(arguments):
    with pytest.raises(CommandError):
        call_command("send_mail_due", *arguments)


def test_the_reports_of_a_mailbox_are_recorded(tmp_path):
    mail = queued(1)
    answer("send_mail_due")
    box = tmp_path / "mbox"
    box.write_bytes(b"From MAILER-DAEMON Fri Nov 20 2026\n" + report(mail.message_id))

    said = answer("record_bounces", "--mailbox", str(box), "--json")

    assert json.loads(said) == {"done": 1, "unmatched": 0, "unreadable": 0}
    assert OutgoingMail.objects.get().status == MailStatus.BOUNCED


def test_a_report_comes_in_by_standard_input(monkeypatch):
    mail = queued(1)
    answer("send_mail_due")
    given = io.TextIOWrapper(io.BytesIO(report(mail.message_id)))
    monkeypatch.setattr("sys.stdin", given)

    assert answer("record_bounces", "--stdin").startswith("1 came back")


def test_a_mailbox_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("record_bounces", "--mailbox", str(tmp_path / "nowhere"))

"""Handing mails over, against a real SMTP server on loopback."""

import socket
import threading
from contextlib import closing
from datetime import timedelta

import pytest

from config.mailing import LINKS, LinkUnknown
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import DELAYS, MAX_ATTEMPTS, OutgoingMail
from surveys.mailing.services import Delivery, deliver_due, queue, withdraw
from surveys.mailing.services.delivery import LEASE, claim
from surveys.mailing.wording import SECRET_LINK
from surveys.models import AuditEvent
from tests.surveys.mailing.factories import NOW, new_mail, queued
from tests.surveys.mailing.smtp import BACKEND, free_port, mail_server

pytestmark = pytest.mark.django_db

SOON = timedelta(seconds=1)


def outbox():
    return list(OutgoingMail.objects.order_by("pk"))


@pytest.fixture
def dead_server(settings):
    settings.EMAIL_BACKEND = BACKEND
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = free_port()


@pytest.fixture
def rude_server(settings):
    """Hangs up on everybody after the greeting of the first four callers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        callers = []

        def serve():
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                callers.append(1)
                with caller, caller.makefile("rwb") as file:
                    file.write(b"220 here\r\n")
                    file.flush()
                    file.readline()
                    file.write(b"250 here\r\n")
                    file.flush()
                    file.readline()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        yield callers
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_every_mail_arrives_once_and_is_written_down(postman):
    queue([new_mail(n) for n in range(5)], at=NOW)

    delivery = deliver_due(at=NOW)

    assert delivery == Delivery(sent=5)
    assert postman.taken == [mail.message_id for mail in outbox()]
    assert {(m.status, m.attempts, m.lease_token) for m in outbox()} == {(MailStatus.SENT, 1, "")}
    assert all(NOW <= mail.handed_over_at < NOW + LEASE for mail in outbox())


def test_a_second_run_has_nothing_to_do(postman):
    queued(1)
    deliver_due(at=NOW)

    assert deliver_due(at=NOW) == Delivery()
    assert len(postman.taken) == 1


def test_a_run_ends_at_its_limit(postman):
    queue([new_mail(n) for n in range(5)], at=NOW)

    assert deliver_due(at=NOW, limit=2) == Delivery(sent=2)
    assert deliver_due(at=NOW, limit=9) == Delivery(sent=3)
    assert len(postman.times) == 5


def test_more_mails_than_a_page_are_all_sent(postman):
    queue([new_mail(n) for n in range(401)], at=NOW)

    assert deliver_due(at=NOW) == Delivery(sent=401)


def test_the_envelope_names_where_mails_return(postman, settings):
    settings.MAIL_RETURN = "tra-lai@example.vn"
    queued(1)

    deliver_due(at=NOW)

    (envelope,) = postman.envelopes
    assert envelope.mail_from == "tra-lai@example.vn"
    assert envelope.rcpt_tos == ["dau-moi-1@example.gov.vn"]


def test_a_mail_waits_for_its_time(postman):
    queued(1, not_before=NOW + timedelta(hours=1))

    assert deliver_due(at=NOW) == Delivery()
    assert deliver_due(at=NOW + timedelta(hours=1)) == Delivery(sent=1)


def test_a_withdrawn_mail_is_not_sent(postman):
    queued(1)
    withdraw(abouts=["assignment:1"], at=NOW)

    assert deliver_due(at=NOW) == Delivery()
    assert postman.taken == []


def test_a_mail_in_hand_is_claimed_by_nobody_else_until_its_lease_runs_out():
    mail = queued(1)

    first = claim(mail.pk, at=NOW)

    assert first is not None
    assert claim(mail.pk, at=NOW + LEASE) is None
    assert withdraw(abouts=["assignment:1"], at=NOW) == 0
    second = claim(mail.pk, at=NOW + LEASE + SOON)
    assert second is not None
    assert second.message_id == first.message_id


def test_what_a_dead_worker_had_in_hand_goes_again_under_the_same_message_id(postman):
    mail = queued(1)
    claim(mail.pk, at=NOW)

    assert deliver_due(at=NOW + LEASE) == Delivery()
    assert deliver_due(at=NOW + LEASE + SOON) == Delivery(sent=1)
    assert postman.taken == [mail.message_id]


def test_a_mail_whose_worker_died_at_the_last_attempt_has_failed(postman):
    mail = queued(1)
    OutgoingMail.objects.update(attempts=MAX_ATTEMPTS - 1)
    claim(mail.pk, at=NOW)

    assert deliver_due(at=NOW + LEASE + SOON) == Delivery(failed=1)
    (mail,) = outbox()
    assert mail.status == MailStatus.FAILED
    assert mail.error


def test_a_recipient_refused_for_good_is_a_mail_that_came_back_and_the_others_go_on(postman):
    queue([new_mail(n) for n in range(3)], at=NOW)
    postman.answers["dau-moi-1@example.gov.vn"] = "550 5.1.1 Không có hộp thư này"

    delivery = deliver_due(at=NOW)

    mail = OutgoingMail.objects.get(about="assignment:1")
    assert delivery == Delivery(sent=2, bounced=1)
    assert (mail.status, mail.bounce_code) == (MailStatus.BOUNCED, "5.1.1")
    assert mail.bounce_text == "550 5.1.1 Không có hộp thư này"
    assert mail.bounced_at
    assert NOW <= mail.bounced_at < NOW + LEASE
    assert AuditEvent.objects.get(kind="mail.bounced").subject_id == str(mail.pk)


def test_a_recipient_put_off_gets_the_mail_a_minute_later(postman):
    queue([new_mail(n) for n in range(3)], at=NOW)
    postman.answers["dau-moi-1@example.gov.vn"] = "451 4.7.1 Greylisted"

    assert deliver_due(at=NOW) == Delivery(sent=2, deferred=1)
    mail = OutgoingMail.objects.get(about="assignment:1")
    assert (mail.status, mail.error) == (MailStatus.WAITING, "451 4.7.1 Greylisted")
    postman.answers.clear()

    assert deliver_due(at=NOW + timedelta(seconds=30)) == Delivery()
    assert deliver_due(at=NOW + timedelta(seconds=62)) == Delivery(sent=1)
    assert OutgoingMail.objects.get(about="assignment:1").error == ""
    assert set(postman.times.values()) == {1}


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("554 5.7.1 Looks like spam", MailStatus.FAILED),
        ("550 5.2.2 Mailbox full", MailStatus.BOUNCED),
        ("452 4.3.1 Disk full", MailStatus.WAITING),
    ],
)
def test_the_answer_to_the_content_says_whether_address_or_text_is_at_fault(
    postman, answer, status
):
    queued(1)
    queued(2)
    postman.answers_to_content["dau-moi-1@example.gov.vn"] = answer

    deliver_due(at=NOW)

    assert [mail.status for mail in outbox()] == [status, MailStatus.SENT]


def test_a_server_that_closes_is_called_again_for_the_next_mail(postman):
    queue([new_mail(n) for n in range(3)], at=NOW)
    postman.answers["dau-moi-0@example.gov.vn"] = "421 4.3.2 Closing"

    assert deliver_due(at=NOW) == Delivery(sent=2, deferred=1)


def test_what_a_dead_server_missed_arrives_when_it_is_back(settings):
    queue([new_mail(n) for n in range(3)], at=NOW)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = BACKEND, "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    away = deliver_due(at=NOW)

    with mail_server() as postman:
        back = deliver_due(at=NOW + timedelta(minutes=2))

    assert away == Delivery(deferred=3, server_answers=False)
    assert back == Delivery(sent=3)
    assert postman.times == {mail.message_id: 1 for mail in outbox()}


def test_while_the_server_is_away_mails_rest_longer_and_longer_and_then_have_failed(dead_server):
    queue([new_mail(n) for n in range(3)], at=NOW)
    at, rests = NOW, []

    while OutgoingMail.objects.filter(status=MailStatus.WAITING).exists():
        delivery = deliver_due(at=at)
        assert not delivery.server_answers
        assert delivery.deferred + delivery.failed == 3
        mail = outbox()[0]
        if mail.status == MailStatus.WAITING:
            assert deliver_due(at=mail.not_before - SOON) == Delivery()
            rests.append(round((mail.not_before - at).total_seconds()))
            at = mail.not_before

    minutes = [1, 5, 15, 60, 360, 360, 360, 360]
    assert rests == [60 * each for each in minutes]
    assert [delay.total_seconds() for delay in DELAYS] == rests
    assert {m.status for m in outbox()} == {MailStatus.FAILED}
    assert all("ConnectionRefusedError" in mail.error for mail in outbox())


def test_a_server_that_hangs_up_on_every_mail_is_left_alone_after_three(rude_server):
    queue([new_mail(n) for n in range(6)], at=NOW)

    delivery = deliver_due(at=NOW)

    assert delivery == Delivery(deferred=6, server_answers=False)
    assert len(rude_server) == 3


def test_the_secret_link_is_made_while_handing_over(postman, monkeypatch):
    monkeypatch.setitem(LINKS, "nobody", lambda link_id: f"/vao/bi-mat-{link_id}")
    queued(1, text=f"Vào {SECRET_LINK}", link_purpose="nobody", link_id=3)

    deliver_due(at=NOW)

    (envelope,) = postman.envelopes
    assert b"/vao/bi-mat-3" in envelope.content


def test_a_mail_whose_link_has_ended_has_failed_and_the_others_go_on(postman):
    queued(1, text=f"Vào {SECRET_LINK}", link_purpose="nobody", link_id=3)
    queued(2)

    assert deliver_due(at=NOW) == Delivery(sent=1, failed=1)
    assert outbox()[0].error == str(LinkUnknown.message)

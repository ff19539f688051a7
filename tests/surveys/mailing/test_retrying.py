"""Sending again by hand."""

import pytest

from surveys.mailing.enums import MailStatus
from surveys.mailing.models import MAX_ATTEMPTS, OutgoingMail
from surveys.mailing.services import (
    AddressUnusable,
    Delivery,
    NothingToRetry,
    deliver_due,
    retry,
    retry_failed,
)
from surveys.models import AuditEvent
from tests.factories import UserFactory
from tests.surveys.mailing.factories import NOW, queued

pytestmark = pytest.mark.django_db


def put(number, status, **changes):
    mail = queued(number, **changes)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=status, attempts=MAX_ATTEMPTS, error="away"
    )
    return mail


@pytest.mark.parametrize("status", [MailStatus.FAILED, MailStatus.BOUNCED])
def test_an_undelivered_mail_goes_again_under_its_message_id(postman, status):
    mail = put(1, status)
    person = UserFactory.create()

    again = retry(mail, actor=person, at=NOW)

    assert (again.status, again.attempts, again.error) == (MailStatus.WAITING, 0, "")
    assert deliver_due(at=NOW) == Delivery(sent=1)
    assert postman.taken == [mail.message_id]
    event = AuditEvent.objects.get(kind="mail.retried")
    assert (event.actor, event.subject_id) == (person, str(mail.pk))


def test_it_may_go_to_another_address(postman):
    retry(put(1, MailStatus.BOUNCED), to_address="moi@example.gov.vn", actor=None, at=NOW)

    deliver_due(at=NOW)

    assert postman.envelopes[0].rcpt_tos == ["moi@example.gov.vn"]


def test_an_unusable_address_is_refused_and_the_mail_stays():
    mail = put(1, MailStatus.BOUNCED)

    with pytest.raises(AddressUnusable):
        retry(mail, to_address="moi", actor=None, at=NOW)

    assert OutgoingMail.objects.get().status == MailStatus.BOUNCED


@pytest.mark.parametrize(
    "status", [s for s in MailStatus if s not in {MailStatus.FAILED, MailStatus.BOUNCED}]
)
def test_no_other_mail_goes_again(status):
    mail = put(1, status)

    with pytest.raises(NothingToRetry):
        retry(mail, actor=None, at=NOW)


def test_all_failed_mails_of_a_round_go_again_but_not_those_that_came_back():
    put(1, MailStatus.FAILED)
    put(2, MailStatus.BOUNCED)
    put(3, MailStatus.FAILED, within="round:8")
    queued(4, to_address="nobody")
    person = UserFactory.create()

    assert retry_failed(within="round:7", subject=person, actor=person, at=NOW) == 1

    waiting = OutgoingMail.objects.filter(status=MailStatus.WAITING)
    assert [mail.about for mail in waiting] == ["assignment:1"]
    assert AuditEvent.objects.get(kind="mail.retried").data == {"mails": 1}


def test_when_nothing_failed_nothing_is_recorded():
    person = UserFactory.create()

    assert retry_failed(within="round:7", subject=person, actor=person, at=NOW) == 0
    assert not AuditEvent.objects.filter(kind="mail.retried").exists()

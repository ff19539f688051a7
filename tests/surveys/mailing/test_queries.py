"""How the mails of a round stand."""

import pytest

from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.queries import mails_about, standing, undelivered
from tests.surveys.mailing.factories import queued

pytestmark = pytest.mark.django_db


def put(number, status, **changes):
    mail = queued(number, **changes)
    OutgoingMail.objects.filter(pk=mail.pk).update(status=status)
    return mail


def test_mails_are_counted_by_step_and_status(django_assert_num_queries):
    put(1, MailStatus.SENT)
    put(2, MailStatus.SENT)
    put(3, MailStatus.BOUNCED)
    put(1, MailStatus.WAITING, step="reminder-1")
    put(4, MailStatus.SENT, within="round:8")

    with django_assert_num_queries(1):
        steps = standing("round:7")

    nothing = dict.fromkeys(MailStatus, 0)
    assert [(each.step, each.total) for each in steps] == [("invitation", 3), ("reminder-1", 1)]
    assert steps[0].counts == {**nothing, MailStatus.SENT: 2, MailStatus.BOUNCED: 1}
    assert steps[1].counts == {**nothing, MailStatus.WAITING: 1}


def test_what_failed_or_came_back_is_listed_newest_first():
    failed = put(1, MailStatus.FAILED)
    put(2, MailStatus.SENT)
    bounced = put(3, MailStatus.BOUNCED)
    put(4, MailStatus.BOUNCED, within="round:8")

    assert list(undelivered("round:7")) == [bounced, failed]


def test_the_mails_about_one_thing_are_not_those_about_a_longer_name():
    first = put(1, MailStatus.SENT)
    put(12, MailStatus.SENT)
    later = put(1, MailStatus.WAITING, step="reminder-1")

    assert list(mails_about("assignment:1")) == [first, later]

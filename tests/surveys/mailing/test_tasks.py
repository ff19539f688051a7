"""The queue's part: woken after commit, and every minute."""

import pytest
from django.db import transaction
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from surveys.mailing import tasks
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.services import queue
from surveys.mailing.services.delivery import claim
from tests.surveys.mailing.factories import NOW, new_mail, queued


@pytest.fixture(autouse=True)
def _empty_queue():
    HUEY.flush()


def woken():
    return [task.name for task in HUEY.pending()]


@pytest.mark.django_db(transaction=True)
def test_the_queue_is_woken_after_commit_and_not_before():
    with transaction.atomic():
        queue([new_mail(1)], at=NOW)
        assert woken() == []

    assert woken() == ["deliver_mail"]


@pytest.mark.django_db(transaction=True)
def test_mails_that_were_undone_wake_nobody():
    with transaction.atomic():
        queue([new_mail(1)], at=NOW)
        transaction.set_rollback(True)

    assert woken() == []


@pytest.mark.django_db
def test_a_run_hands_over_what_is_due(postman):
    queued(1)

    tasks._deliver()

    assert OutgoingMail.objects.get().status == MailStatus.SENT
    assert woken() == []


@pytest.mark.django_db
def test_a_run_leaves_the_rest_to_a_task_of_its_own(postman, monkeypatch):
    monkeypatch.setattr(tasks, "ENOUGH", 2)
    queue([new_mail(n) for n in range(3)], at=NOW)

    tasks._deliver()

    assert len(postman.taken) == 2
    assert woken() == ["deliver_mail"]


@pytest.mark.django_db
def test_while_a_worker_has_a_mail_in_hand_no_other_begins(postman):
    first = queued(1)
    queued(2)
    claim(first.pk, at=timezone.now())

    tasks._deliver()

    assert postman.taken == []

"""Workers that die at any moment, that overlap, that are overtaken: nothing is lost or sent twice."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.services import Delivery, deliver_due, queue, withdraw
from surveys.mailing.services.delivery import LEASE
from tests.database import database_url
from tests.surveys.mailing.factories import NOW, new_mail

pytestmark = pytest.mark.django_db(transaction=True)

MAILS = int(os.environ.get("KILL_TEST_MAILS", "300"))
KILLS = int(os.environ.get("KILL_TEST_KILLS", "20"))


@contextmanager
def worker(*arguments: int) -> Iterator[subprocess.Popen[str]]:
    """A process that is at work; killed at the end, if it is still there."""
    command = [sys.executable, "-m", "tests.surveys.mailing.worker", *map(str, arguments)]
    environment = {**os.environ, "DATABASE_URL": database_url(), "LOG_LEVEL": "ERROR"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def in_threads(*works):
    """What each gave, all at the same time, each with a connection of its own."""

    def run(work):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def ids(**conditions):
    return set(OutgoingMail.objects.filter(**conditions).values_list("message_id", flat=True))


def test_workers_killed_at_any_moment_lose_nothing_and_repeat_only_what_they_had_in_hand(postman):
    queue([new_mail(n) for n in range(MAILS)], at=NOW)
    port = postman.port

    with worker(port, KILLS, 1) as killer, worker(port):
        assert killer.wait(timeout=300) == 0
    in_hand = ids(status=MailStatus.SENDING)
    arrived_before = postman.times
    # The last one was killed in the middle of the rest, too.
    deliver_due(at=timezone.now() + 2 * LEASE)

    assert ids(status=MailStatus.SENT) == set(postman.times) == ids()
    assert OutgoingMail.objects.count() == MAILS
    assert set(arrived_before.values()) == {1}
    repeated = {message_id for message_id, times in postman.times.items() if times > 1}
    assert repeated <= in_hand
    assert max(postman.times.values()) <= 2
    assert 0 < len(in_hand) <= KILLS + 1


def test_workers_at_the_same_time_send_every_mail_once(postman):
    queue([new_mail(n) for n in range(200)], at=NOW)

    deliveries = in_threads(*[lambda: deliver_due(at=NOW)] * 4)

    assert sum(delivery.sent for delivery in deliveries) == 200
    assert postman.times == Counter(ids())


def test_a_mail_is_either_withdrawn_or_sent(postman):
    queue([new_mail(n) for n in range(200)], at=NOW)

    def withdraw_backwards():
        return sum(withdraw(abouts=[f"assignment:{n}"], at=NOW) for n in reversed(range(200)))

    delivery, withdrawn = in_threads(lambda: deliver_due(at=NOW), withdraw_backwards)

    assert delivery.sent + withdrawn == 200
    assert withdrawn > 0
    assert delivery == Delivery(sent=len(postman.taken))
    assert set(postman.taken) == ids(status=MailStatus.SENT)


def test_the_same_mails_queued_by_several_at_once_are_there_once():
    mails = [new_mail(n) for n in range(300)]

    numbers = in_threads(
        lambda: queue(mails, at=NOW),
        lambda: queue(reversed(mails), at=NOW),
        lambda: queue(mails, at=NOW),
    )

    assert sum(numbers) == 300
    assert OutgoingMail.objects.count() == 300

"""Messages arrive at least once, in order about each thing, and are given up in the end."""

import base64
import hashlib
import hmac
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.audit.models import AuditEvent
from surveys.background.runner import run_pending
from surveys.inbox.models import Notice
from surveys.models import WebhookDelivery
from surveys.webhooks import services
from surveys.webhooks.enums import DeliveryStatus, Problem
from surveys.webhooks.models import DELAYS, MAX_ATTEMPTS
from surveys.webhooks.sending import Answer
from surveys.webhooks.services import delivery as delivering
from surveys.webhooks.services.delivery import LEASE, claim, deliver_due
from surveys.webhooks.signing import secret_of
from tests.database import database_url
from tests.surveys.campaigns.factories import NOW, RoundFactory
from tests.surveys.webhooks.factories import HandClock, administrator, hook, message

pytestmark = pytest.mark.django_db


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether one of the signatures is that of the secret, as a receiver checks it."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = (
        headers["Webhook-Id"].encode() + b"." + headers["Webhook-Timestamp"].encode() + b"." + body
    )
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in headers["Webhook-Signature"].split()


def test_a_receiver_verifies_what_it_is_sent(receiver):
    webhook = hook(receiver.address)
    message(webhook, RoundFactory.create())

    tally = deliver_due(clock=HandClock())

    headers, body = receiver.taken[0]
    assert tally == {DeliveryStatus.DELIVERED: 1}
    assert verified(secret_of(webhook.nonce), headers, body)
    assert not verified(secret_of("another"), headers, body)
    assert not verified(secret_of(webhook.nonce), headers, body + b" ")
    assert headers["Webhook-Timestamp"] == str(int(NOW.timestamp()))


def test_for_a_day_after_a_change_both_secrets_are_good(receiver):
    webhook = hook(receiver.address)
    old, round_, clock = secret_of(webhook.nonce), RoundFactory.create(), HandClock()
    new = services.rotate_secret(webhook, actor=administrator(webhook.owner), at=NOW)

    found = []
    for number, later in enumerate([timedelta(hours=23), timedelta(hours=2)]):
        clock.go(later)
        message(webhook, round_, number, at=clock.at)
        deliver_due(clock=clock)
        headers, body = receiver.taken[-1]
        found.append([verified(secret, headers, body) for secret in (old, new)])

    assert found == [[True, True], [False, True]]


def test_what_came_of_an_attempt_is_kept(receiver):
    receiver.status, receiver.answer = 503, b"later,\nplease"
    delivery = message(hook(receiver.address), RoundFactory.create())

    deliver_due(clock=HandClock())

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.WAITING, 1)
    assert (delivery.http_status, delivery.problem) == (503, Problem.STATUS)
    assert (delivery.excerpt, delivery.next_at) == ("later, please", NOW + DELAYS[0])


def test_the_same_message_comes_again_under_its_id_after_each_delay(receiver):
    receiver.status, clock = 500, HandClock()
    delivery = message(hook(receiver.address), RoundFactory.create())

    for delay in DELAYS:
        deliver_due(clock=clock)
        clock.go(delay - timedelta(seconds=1))
        assert deliver_due(clock=clock) == {}
        clock.go(timedelta(seconds=1))
    deliver_due(clock=clock)

    delivery.refresh_from_db()
    assert len(receiver.taken) == MAX_ATTEMPTS == 7
    assert {headers["Webhook-Id"] for headers, _body in receiver.taken} == {delivery.message_id}
    assert len({body for _headers, body in receiver.taken}) == 1
    assert (delivery.status, delivery.next_at) == (DeliveryStatus.FAILED, None)


def given_up(receiver, webhook):
    """A message that nobody took, with the clock at its end."""
    receiver.status, clock = 500, HandClock()
    delivery = message(webhook, RoundFactory.create())
    for delay in (*DELAYS, timedelta(0)):
        deliver_due(clock=clock)
        clock.go(delay)
    return delivery, clock


def test_a_webhook_that_takes_nothing_is_switched_off_and_its_people_are_told(receiver):
    webhook = hook(receiver.address)
    given_up(receiver, webhook)
    run_pending()

    webhook.refresh_from_db()
    assert (webhook.active, webhook.disabled_at is not None) == (False, True)
    assert [each.data for each in Notice.objects.filter(kind="webhook_off")] == [
        {"host": "127.0.0.1"}
    ]
    assert "127.0.0.1" in Notice.objects.get(kind="webhook_off").sentence


def test_a_webhook_that_took_others_meanwhile_stays_on(receiver):
    webhook = hook(receiver.address)
    webhook.delivered_at = NOW + timedelta(hours=1)
    webhook.save()

    given_up(receiver, webhook)

    webhook.refresh_from_db()
    assert webhook.active


def test_a_receiver_that_is_gone_is_not_asked_again(receiver):
    webhook = hook(receiver.address)
    delivery = message(webhook, RoundFactory.create())
    receiver.status = 410

    deliver_due(clock=HandClock())

    webhook.refresh_from_db()
    delivery.refresh_from_db()
    assert (webhook.active, delivery.status) == (False, DeliveryStatus.FAILED)


def test_what_waits_for_a_webhook_that_is_off_is_sent_when_it_is_on(receiver):
    webhook, clock = hook(receiver.address), HandClock()
    message(webhook, RoundFactory.create())
    actor = administrator(webhook.owner)
    services.switch_webhook(webhook, on=False, actor=actor, at=NOW)

    assert deliver_due(clock=clock) == {}
    services.switch_webhook(webhook, on=True, actor=actor, at=NOW)
    assert deliver_due(clock=clock) == {DeliveryStatus.DELIVERED: 1}


def test_messages_about_one_thing_go_in_order_and_others_do_not_wait_for_them(receiver):
    webhook, clock = hook(receiver.address), HandClock()
    first, other = RoundFactory.create(), RoundFactory.create()
    message(webhook, first, 1)
    message(webhook, first, 2)
    receiver.status = 500
    deliver_due(clock=clock)
    message(webhook, other, 3)
    receiver.status = 200

    deliver_due(clock=clock)
    clock.go(DELAYS[0])
    deliver_due(clock=clock)

    assert [each["number"] for each in receiver.messages] == [1, 3, 1, 2]


def test_a_silent_receiver_costs_a_run_one_attempt(receiver):
    webhook = hook(receiver.address)
    for number in range(5):
        message(webhook, RoundFactory.create(), number)
    receiver.status = 500

    assert deliver_due(clock=HandClock()) == {DeliveryStatus.WAITING: 1}


def test_a_message_sent_again_has_its_id_and_all_its_attempts(receiver):
    webhook = hook(receiver.address)
    delivery, clock = given_up(receiver, webhook)
    actor = administrator(webhook.owner)
    receiver.status = 200

    services.switch_webhook(webhook, on=True, actor=actor, at=clock.at)
    services.send_again(delivery, actor=actor, at=clock.at)
    deliver_due(clock=clock)

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.DELIVERED, 1)
    assert receiver.taken[-1][0]["Webhook-Id"] == delivery.message_id


def test_a_message_in_hand_is_not_sent_again(receiver):
    webhook = hook(receiver.address)
    delivery = message(webhook, RoundFactory.create())
    claim(delivery.pk, at=NOW)

    with pytest.raises(services.DeliveryInHand):
        services.send_again(delivery, actor=administrator(webhook.owner), at=NOW)


def test_what_a_dead_worker_had_in_hand_goes_again_after_its_lease(receiver):
    delivery, clock = message(hook(receiver.address), RoundFactory.create()), HandClock()
    claim(delivery.pk, at=NOW)

    assert deliver_due(clock=clock) == {}
    clock.go(LEASE + timedelta(seconds=1))
    assert deliver_due(clock=clock) == {DeliveryStatus.DELIVERED: 1}


def test_a_worker_that_was_overtaken_writes_nothing(receiver):
    delivery, clock = message(hook(receiver.address), RoundFactory.create()), HandClock()
    held = claim(delivery.pk, at=NOW)
    assert held is not None
    clock.go(LEASE + timedelta(seconds=1))
    deliver_due(clock=clock)

    delivering._write_down(held, Answer(Problem.UNREACHABLE), at=clock.at)

    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.DELIVERED


def test_a_test_is_sent_once_also_where_the_webhook_is_off(receiver):
    webhook = hook(receiver.address, "round.opened")
    actor = administrator(webhook.owner)
    services.switch_webhook(webhook, on=False, actor=actor, at=NOW)
    services.try_webhook(webhook, actor=actor, at=NOW)
    run_pending()
    receiver.status = 500

    clock = HandClock(timezone.now())
    deliver_due(clock=clock)
    clock.go(timedelta(days=1))
    deliver_due(clock=clock)

    assert [each["kind"] for each in receiver.messages] == ["webhook.test"]
    assert WebhookDelivery.objects.get().status == DeliveryStatus.FAILED


def test_old_messages_are_forgotten_and_those_that_wait_are_kept(receiver):
    webhook, round_ = hook(receiver.address), RoundFactory.create()
    message(webhook, round_, 1)
    deliver_due(clock=HandClock())
    waiting = message(webhook, round_, 2)

    services.forget_old(at=NOW + timedelta(days=31))

    assert list(WebhookDelivery.objects.all()) == [waiting]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_with_a_message_in_hand_loses_none(receiver):
    webhook = hook(receiver.address)
    for number in range(3):
        message(webhook, RoundFactory.create(), number)
    receiver.hold.clear()
    command = [sys.executable, "-m", "tests.surveys.webhooks.worker"]
    environment = {**os.environ, "DATABASE_URL": database_url(), "LOG_LEVEL": "ERROR"}
    with subprocess.Popen(command, env=environment) as worker:
        assert receiver.asked.wait(60)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    receiver.hold.set()

    deliver_due(clock=HandClock(timezone.now() + 2 * LEASE))

    ids = [headers["Webhook-Id"] for headers, _body in receiver.taken]
    assert set(ids) == set(WebhookDelivery.objects.values_list("message_id", flat=True))
    assert len(ids) == 4
    assert set(WebhookDelivery.objects.values_list("status", flat=True)) == {"delivered"}


def test_delivering_leaves_no_secret_in_the_audit(receiver):
    webhook = hook(f"{receiver.address}&key=hidden")
    given_up(receiver, webhook)

    told = [str(each.data) for each in AuditEvent.objects.filter(kind__startswith="webhook.")]
    assert told
    assert not any("hidden" in each or webhook.nonce in each for each in told)

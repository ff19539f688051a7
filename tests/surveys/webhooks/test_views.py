"""The pages of webhooks."""

import pytest
from django.urls import reverse

from surveys.audit.models import AuditEvent
from surveys.background.runner import run_pending
from surveys.models import Job, Webhook, WebhookDelivery
from surveys.webhooks.services.delivery import deliver_due
from surveys.webhooks.signing import secret_of
from tests.factories import AgencyFactory, DepartmentFactory, department_person
from tests.surveys.campaigns.factories import RoundFactory
from tests.surveys.webhooks.factories import HandClock, administrator, hook, message

pytestmark = pytest.mark.django_db
LIST = "/settings/webhooks/"


@pytest.fixture
def owner():
    """The department."""
    return DepartmentFactory.create()


@pytest.fixture
def manager(client, owner):
    """A browser of the owner's administrator."""
    client.force_login(administrator(owner))
    return client


def wanted(owner, **changes):
    return {
        "owner": owner.pk,
        "address": "https://kho.example.vn/hook",
        "kinds": ["round.opened", "assignment.signed"],
    } | changes


def test_the_secret_is_shown_once(manager, owner):
    made = manager.post(LIST, wanted(owner))
    secret = secret_of(Webhook.objects.get().nonce)

    assert (made.status_code, secret in made.content.decode()) == (201, True)
    for address in (LIST, reverse("webhook_detail", args=[Webhook.objects.get().pk])):
        assert secret not in manager.get(address).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"address": "http://kho.example.vn:80@10.0.0.1/"},
        {"address": ""},
        {"kinds": []},
        {"kinds": ["x"]},
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_made(manager, owner, changes):
    answer = manager.post(LIST, wanted(owner, **changes))

    assert (answer.status_code, Webhook.objects.count()) == (422, 0)
    assert answer.context["form"].errors


def test_the_owner_is_one_that_the_person_administers(manager):
    answer = manager.post(LIST, wanted(AgencyFactory.create()))

    assert (answer.status_code, Webhook.objects.count()) == (422, 0)


def test_changing_the_events_keeps_the_secret(manager, owner):
    webhook = hook(owner=owner)
    manager.post(
        reverse("webhook_detail", args=[webhook.pk]),
        {"address": webhook.address, "kinds": ["results.published"]},
    )

    changed = Webhook.objects.get()
    assert (changed.kinds, changed.nonce) == (["results.published"], webhook.nonce)


def test_another_secret_is_shown_once_and_the_old_one_holds(manager, owner):
    webhook = hook(owner=owner)
    answer = manager.post(reverse("webhook_rotate", args=[webhook.pk]))

    changed = Webhook.objects.get()
    assert secret_of(changed.nonce) in answer.content.decode()
    assert (changed.previous_nonce, changed.nonce != webhook.nonce) == (webhook.nonce, True)


def test_a_test_shows_its_answer(manager, owner, receiver):
    receiver.answer = b"<script>alert(1)</script>"
    page = reverse("webhook_detail", args=[hook(receiver.address, owner=owner).pk])
    manager.post(f"{page}test/")
    run_pending()
    delivery = WebhookDelivery.objects.get()
    deliver_due(clock=HandClock(delivery.queued_at))

    shown = manager.get(page).content.decode()
    assert "webhook.test" in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown


def test_a_message_is_sent_again(manager, owner):
    webhook = hook(owner=owner)
    delivery = message(webhook, RoundFactory.create())
    WebhookDelivery.objects.update(status="failed", attempts=7, next_at=None)
    manager.post(reverse("webhook_send_again", args=[webhook.pk, delivery.pk]))

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("waiting", 0)
    assert AuditEvent.objects.filter(kind="webhook.sent_again").count() == 1


def test_a_message_of_another_webhook_is_not_there(manager, owner):
    delivery = message(hook(), RoundFactory.create())
    own = hook(owner=owner)

    answer = manager.post(reverse("webhook_send_again", args=[own.pk, delivery.pk]))
    assert answer.status_code == (404 if delivery.webhook_id != own.pk else 302)


def test_switching_off_and_on(manager, owner):
    webhook = hook(owner=owner)
    address = reverse("webhook_switch", args=[webhook.pk])

    states = []
    for wish in ("0", "0", "1"):
        manager.post(address, {"on": wish})
        states.append(Webhook.objects.get().active)

    assert states == [False, False, True]
    assert AuditEvent.objects.filter(kind__startswith="webhook.switched").count() == 2


@pytest.mark.parametrize("name", ["detail", "test", "switch", "rotate"])
def test_webhooks_of_other_owners_do_not_exist(manager, name):
    webhook = hook(owner=AgencyFactory.create())
    address = reverse(f"webhook_{name}", args=[webhook.pk])

    answer = manager.get(address) if name == "detail" else manager.post(address)
    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["designer", "verifier", "researcher"])
def test_only_administrators_get_there(client, owner, role):
    client.force_login(department_person(role, owner=owner))

    assert client.get(LIST).status_code == 403
    assert LIST not in client.get("/").content.decode()


def test_a_webhook_is_removed_when_its_host_is_typed(manager, owner):
    webhook = hook(owner=owner)
    message(webhook, RoundFactory.create())

    answer = manager.post(reverse("webhook_remove", args=[webhook.pk]), {"host": "kho.example.vn "})

    assert answer.url == LIST
    assert (Webhook.objects.count(), WebhookDelivery.objects.count()) == (0, 0)


def test_the_audit_keeps_what_was_removed(manager, owner):
    webhook = hook("https://kho.example.vn/hook", "round.opened", owner=owner)
    message(webhook, RoundFactory.create())

    manager.post(reverse("webhook_remove", args=[webhook.pk]), {"host": "kho.example.vn"})

    removed = AuditEvent.objects.get(kind="webhook.removed")
    assert removed.subject_id == str(webhook.pk)
    assert removed.data == {
        "owner": owner.pk,
        "host": "kho.example.vn",
        "kinds": ["round.opened"],
        "waiting": 1,
    }


@pytest.mark.parametrize("typed", ["", "example.vn", "https://kho.example.vn/hook"])
def test_nothing_is_removed_without_the_host(typed, manager, owner):
    webhook = hook(owner=owner)

    answer = manager.post(reverse("webhook_remove", args=[webhook.pk]), {"host": typed})

    assert (answer.status_code, Webhook.objects.count()) == (422, 1)


def test_the_page_says_what_waits(manager, owner):
    webhook = hook(owner=owner)
    message(webhook, RoundFactory.create())

    page = manager.get(reverse("webhook_remove", args=[webhook.pk])).content.decode()

    assert "Còn 1 thông báo đang chờ" in page
    assert Webhook.objects.count() == 1


def test_a_webhook_of_another_owner_is_not_removed(manager):
    webhook = hook(owner=AgencyFactory.create())

    answer = manager.post(reverse("webhook_remove", args=[webhook.pk]), {"host": "kho.example.vn"})

    assert (answer.status_code, Webhook.objects.count()) == (404, 1)


def test_a_test_of_what_was_removed_is_no_failure(manager, owner):
    page = reverse("webhook_detail", args=[hook(owner=owner).pk])
    manager.post(f"{page}test/")
    manager.post(f"{page}remove/", {"host": "kho.example.vn"})

    run_pending()

    assert set(Job.objects.values_list("status", flat=True)) == {"done"}

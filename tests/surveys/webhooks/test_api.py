"""Webhooks as programs see and make them."""

import pytest

from surveys.machines.enums import Scope
from surveys.models import Webhook
from surveys.webhooks.signing import secret_of
from tests.factories import AgencyFactory, DepartmentFactory, department_person
from tests.surveys.machines.factories import program
from tests.surveys.webhooks.factories import administrator, hook

pytestmark = pytest.mark.django_db
WEBHOOKS = "/api/v1/webhooks/"


@pytest.fixture
def owner():
    """The department."""
    return DepartmentFactory.create()


def wanted(owner, **changes):
    return {
        "owner": owner.key,
        "address": "https://kho.example.vn/hook",
        "kinds": ["round.opened"],
    } | changes


def test_a_webhook_is_made_and_its_secret_told_once(owner):
    machine = program(administrator(owner))
    made = machine.send("POST", WEBHOOKS, wanted(owner))
    read = machine.get(made["Location"]).json()

    assert (made.status_code, made.json()["secret"]) == (
        201,
        secret_of(Webhook.objects.get().nonce),
    )
    assert (read["kinds"], "secret" in read) == (["round.opened"], False)


def test_a_list_holds_those_of_the_persons_owners(owner):
    own = hook(owner=owner)
    hook(owner=AgencyFactory.create())

    listed = program(administrator(owner)).get(WEBHOOKS).json()["items"]
    assert [each["id"] for each in listed] == [own.pk]


@pytest.mark.parametrize(
    "change",
    [{"address": "https://10.0.0.1/"}, {"kinds": []}, {"kinds": ["x"]}, {"active": False}],
)
def test_what_does_not_fit_is_refused(owner, change, settings):
    settings.WEBHOOK_LOOPBACK = False

    answer = program(administrator(owner)).send("POST", WEBHOOKS, wanted(owner, **change))
    assert (answer.status_code, Webhook.objects.count()) == (422, 0)


def test_strangers_and_those_without_the_right_get_nothing(owner):
    webhook = hook(owner=owner)
    stranger = program(administrator(AgencyFactory.create()))

    assert stranger.get(f"{WEBHOOKS}{webhook.pk}/").status_code == 404
    assert stranger.send("POST", WEBHOOKS, wanted(owner)).status_code == 403
    assert program(department_person("designer", owner=owner)).get(WEBHOOKS).status_code == 403
    narrow = program(administrator(owner), Scope.CATALOGUE)
    assert narrow.get(WEBHOOKS).json()["code"] == "scope_missing"


def test_a_program_removes_a_webhook(owner):
    webhook = hook(owner=owner)
    caller = program(administrator(owner))

    removed = caller.send("DELETE", f"/api/v1/webhooks/{webhook.pk}/", {})

    assert (removed.status_code, removed.json()["id"]) == (200, webhook.pk)
    assert Webhook.objects.count() == 0


def test_a_program_of_another_owner_removes_nothing():
    webhook = hook(owner=AgencyFactory.create())
    caller = program(administrator(DepartmentFactory.create()))

    assert caller.send("DELETE", f"/api/v1/webhooks/{webhook.pk}/", {}).status_code == 404
    assert Webhook.objects.count() == 1

"""Which messages follow from what happens, and what they say."""

import json

import pytest

from config.jobs import JOBS
from exporters.order import Wish
from exporters.orders.services import request_export
from surveys.audit.models import AuditEvent
from surveys.background.models import Job
from surveys.background.runner import run, run_pending
from surveys.campaigns.services import close_round
from surveys.models import Round, WebhookDelivery
from surveys.responses import services as responses
from surveys.responses.services.returning import return_to_draft
from surveys.webhooks.enums import KINDS, TEST, PublicKind
from surveys.webhooks.services import try_webhook
from tests.analytics.releases.factories import closed_round, published
from tests.answered import answered_round
from tests.factories import AgencyFactory, UserFactory, department_person
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import finished
from tests.surveys.webhooks.factories import administrator, hook

pytestmark = pytest.mark.django_db
TASK = "surveys.webhooks.tasks.queue_messages"


def kinds():
    return list(WebhookDelivery.objects.order_by("event").values_list("kind", flat=True))


def test_every_public_kind_follows_from_an_event_that_has_the_job():
    assert {event for event, tasks in JOBS.items() if TASK in tasks} == set(KINDS)
    assert set(KINDS.values()) | {PublicKind.SIGNED_AGAIN} == {*PublicKind.values, TEST}


def test_a_response_signed_again_is_told_of_as_such():
    response = finished()
    hook(owner=response.assignment.round.campaign.owner)
    for number in (1, 2):
        responses.send_for_signature(response, actor=None, at=NOW)
        responses.sign(response, actor=None, at=NOW)
        if number == 1:
            return_to_draft(response, actor=UserFactory.create(), at=NOW, reason="Sai")
    run_pending()

    assert kinds() == [
        "assignment.sent",
        "assignment.signed",
        "assignment.returned",
        "assignment.sent",
        "assignment.signed_again",
    ]


def test_a_message_names_the_resource_and_holds_no_answer(settings):
    settings.SITE_URL = "https://khaosat.example.vn"
    response = finished()
    assignment = response.assignment
    hook(owner=assignment.round.campaign.owner)
    responses.send_for_signature(response, actor=None, at=NOW)
    run_pending()

    delivery = WebhookDelivery.objects.get()
    message = json.loads(delivery.body)
    assert message == {
        "id": delivery.message_id,
        "kind": "assignment.sent",
        "occurred_at": "2026-11-20T09:30:00+07:00",
        "subject": {
            "type": "assignment",
            "code": f"{assignment.round.code}/{assignment.agency.key}",
            "url": f"https://khaosat.example.vn/api/v1/assignments/{assignment.pk}/",
        },
        "round": assignment.round.code,
    }


def test_jobs_that_run_in_another_order_leave_the_messages_in_that_of_the_events():
    response = finished()
    hook(owner=response.assignment.round.campaign.owner)
    responses.send_for_signature(response, actor=None, at=NOW)
    responses.sign(response, actor=None, at=NOW)
    last = Job.objects.filter(task=TASK).order_by("-pk").first()
    assert last is not None

    run(last.pk)

    assert list(WebhookDelivery.objects.order_by("pk").values_list("kind", flat=True)) == [
        "assignment.sent",
        "assignment.signed",
    ]
    run_pending()
    assert WebhookDelivery.objects.count() == 2


def test_only_webhooks_of_the_owner_that_listen_and_are_on_are_told():
    response = finished()
    owner = response.assignment.round.campaign.owner
    told = hook("https://a.example.vn/", "assignment.sent", owner=owner)
    hook("https://b.example.vn/", "assignment.signed", owner=owner)
    hook("https://c.example.vn/", owner=AgencyFactory.create())
    off = hook("https://d.example.vn/", owner=owner)
    off.active = False
    off.save()

    responses.send_for_signature(response, actor=None, at=NOW)
    run_pending()

    assert [each.webhook for each in WebhookDelivery.objects.all()] == [told]


def test_a_closed_round_is_told_of():
    response = finished()
    round_ = Round.objects.get(pk=response.assignment.round_id)
    hook(owner=round_.campaign.owner)
    close_round(round_, actor=None, at=NOW, reason="Đã đủ")
    run_pending()

    assert kinds() == ["round.closed"]


def test_a_publication_is_told_of_with_its_address():
    round_ = closed_round()
    hook("https://a.example.vn/", "results.published", owner=round_.campaign.owner)
    release = published(round_)
    run_pending()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.kind, delivery.subject) == (
        "results.published",
        f"publication:{round_.code}/{release.number}",
    )


@pytest.mark.parametrize(("is_ours", "number"), [(True, 1), (False, 0)])
def test_a_file_is_told_of_where_one_of_ours_asked_for_it(is_ours, number):
    round_ = answered_round()
    person = department_person("designer", owner=round_.campaign.owner)
    hook("https://a.example.vn/", "export.finished", owner=round_.campaign.owner)
    wish = Wish(name="round", format="xlsx", language="vi")
    request_export(subject=round_, wish=wish, actor=person, at=NOW)
    if not is_ours:
        person.department_roles.all().delete()
    run_pending()

    assert WebhookDelivery.objects.filter(kind="export.finished").count() == number


def test_an_event_is_told_of_once_however_often_its_job_runs():
    response = finished()
    webhook = hook(owner=response.assignment.round.campaign.owner)
    responses.send_for_signature(response, actor=None, at=NOW)
    run_pending()
    Job.objects.filter(task=TASK).update(status="waiting", attempts=0)
    run_pending()

    assert WebhookDelivery.objects.filter(webhook=webhook).count() == 1


def test_whoever_tries_a_webhook_is_told_by_it_alone():
    webhook = hook("https://a.example.vn/", "round.opened")
    hook("https://b.example.vn/", "round.opened", owner=webhook.owner)

    try_webhook(webhook, actor=administrator(webhook.owner), at=NOW)
    run_pending()

    assert [(each.webhook, each.kind) for each in WebhookDelivery.objects.all()] == [
        (webhook, TEST)
    ]
    assert AuditEvent.objects.filter(kind="webhook.tested").count() == 1

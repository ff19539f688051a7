"""The same submission sent fifty times at once: a nervous hand, a slow line, a proxy that repeats."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from surveys.background.runner import run_pending
from surveys.inbox.enums import NoticeKind, Way
from surveys.inbox.services import send_digests
from surveys.models import (
    AuditEvent,
    Notice,
    NoticePreference,
    OutgoingMail,
    Response,
    ResponseRevision,
)
from surveys.organisations.enums import MembershipRole
from surveys.responses import services
from surveys.responses.enums import RevisionKind
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import finished
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 50


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def browsers(response: Response, role: MembershipRole) -> list[Client]:
    """Tabs of one signed-in person."""
    person = member(response.assignment.agency, role)
    first = Client(raise_request_exception=False)
    first.force_login(person)
    tabs = [first]
    for _ in range(TIMES - 1):
        tab = Client(raise_request_exception=False)
        tab.cookies = first.cookies
        tabs.append(tab)
    return tabs


def post_at_once(response: Response, role: MembershipRole, name: str, **data: str) -> set[str]:
    """Where the answers lead to."""
    url = reverse(name, args=[response.assignment_id])
    tabs = browsers(response, role)
    answers = at_once(*[lambda tab=tab: tab.post(url, data) for tab in tabs])
    assert {answer.status_code for answer in answers} == {302}
    return {answer.url for answer in answers}


def test_fifty_signatures_are_one_revision_one_receipt_one_event_and_one_mail():
    response = finished()
    writer = member(response.assignment.agency, MembershipRole.COORDINATOR)
    NoticePreference.objects.create(user=writer, kind=NoticeKind.SIGNED, way=Way.AT_ONCE)
    sent = services.send_for_signature(response, actor=writer, at=NOW)

    led_to = post_at_once(response, MembershipRole.SIGNATORY, "response_sign", shown=sent.sha256)
    at_once(run_pending, run_pending)
    at_once(*[lambda: send_digests(at=NOW + timedelta(minutes=1))] * 2)

    signed = ResponseRevision.objects.filter(response=response, kind=RevisionKind.SIGNED)
    assert led_to == {reverse("response_receipt", args=[response.assignment_id])}
    assert signed.count() == 1
    assert signed.exclude(receipt=None).count() == 1
    assert AuditEvent.objects.filter(kind="response.signed").count() == 1
    assert Notice.objects.filter(user=writer, kind=NoticeKind.SIGNED).count() == 1
    assert OutgoingMail.objects.filter(to_user=writer).count() == 1


def test_fifty_sendings_freeze_the_answers_once():
    response = finished()

    post_at_once(response, MembershipRole.COORDINATOR, "response_send")

    assert ResponseRevision.objects.filter(response=response).count() == 1
    assert AuditEvent.objects.filter(kind="response.sent").count() == 1

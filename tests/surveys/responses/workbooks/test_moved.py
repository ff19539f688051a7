"""A workbook that was looked through before its draft moved to a newer version."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.definitions import dump
from surveys.engine import Definition
from surveys.models import Response, User, WorkbookUpload
from surveys.organisations.enums import MembershipRole
from surveys.responses import services
from surveys.responses.workbooks.applying import apply_workbook
from surveys.responses.workbooks.refusals import WorkbookOfAnotherVersion
from tests.factories import member
from tests.surveys.campaigns.factories import NOW, VersionFactory
from tests.surveys.responses.factories import DEFINITION, draft
from tests.surveys.responses.workbooks.sending import LATER, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def response() -> Response:
    return draft()


@pytest.fixture
def person(response: Response) -> User:
    return member(response.assignment.agency, MembershipRole.COORDINATOR)


@pytest.fixture
def upload(response: Response, person: User) -> WorkbookUpload:
    """Sent and looked through; then the list that it fills in left the questionnaire."""
    found = sent(response, {"staff": "khoảng 20", "contacts//contact_name": "An"}, person)
    shorter = Definition(
        code=DEFINITION.code,
        title=DEFINITION.title,
        children=tuple(each for each in DEFINITION.children if each.name == "budget_page"),
        lists=DEFINITION.lists,
    )
    newer = VersionFactory.create(
        questionnaire=response.version.questionnaire, number=2, definition=dump(shorter)
    )
    services.migrate_drafts(
        response.assignment.round,
        to_version=newer,
        actor=None,
        clock=lambda: NOW,
        progress=lambda _done, _total: None,
    )
    return found


def test_it_is_not_taken_over(response: Response, person: User, upload: WorkbookUpload):
    before = Response.objects.get(pk=response.pk).answers

    with pytest.raises(WorkbookOfAnotherVersion):
        apply_workbook(upload, is_clearing=True, actor=person, at=LATER)

    assert Response.objects.get(pk=response.pk).answers == before


@pytest.mark.parametrize("name", ["workbook_preview", "workbook_marked"])
def test_its_pages_say_so(
    client: Client,
    response: Response,
    person: User,
    upload: WorkbookUpload,
    name: str,
    time_machine: Any,
):
    time_machine.move_to(NOW)
    client.force_login(person)

    answered = client.get(reverse(name, args=[response.assignment_id, upload.pk]), follow=True)

    assert answered.status_code == 200
    assert "phiên bản 1" in answered.content.decode()

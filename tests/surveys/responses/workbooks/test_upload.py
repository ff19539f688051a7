"""A workbook comes back: it is compared and kept, or refused and noted; nothing changes by that."""

from typing import Any

import pytest

from surveys.audit.enums import Event
from surveys.engine import Cell
from surveys.files import storage
from surveys.files.refusals import FileRefused
from surveys.models import AuditEvent, Response, ResponseReturn, User, WorkbookUpload
from surveys.organisations.enums import MembershipRole
from surveys.responses.services import AnswersLocked, CellEdit
from surveys.responses.workbooks.refusals import (
    WorkbookOfAnotherQuestionnaire,
    WorkbookOfAnotherVersion,
    WorkbookRefused,
    WorkbooksTooMany,
    WorkbookUnknown,
)
from surveys.responses.workbooks.upload import take_back
from tests.factories import MembershipFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.excelform.returned_books import general, question, workbook
from tests.surveys.responses.factories import draft, save
from tests.surveys.responses.workbooks.sending import (
    LATER,
    as_file,
    filled,
    handed_out,
    sent,
    verdicts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def response() -> Response:
    return draft()


@pytest.fixture
def person(response: Response) -> User:
    member = MembershipFactory.create(
        agency=response.assignment.agency, role=MembershipRole.COORDINATOR
    )
    return member.user


def events(kind: Event) -> list[dict[str, Any]]:
    return [event.data for event in AuditEvent.objects.filter(kind=kind)]


def test_what_it_would_change_is_kept_and_nothing_changes(response: Response, person: User):
    upload = sent(response, {"staff": 12, "budget/oda/planned": "1.234,5"}, person)

    assert verdicts(upload) == [
        ("staff", "value", "new", ""),
        ("budget/oda/planned", "value", "new", ""),
    ]
    response.refresh_from_db()
    assert "staff" not in response.answers
    assert upload.is_of_another is False


def test_the_file_is_kept_and_that_it_came_is_on_record(response: Response, person: User):
    data = filled(handed_out(response), {"staff": 12})

    upload = take_back(response.assignment, file=as_file(data), actor=person, at=LATER)

    with storage.open_content(upload.pk) as content:
        assert content.read() == data
    assert [event["sha256"] for event in events(Event.WORKBOOK_UPLOADED)] == [upload.sha256]


def test_what_a_colleague_changed_since_is_not_undone(response: Response, person: User):
    save(response, "before", CellEdit("staff", "12"), at=NOW)
    response.refresh_from_db()
    data = handed_out(response)
    save(response, "since", CellEdit("staff", "13", seen=Cell(value="12")), at=LATER)

    assert verdicts(sent(response, {"note": "An"}, person, data=data)) == [
        ("note", "value", "new", "")
    ]
    assert verdicts(sent(response, {"staff": 14}, person, data=data)) == [
        ("staff", "value", "conflict", "")
    ]


def test_the_workbook_of_another_agency_is_told_by_its_name(response: Response, person: User):
    upload = sent(response, {}, person, data=handed_out(response, agency="Tỉnh Khác"))

    assert upload.is_of_another


REFUSED: list[tuple[dict[str, Any], type[WorkbookRefused]]] = [
    ({"questionnaire": "phieu-khac"}, WorkbookOfAnotherQuestionnaire),
    ({"version": "99"}, WorkbookOfAnotherVersion),
]


@pytest.mark.parametrize(("facts", "refusal"), REFUSED, ids=["questionnaire", "version"])
def test_a_workbook_made_from_something_else_is_refused_and_noted(
    response: Response, person: User, facts: dict[str, Any], refusal: type[WorkbookRefused]
):
    with pytest.raises(refusal):
        sent(response, {}, person, data=handed_out(response, **facts))

    assert [event["code"] for event in events(Event.WORKBOOK_REFUSED)] == [refusal.code]
    assert not WorkbookUpload.objects.exists()


def test_a_workbook_that_was_not_made_here_is_refused(response: Response, person: User):
    data = workbook(general(question("staff", 1)), meta={})

    with pytest.raises(WorkbookUnknown):
        take_back(response.assignment, file=as_file(data), actor=person, at=LATER)


@pytest.mark.parametrize("name", ["phieu.xlsm", "phieu.pdf", "phieu.exe"])
def test_another_kind_of_file_is_refused(response: Response, person: User, name: str):
    with pytest.raises(FileRefused):
        take_back(response.assignment, file=as_file(b"MZ", name), actor=person, at=LATER)


def test_locked_answers_take_no_workbook(response: Response, person: User):
    data = handed_out(response)
    response.assignment.status = "awaiting_signature"
    response.assignment.save()

    with pytest.raises(AnswersLocked):
        sent(response, {}, person, data=data)


def test_a_return_opens_only_what_it_cites(response: Response, person: User):
    response.assignment.status = "returned"
    response.assignment.save()
    ResponseReturn.objects.create(
        response=response,
        at=NOW,
        actor=person,
        reason="xem lại",
        paths=[{"path": "staff", "comment": ""}],
    )

    assert verdicts(sent(response, {"staff": 12, "note": "An"}, person)) == [
        ("staff", "value", "new", ""),
        ("note", "value", "refused", "not_cited"),
    ]


def test_the_workbooks_of_a_response_have_a_common_limit(
    response: Response, person: User, settings: Any
):
    data = filled(handed_out(response), {"staff": 12})
    settings.UPLOAD_MOST_BYTES_PER_RESPONSE = 2 * len(data)
    for _time in range(2):
        take_back(response.assignment, file=as_file(data), actor=person, at=LATER)

    with pytest.raises(WorkbooksTooMany):
        take_back(response.assignment, file=as_file(data), actor=person, at=LATER)

    assert WorkbookUpload.objects.count() == 2

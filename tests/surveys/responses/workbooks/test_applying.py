"""The answers of a workbook are taken over once, as they were shown."""

from typing import Any

import pytest

from surveys.audit.enums import Event
from surveys.engine import Cell
from surveys.models import AnswerChange, AuditEvent, Response, User, WorkbookUpload
from surveys.organisations.enums import MembershipRole
from surveys.responses.services import CellEdit
from surveys.responses.workbooks.applying import apply_workbook
from tests.factories import MembershipFactory, UserFactory
from tests.surveys.responses.factories import draft, save
from tests.surveys.responses.workbooks.sending import LATER, handed_out, sent, verdicts

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


def applied(upload: WorkbookUpload, person: User, *, is_clearing: bool = False) -> WorkbookUpload:
    return apply_workbook(upload, is_clearing=is_clearing, actor=person, at=LATER)


def answers(response: Response) -> dict[str, Any]:
    response.refresh_from_db()
    found: dict[str, Any] = response.answers
    return found


def test_new_and_changed_answers_are_stored_through_excel(response: Response, person: User):
    upload = applied(
        sent(response, {"staff": 12, "budget/oda/planned": 1.234, "skills": None}, person), person
    )

    assert answers(response)["staff"] == "12"
    assert answers(response)["budget"] == {"oda": {"planned": "1.234"}}
    assert upload.result["stored"] == 2
    assert {change.channel for change in AnswerChange.objects.filter(response=response)} == {
        "excel"
    }
    assert [
        event.data["stored"] for event in AuditEvent.objects.filter(kind=Event.WORKBOOK_APPLIED)
    ]


def test_a_new_row_is_stored_with_its_answers(response: Response, person: User):
    values = {"contacts//contact_name": "An", "contacts//contact_age": 30}

    applied(sent(response, values, person), person)

    (row,) = answers(response)["contacts"]
    assert (row["contact_name"], row["contact_age"]) == ("An", "30")


def test_it_is_taken_over_once(response: Response, person: User):
    upload = sent(response, {"staff": 12, "contacts//contact_name": "An"}, person)

    first = applied(upload, person)
    again = applied(upload, person)

    assert first.result == again.result
    assert len(answers(response)["contacts"]) == 1
    assert AuditEvent.objects.filter(kind=Event.WORKBOOK_APPLIED).count() == 1


def test_what_changed_after_the_preview_is_a_conflict_and_stays(response: Response, person: User):
    upload = sent(response, {"staff": 12, "note": "An"}, person)
    save(response, "since", CellEdit("staff", "13"), actor=UserFactory.create(), at=LATER)

    result = applied(upload, person).result

    assert [each["path"] for each in result["conflicts"]] == ["staff"]
    assert answers(response)["staff"] == "13"
    assert answers(response)["note"] == "An"


def test_wrong_cells_leave_their_answers_as_they_are(response: Response, person: User):
    save(response, "before", CellEdit("staff", "12"))
    response.refresh_from_db()

    applied(sent(response, {"staff": "khoảng 20", "note": "An"}, person), person)

    assert answers(response)["staff"] == "12"
    assert response.typed == {}


@pytest.mark.parametrize(("is_clearing", "left"), [(False, "12"), (True, None)])
def test_an_empty_cell_clears_only_where_that_is_chosen(
    response: Response, person: User, is_clearing: bool, left: str | None
):
    save(response, "before", CellEdit("staff", "12"))
    response.refresh_from_db()

    applied(sent(response, {"staff": None}, person), person, is_clearing=is_clearing)

    assert answers(response).get("staff") == left


def test_a_missing_code_and_its_explanation_are_stored(response: Response, person: User):
    applied(sent(response, {"women": "KAD"}, person), person)

    answers(response)
    assert response.remarks["women"]["missing"] == "KAD"


def test_a_corrected_workbook_may_change_what_the_first_one_brought(
    response: Response, person: User
):
    data = handed_out(response)
    applied(sent(response, {"staff": 12}, person, data=data), person)

    second = sent(response, {"staff": 13}, person, data=data)

    assert verdicts(second) == [("staff", "value", "changed", "")]
    applied(second, person)
    assert answers(response)["staff"] == "13"


def test_a_row_that_is_gone_goes_only_where_that_is_chosen(response: Response, person: User):
    response.answers = {"contacts": [{"_id": "aa", "contact_name": "An"}]}
    response.save()
    data = handed_out(response)
    response.answers["contacts"].append({"_id": "bb", "contact_name": "Bình"})
    response.save()

    upload = sent(response, {}, person, data=data)

    assert ("contacts/bb", "row", "cleared", "") in verdicts(upload)
    applied(upload, person, is_clearing=True)
    assert [row["_id"] for row in answers(response)["contacts"]] == ["aa"]


def test_a_workbook_sent_back_untouched_changes_nothing(response: Response, person: User):
    save(response, "before", CellEdit("women", missing="KAD", seen=Cell()))
    response.refresh_from_db()

    upload = sent(response, {}, person)
    assert verdicts(upload) == []

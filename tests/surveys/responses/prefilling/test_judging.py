"""What becomes of each cell of a table."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.campaigns.enums import Anonymity, AssignmentStatus, RoundStatus
from surveys.models import Assignment, Campaign, Round
from surveys.responses.services import CellEdit
from tests.factories import AgencyFactory, UserFactory
from tests.surveys.campaigns.factories import AssignmentFactory
from tests.surveys.responses.factories import draft, open_assignment, save
from tests.surveys.responses.prefilling.sending import applied, filled, kept, lines, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Assignment:
    """An agency that is asked in an open round and has not begun."""
    return open_assignment()


def test_a_value_is_read_as_the_question_reads_it(asked):
    head = ["Mã cơ quan", "Tên cơ quan", "staff", "skills", "budget/oda/planned"]

    upload = kept(asked.round, head, [asked.agency.key, "Tỉnh", "1.234", "data", "12,5"])

    assert [(line.path, line.value) for line in lines(upload)] == [
        ("staff", "1234"),
        ("skills", ["data"]),
        ("budget/oda/planned", "12.5"),
    ]


def test_an_empty_cell_says_nothing(asked):
    assert said(kept(asked.round, ["", "staff", "women"], [asked.agency.key, "", "3"])) == [
        ("C2", "new")
    ]


def test_headings_that_are_not_taken_are_told_once_with_their_cells(asked):
    head = ["", "staf", "men", "contacts/r1/contact_age", "staff", "staff"]

    upload = kept(asked.round, head, [asked.agency.key, *"12345"])

    assert said(upload) == [
        ("B1", "question_unknown"),
        ("C1", "not_entered"),
        ("D1", "in_repeat"),
        ("F1", "question_twice"),
        ("E2", "new"),
    ]


def test_nothing_of_a_column_of_personal_data_is_kept(asked):
    version = asked.version
    version.definition["children"][0]["children"][4]["personal_data"] = True
    version.number = 99
    version.save()

    upload = kept(asked.round, ["", "note", "staff"], [asked.agency.key, "Nguyễn Văn An", "3"])

    assert said(upload) == [("B1", "personal_data"), ("C2", "new")]
    assert "Nguyễn" not in str(upload.lines)


def test_agencies_that_cannot_be_filled_in_are_told_with_their_cells(asked):
    key, stranger = asked.agency.key, AgencyFactory().key

    upload = kept(asked.round, ["", "staff"], ["khong-co", "1"], [stranger, "1"], [key, "1"], [key])

    assert said(upload) == [
        ("A2", "agency_unknown"),
        ("A3", "agency_not_asked"),
        ("B4", "new"),
        ("A5", "agency_twice"),
    ]


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("staff", "mười", "no_number"),
        ("staff", "1,5", "not_whole"),
        ("skills", "flying", "choice_unknown"),
        ("women", "KAD", "missing_code"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_with_the_rule(asked, path, text, reason):
    (line,) = lines(kept(asked.round, ["", path], [asked.agency.key, text]))

    assert (line.reason, line.text, bool(line.spoken_reason)) == (reason, text, True)


def test_before_the_opening_every_existing_agency_may_be_filled_in():
    round_ = open_assignment().round
    Round.objects.update(status=RoundStatus.PLANNED)
    round_.refresh_from_db()

    assert said(kept(round_, ["", "staff"], [AgencyFactory().key, "3"])) == [("B2", "new")]


def test_what_is_filled_in_already_is_unchanged_or_changes(asked):
    key = asked.agency.key
    applied(asked.round, ["", "staff", "women"], [key, "10", "4"])

    again = kept(asked.round, ["", "staff", "women"], [key, "10", "5"])

    assert said(again) == [("B2", "unchanged"), ("C2", "changed")]


def test_what_a_person_has_answered_is_told(asked):
    response = draft(asked)
    save(response, "one", CellEdit("staff", "10"), CellEdit("women", missing="KAD"))
    save(response, "two", CellEdit("note", "a"))

    upload = kept(asked.round, ["", "staff", "women", "note"], [asked.agency.key, "1", "2", "b"])

    assert said(upload) == [("B2", "by_person"), ("C2", "by_person"), ("D2", "by_person")]


def test_what_a_table_has_filled_in_may_be_filled_in_anew(asked):
    response, key = draft(asked), asked.agency.key
    filled(applied(asked.round, ["", "staff"], [key, "10"]))
    response.refresh_from_db()

    assert response.answers["staff"] == "10"
    assert said(kept(asked.round, ["", "staff"], [key, "11"])) == [("B2", "changed")]


def test_answers_that_were_sent_are_locked(asked):
    draft(asked)
    Assignment.objects.update(status=AssignmentStatus.AWAITING_SIGNATURE)

    assert said(kept(asked.round, ["", "staff"], [asked.agency.key, "1"])) == [("B2", "locked")]


def test_who_has_answered_what_is_not_told_of_a_confidential_campaign(asked):
    save(draft(asked), "one", CellEdit("staff", "10"))
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)
    round_ = Round.objects.get(pk=asked.round_id)

    assert said(kept(round_, ["", "staff"], [asked.agency.key, "1"])) == [("B2", "new")]


def test_a_larger_table_asks_the_database_no_more_often(asked):
    others = [AssignmentFactory.create(round=asked.round) for _ in range(6)]
    person = UserFactory()

    def queries(*agencies: Assignment) -> int:
        rows = [[each.agency.key, "1", "2"] for each in agencies]
        with CaptureQueriesContext(connection) as captured:
            kept(asked.round, ["", "staff", "women"], *rows, actor=person)
        return len(captured)

    queries(asked)  # reads the form

    assert queries(asked, *others) == queries(asked)

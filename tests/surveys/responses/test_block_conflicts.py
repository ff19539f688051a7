"""A block in which everything meets what a colleague pasted before."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.engine import Cell, ChoiceList, Definition, Group, Kind, Question, Table
from surveys.models import Response
from surveys.responses.queries import last_changes
from surveys.responses.services import CellEdit, SaveOutcome, add_row, delete_row
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import choices, draft, open_assignment, save

pytestmark = pytest.mark.django_db

ROWS = 60
WIDE = Definition(
    code="bang-lon",
    title={"vi": "Bảng lớn"},
    children=(
        Group(
            name="page",
            label={"vi": "Trang"},
            children=(
                Table(
                    name="grid",
                    label={"vi": "Bảng"},
                    row_list="places",
                    columns=(Question(name="people", kind=Kind.INTEGER, label={"vi": "Người"}),),
                ),
            ),
        ),
    ),
    lists={"places": ChoiceList(name="places", choices=choices(*(f"r{n}" for n in range(ROWS))))},
)


@pytest.fixture
def response() -> Response:
    return draft(open_assignment(WIDE))


@contextmanager
def queries() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as found:
        yield found


def pasted(
    response: Response, edit_id: str, value: str, count: int, **kwargs: object
) -> SaveOutcome:
    edits = [CellEdit(f"grid/r{n}/people", value) for n in range(count)]
    return save(response, edit_id, *edits, **kwargs)


def test_each_conflict_names_who_wrote_it(response: Response):
    first, second = UserFactory.create(), UserFactory.create()
    pasted(response, "first", "1", ROWS, actor=first)
    save(response, "second", CellEdit("grid/r1/people", "2", Cell(value="1")), actor=second)

    outcome = pasted(response, "mine", "3", 2)

    assert [each.written_by for each in outcome.conflicts] == [str(first), str(second)]


def test_many_conflicts_ask_no_more_than_one(response: Response):
    pasted(response, "first", "1", ROWS)

    with queries() as of_one:
        pasted(response, "one", "2", 1)
    with queries() as of_many:
        pasted(response, "many", "3", ROWS)

    assert len(of_many) == len(of_one)


def test_of_a_deleted_row_its_going_is_what_was_written_last():
    response, person = draft(), UserFactory.create()
    row = add_row(response, repeat="contacts", edit_id="row", actor=None, at=NOW).row
    path = f"contacts/{row}/contact_name"
    save(response, "name", CellEdit(path, "An"))
    delete_row(response, row=f"contacts/{row}", edit_id="gone", actor=person, at=NOW)

    found = last_changes(response, {path, "staff"})

    assert {place: change.actor for place, change in found.items()} == {path: person}

"""Rows have identity: adding, deleting, restoring and moving them are edits of their own."""

from typing import Any

import pytest

from surveys.models import AnswerChange, Response
from surveys.responses.queries import cell_history
from surveys.responses.services import (
    AnswersLocked,
    CellEdit,
    RowNotDeleted,
    RowsNotAddable,
    RowUnknown,
    TooManyRows,
    add_row,
    delete_row,
    move_row,
    restore_row,
    send_for_signature,
)
from surveys.responses.services import rows as rows_module
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, finished, save, seen

pytestmark = pytest.mark.django_db

NOBODY_NOW: dict[str, Any] = {"actor": None, "at": NOW}


@pytest.fixture
def response():
    """A draft without rows."""
    return draft()


@pytest.fixture
def rows(response):
    """Three rows, named by their places, each with a name."""
    places = [
        f"contacts/{add_row(response, repeat='contacts', edit_id=f'add-{n}', **NOBODY_NOW).row}"
        for n in (1, 2, 3)
    ]
    names = zip(places, ("An", "Bình", "Chi"), strict=True)
    save(response, "names", *[CellEdit(f"{row}/contact_name", name) for row, name in names])
    return places


def names_of(response):
    """The names in the order of the rows."""
    answers = Response.objects.get(pk=response.pk).answers
    return [row.get("contact_name") for row in answers["contacts"]]


def test_an_added_row_has_an_id_of_its_own(response):
    first = add_row(response, repeat="contacts", edit_id="a", **NOBODY_NOW)
    second = add_row(response, repeat="contacts", edit_id="b", **NOBODY_NOW)

    answers = Response.objects.get(pk=response.pk).answers
    assert [row["_id"] for row in answers["contacts"]] == [first.row, second.row]
    assert first.row != second.row


def test_adding_a_row_again_by_the_same_edit_adds_none(response):
    first = add_row(response, repeat="contacts", edit_id="a", **NOBODY_NOW)
    again = add_row(response, repeat="contacts", edit_id="a", **NOBODY_NOW)

    assert (again.row, again.repeated) == (first.row, True)
    assert len(Response.objects.get(pk=response.pk).answers["contacts"]) == 1


@pytest.mark.parametrize("name", ["budget", "staff", "people", "nowhere"])
def test_rows_are_added_to_repeats_only(response, name):
    with pytest.raises(RowsNotAddable):
        add_row(response, repeat=name, edit_id="a", **NOBODY_NOW)


def test_there_is_a_limit_to_rows(response, monkeypatch):
    monkeypatch.setattr(rows_module, "MOST_ROWS", 1)
    add_row(response, repeat="contacts", edit_id="a", **NOBODY_NOW)

    with pytest.raises(TooManyRows):
        add_row(response, repeat="contacts", edit_id="b", **NOBODY_NOW)


def test_a_deleted_row_goes(response, rows):
    delete_row(response, row=rows[1], edit_id="delete", **NOBODY_NOW)

    assert names_of(response) == ["An", "Chi"]


def test_a_restored_row_is_back_where_it_stood(response, rows):
    delete_row(response, row=rows[1], edit_id="delete", **NOBODY_NOW)

    restore_row(response, row=rows[1], edit_id="restore", **NOBODY_NOW)

    assert names_of(response) == ["An", "Bình", "Chi"]


def test_a_restored_row_has_its_remarks_and_its_unreadable_text_again(response, rows):
    other, age = f"{rows[0]}/contact_age", f"{rows[1]}/contact_age"
    save(response, "age", CellEdit(age, "ba mươi"), CellEdit(other, missing="CCSL", reason="Chờ"))
    delete_row(response, row=rows[0], edit_id="delete-0", **NOBODY_NOW)
    delete_row(response, row=rows[1], edit_id="delete-1", **NOBODY_NOW)
    between = Response.objects.get(pk=response.pk)

    restore_row(response, row=rows[1], edit_id="restore-1", **NOBODY_NOW)
    restore_row(response, row=rows[0], edit_id="restore-0", **NOBODY_NOW)

    after = Response.objects.get(pk=response.pk)
    assert (between.typed, between.remarks) == ({}, {})
    assert after.typed == {age: "ba mươi"}
    assert after.remarks[other] == {"missing": "CCSL", "reason": "Chờ"}


def test_what_a_colleague_types_into_a_deleted_row_comes_back_to_them(response, rows):
    delete_row(response, row=rows[1], edit_id="delete", **NOBODY_NOW)

    outcome = save(response, "late", CellEdit(f"{rows[1]}/contact_name", "Bính", seen("Bình")))

    (refused,) = outcome.refused
    assert (refused.code, refused.text) == ("path_unknown", "Bính")


def test_a_row_is_moved(response, rows):
    move_row(response, row=rows[2], index=0, edit_id="move", **NOBODY_NOW)

    assert names_of(response) == ["Chi", "An", "Bình"]


def test_a_row_moved_beyond_the_end_is_the_last(response, rows):
    move_row(response, row=rows[0], index=99, edit_id="move", **NOBODY_NOW)

    assert names_of(response) == ["Bình", "Chi", "An"]


def test_a_cell_keeps_its_path_when_its_row_moves(response, rows):
    move_row(response, row=rows[2], index=0, edit_id="move", **NOBODY_NOW)

    save(response, "name", CellEdit(f"{rows[2]}/contact_name", "Cúc", seen("Chi")))

    assert names_of(response) == ["Cúc", "An", "Bình"]


@pytest.mark.parametrize("row", ["contacts/nowhere", "contacts", "contacts/a/b"])
def test_an_unknown_row_is_refused(response, row):
    with pytest.raises(RowUnknown):
        delete_row(response, row=row, edit_id="delete", **NOBODY_NOW)
    with pytest.raises(RowUnknown):
        move_row(response, row=row, index=0, edit_id="move", **NOBODY_NOW)
    with pytest.raises(RowUnknown):
        restore_row(response, row=row, edit_id="restore", **NOBODY_NOW)


def test_a_row_that_stands_cannot_be_restored(response, rows):
    with pytest.raises(RowNotDeleted):
        restore_row(response, row=rows[0], edit_id="restore", **NOBODY_NOW)


def test_rows_stand_still_while_a_signature_is_awaited():
    response = finished()
    send_for_signature(response, actor=None, at=NOW)

    with pytest.raises(AnswersLocked):
        add_row(response, repeat="contacts", edit_id="a", **NOBODY_NOW)


def test_deleting_a_row_is_one_change_that_keeps_all_that_stood_in_it(response, rows):
    delete_row(response, row=rows[1], edit_id="delete", **NOBODY_NOW)

    ((path, old, new),) = AnswerChange.objects.get(edit_id="delete").changes
    assert (path, old["index"], old["values"]["contact_name"], new) == (rows[1], 1, "Bình", None)


def test_the_history_of_a_cell_tells_when_its_row_went_and_came_back(response, rows):
    delete_row(response, row=rows[1], edit_id="delete", **NOBODY_NOW)
    restore_row(response, row=rows[1], edit_id="restore", **NOBODY_NOW)

    history = cell_history(response, f"{rows[1]}/contact_name")

    steps = [(change.old.get("value"), change.new.get("value")) for change in history]
    assert steps == [(None, "Bình"), ("Bình", None), (None, "Bình"), (None, None)]

"""What changed between the revision that was returned and the one sent since."""

import pytest

from surveys.questionnaires.queries import form_of
from surveys.responses.services import (
    CellEdit,
    add_row,
    delete_row,
    move_row,
    return_to_draft,
    save_cells,
    send_for_signature,
    sign,
)
from surveys.responses.signoff.differences import Part, Resent, last_resent
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import finished, save, seen
from tests.surveys.responses.signoff.chains import NOBODY_NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned():
    """A response with two contacts, sent and returned."""
    response = finished()
    for row in ("a", "b"):
        outcome = add_row(response, repeat="contacts", edit_id=row, **NOBODY_NOW)
        name = f"contacts/{outcome.row}/contact_name"
        age = f"contacts/{outcome.row}/contact_age"
        save(response, f"name-{row}", CellEdit(name, f"Bà {row}"), CellEdit(age, "40"))
    send_for_signature(response, **NOBODY_NOW)
    return_to_draft(response, actor=UserFactory(), at=NOW, reason="Đối chiếu lại")
    response.refresh_from_db()
    return response


def rows(response):
    """The ids of the contacts."""
    response.refresh_from_db()
    return [row["_id"] for row in response.answers["contacts"]]


def resent_of(response) -> Resent:
    """The comparison, known to be there."""
    found = last_resent(response, form_of(response.version))
    assert found is not None
    return found


def told(response):
    """The differences after sending again."""
    send_for_signature(response, **NOBODY_NOW)
    resent = resent_of(response)
    return [(each.path, each.part, each.old, each.new) for each in resent.differences]


def test_nothing_was_ever_returned():
    response = finished()
    send_for_signature(response, **NOBODY_NOW)

    assert last_resent(response, form_of(response.version)) is None


def test_what_was_returned_and_not_sent_again_is_not_compared(returned):
    assert last_resent(returned, form_of(returned.version)) is None


def test_nothing_else_changed(returned):
    assert told(returned) == []


def test_an_answer_with_what_is_computed_from_it_stands_before_and_after(returned):
    save(returned, "fix", CellEdit("women", "3", seen("4")))

    assert told(returned) == [
        ("women", Part.ANSWER, "4", "3"),
        ("men", Part.ANSWER, "6", "7"),
    ]


def test_a_cell_of_a_table_and_one_that_comes(returned):
    save(
        returned,
        "fix",
        CellEdit("budget/oda/planned", "7", seen("12.5")),
        CellEdit("budget/state/planned", "1"),
    )

    assert sorted(told(returned)) == [
        ("budget/oda/planned", Part.ANSWER, "12.5", "7"),
        ("budget/state/planned", Part.ANSWER, None, "1"),
    ]


def test_rows_that_went_and_came(returned):
    first, second = rows(returned)
    delete_row(returned, row=f"contacts/{first}", edit_id="gone", **NOBODY_NOW)
    new = add_row(returned, repeat="contacts", edit_id="new", **NOBODY_NOW).row

    found = told(returned)

    assert [(path, part, old is None) for path, part, old, _new in found] == [
        (f"contacts/{first}", Part.ROW, False),
        (f"contacts/{new}", Part.ROW, True),
    ]
    assert second not in {path.split("/")[-1] for path, *_rest in found}


def test_rows_in_another_order(returned):
    first, second = rows(returned)
    move_row(returned, row=f"contacts/{second}", index=0, edit_id="up", **NOBODY_NOW)

    assert told(returned) == [("contacts", Part.ROW, [first, second], [second, first])]


def test_personal_data_is_told_as_changed_without_its_words(returned):
    row = rows(returned)[0]
    path = f"contacts/{row}/contact_name"
    save(returned, "fix", CellEdit(path, "Bà Hai", seen("Bà a")))

    send_for_signature(returned, **NOBODY_NOW)
    [difference] = resent_of(returned).differences

    assert (difference.path, difference.is_personal) == (path, True)
    assert "Hai" not in str(difference)


def test_remarks_by_their_kind(returned):
    save(returned, "fix", CellEdit("staff", explanation="Đã đối chiếu"))

    send_for_signature(returned, **NOBODY_NOW)
    [difference] = resent_of(returned).differences

    assert (difference.part, difference.kind) == (Part.REMARK, "explanation")
    assert (difference.old, difference.new) == (None, "Đã đối chiếu")


def test_after_a_return_of_what_was_signed_the_signed_revision_is_compared(returned):
    send_for_signature(returned, **NOBODY_NOW)
    signed = sign(returned, **NOBODY_NOW)
    return_to_draft(returned, actor=UserFactory(), at=NOW, reason="Sai", cited={"women": "Đếm lại"})
    save_cells(
        returned, edit_id="fix", edits=[CellEdit("women", "2", seen=seen("4"))], **NOBODY_NOW
    )
    send_for_signature(returned, **NOBODY_NOW)

    resent = resent_of(returned)

    assert resent.before == signed
    assert resent.returned.cited == {"women": "Đếm lại"}

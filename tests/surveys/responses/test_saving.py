"""Saving a cell is compare-and-set by value."""

from datetime import timedelta

import pytest

from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.models import AnswerChange, AuditEvent, LiveMessage, Response
from surveys.responses.services import (
    AnswersLocked,
    CellEdit,
    EditIdInvalid,
    EditIdReused,
    RoundClosedForEditing,
    SaveStatus,
    return_to_draft,
    send_for_signature,
)
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, finished, save, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    """A draft without answers."""
    return draft()


def stored(response):
    """The response as it is stored now."""
    return Response.objects.get(pk=response.pk)


# What is stored when an edit from ``seen`` to ``new`` meets ``now``.
CASES = [
    # now, seen, new, status, stored then
    (None, None, "5", SaveStatus.SAVED, "5"),
    ("3", "3", "5", SaveStatus.SAVED, "5"),
    ("5", "3", "5", SaveStatus.SAVED, "5"),
    ("4", "3", "5", SaveStatus.CONFLICT, "4"),
    ("4", None, "5", SaveStatus.CONFLICT, "4"),
    (None, "3", "5", SaveStatus.CONFLICT, None),
    ("4", "4", "", SaveStatus.SAVED, None),
    (None, "3", "", SaveStatus.SAVED, None),
]


@pytest.mark.parametrize(("now", "before", "new", "status", "then"), CASES)
def test_an_edit_is_stored_unless_it_meets_a_third_value(response, now, before, new, status, then):
    if now is not None:
        save(response, "colleague", CellEdit("staff", now))

    outcome = save(response, "mine", CellEdit("staff", new, seen(before)))

    assert (outcome.status, stored(response).answers.get("staff")) == (status, then)


def test_a_conflict_tells_both_values_and_who_wrote_the_other_when(response):
    colleague = UserFactory.create(full_name="Lê Thị Hoa")
    save(response, "hers", CellEdit("staff", "4"), actor=colleague)

    outcome = save(response, "mine", CellEdit("staff", "5"), at=NOW + timedelta(minutes=1))

    (conflict,) = outcome.conflicts
    assert (conflict.stored.value, conflict.yours.value) == ("4", "5")
    assert (conflict.written_by, conflict.written_at) == ("Lê Thị Hoa", NOW)


def test_a_conflict_keeps_what_was_typed_in_the_record_of_the_save(response):
    save(response, "hers", CellEdit("note", "cũ"))

    save(response, "mine", CellEdit("note", "mới"))

    change = AnswerChange.objects.get(edit_id="mine")
    assert change.outcome["conflicts"][0]["yours"]["value"] == "mới"


def test_an_edit_in_conflict_does_not_hold_up_the_others(response):
    save(response, "hers", CellEdit("staff", "4"))

    save(response, "mine", CellEdit("staff", "5"), CellEdit("note", "ghi chú"))

    assert stored(response).answers["note"] == "ghi chú"


def test_a_repeated_edit_gets_its_first_outcome_again(response):
    first = save(response, "mine", CellEdit("staff", "5"))
    save(response, "hers", CellEdit("staff", "6", seen("5")))

    again = save(response, "mine", CellEdit("staff", "5"))

    assert (again.repeated, again.status, again.number) == (True, first.status, first.number)
    assert stored(response).answers["staff"] == "6"


def test_a_repeated_edit_gets_its_conflict_again(response):
    save(response, "hers", CellEdit("staff", "4"))
    first = save(response, "mine", CellEdit("staff", "5"))
    save(response, "hers-2", CellEdit("staff", "", seen("4")))

    again = save(response, "mine", CellEdit("staff", "5"))

    assert again.conflicts == first.conflicts


def test_a_repeated_edit_gets_its_outcome_after_the_deadline_too(response):
    save(response, "mine", CellEdit("staff", "5"))

    again = save(response, "mine", CellEdit("staff", "5"), at=NOW + timedelta(days=90))

    assert (again.repeated, again.status) == (True, SaveStatus.SAVED)


def test_another_person_cannot_use_an_edit_again(response):
    save(response, "mine", CellEdit("staff", "5"), actor=UserFactory.create())

    with pytest.raises(EditIdReused):
        save(response, "mine", CellEdit("staff", "6"), actor=UserFactory.create())


@pytest.mark.parametrize("edit_id", ["", "x" * 41, "a\x00b"])
def test_an_edit_needs_a_valid_id(response, edit_id):
    with pytest.raises(EditIdInvalid):
        save(response, edit_id, CellEdit("staff", "5"))


MERGES = [
    # now, seen, chosen, stored then
    (["data"], [], ["cloud"], ["data", "cloud"]),
    (["data", "cloud"], ["data"], [], ["cloud"]),
    (["security"], ["data", "security"], ["data", "security", "cloud"], ["cloud", "security"]),
    (["data"], [], ["data"], ["data"]),
    ([], ["data"], ["cloud"], ["cloud"]),
]


@pytest.mark.parametrize(("now", "before", "chosen", "then"), MERGES)
def test_two_peoples_choices_are_merged_item_by_item(response, now, before, chosen, then):
    save(response, "hers", CellEdit("skills", now))

    outcome = save(response, "mine", CellEdit("skills", chosen, seen(before)))

    assert outcome.status == SaveStatus.SAVED
    assert stored(response).answers["skills"] == then


def test_text_that_cannot_be_read_is_kept_and_reads_as_blank(response):
    outcome = save(response, "mine", CellEdit("staff", "khoảng mười"))

    after = stored(response)
    assert outcome.status == SaveStatus.SAVED
    assert (after.typed, after.answers.get("staff")) == ({"staff": "khoảng mười"}, None)


def test_unreadable_text_is_part_of_what_is_compared(response):
    save(response, "hers", CellEdit("staff", "mười"))

    outcome = save(response, "mine", CellEdit("staff", "5"))

    assert outcome.conflicts[0].stored == seen(typed="mười")


def test_a_missing_code_takes_the_values_place(response):
    save(response, "value", CellEdit("women", "4"))

    save(response, "code", CellEdit("women", seen=seen("4"), missing="KAD", reason="Giải thể"))

    after = stored(response)
    assert after.answers.get("women") is None
    assert after.remarks["women"] == {"missing": "KAD", "reason": "Giải thể"}


def test_a_value_takes_the_missing_codes_place(response):
    save(response, "code", CellEdit("women", missing="KAD"))

    save(response, "value", CellEdit("women", "4", seen(missing="KAD")))

    after = stored(response)
    assert after.answers["women"] == "4"
    assert not after.remarks.get("women", {}).get("missing")


def test_a_missing_code_is_part_of_what_is_compared(response):
    save(response, "hers", CellEdit("women", missing="CCSL"))

    outcome = save(response, "mine", CellEdit("women", "4"))

    assert outcome.conflicts[0].stored == seen(missing="CCSL")


def test_an_explanation_is_an_edit_of_its_cell(response):
    save(response, "mine", CellEdit("men", explanation="Theo quyết định mới"))

    assert stored(response).remarks["men"]["explanation"] == "Theo quyết định mới"


def test_an_explanation_that_somebody_rewrote_is_a_conflict(response):
    save(response, "hers", CellEdit("women", explanation="của chị"))

    outcome = save(response, "mine", CellEdit("women", explanation="của anh", seen_explanation=""))

    (conflict,) = outcome.conflicts
    assert (conflict.part, conflict.stored_text, conflict.your_text) == (
        "explanation",
        "của chị",
        "của anh",
    )


def test_a_whole_table_can_be_explained(response):
    save(response, "mine", CellEdit("budget", explanation="Chưa phân bổ"))

    assert stored(response).remarks["budget"]["explanation"] == "Chưa phân bổ"


REFUSED = [
    (CellEdit("nowhere", "5"), "path_unknown"),
    (CellEdit("no\x00where", "5"), "path_unknown"),
    (CellEdit("contacts/abcd/contact_name", "An"), "path_unknown"),
    (CellEdit("budget/nowhere/planned", "5"), "path_unknown"),
    (CellEdit("contacts/contact_name", "An"), "path_unknown"),
    (CellEdit("budget/oda/contact_name", "An"), "path_unknown"),
    (CellEdit("contact_name", "An"), "path_unknown"),
    (CellEdit("people", "An"), "path_unknown"),
    (CellEdit("budget", "5"), "path_unknown"),
    (CellEdit("men", "5"), "cell_read_only"),
    (CellEdit("agency_kind", "ministry"), "cell_read_only"),
    (CellEdit("budget/state/loan", "5"), "cell_read_only"),
    (CellEdit("women", missing="HC"), "missing_code_not_allowed"),
    (CellEdit("staff", missing="KAD"), "missing_code_not_allowed"),
    (CellEdit("note", "x" * 10_001), "text_too_long"),
    (CellEdit("note", "a\x00b"), "text_unstorable"),
    (CellEdit("note", "a\ud800b"), "text_unstorable"),
]


@pytest.mark.parametrize(("edit", "code"), REFUSED)
def test_an_edit_that_cannot_be_stored_comes_back_with_its_text(response, edit, code):
    outcome = save(response, "mine", edit)

    (refused,) = outcome.refused
    assert (outcome.status, refused.code, refused.text) == (
        SaveStatus.REFUSED,
        code,
        edit.value or "",
    )


def test_a_refused_text_is_kept_in_the_record_of_the_save(response):
    save(response, "mine", CellEdit("nowhere", "không mất"))

    again = save(response, "mine", CellEdit("nowhere", "không mất"))

    assert (again.repeated, again.refused[0].text) == (True, "không mất")


def test_nothing_of_a_refused_edit_is_stored(response):
    before = stored(response).answers

    save(response, "mine", CellEdit("men", "5"), CellEdit("nowhere", "6"))

    assert stored(response).answers == before


def test_a_refused_edit_does_not_hold_up_the_others(response):
    save(response, "mine", CellEdit("nowhere", "6"), CellEdit("staff", "5"))

    assert stored(response).answers["staff"] == "5"


def test_nothing_is_saved_while_a_signature_is_awaited():
    response = finished()
    send_for_signature(response, actor=None, at=NOW)

    with pytest.raises(AnswersLocked):
        save(response, "mine", CellEdit("note", "thêm"))


def test_a_returned_response_can_be_edited():
    response = finished()
    send_for_signature(response, actor=None, at=NOW)
    return_to_draft(response, actor=UserFactory.create(), at=NOW, reason="Thiếu ghi chú")

    save(response, "mine", CellEdit("note", "thêm"))

    assert stored(response).answers["note"] == "thêm"


def test_the_last_moment_before_the_deadline_counts(response):
    at = response.assignment.due_at - timedelta(microseconds=1)

    assert save(response, "mine", CellEdit("staff", "5"), at=at).status == SaveStatus.SAVED


def test_nothing_is_saved_from_the_deadline_on(response):
    with pytest.raises(RoundClosedForEditing):
        save(response, "mine", CellEdit("staff", "5"), at=response.assignment.due_at)


def test_an_extension_of_the_agency_counts(response):
    assignment = response.assignment
    at = assignment.due_at
    assignment.due_at = at + timedelta(days=3)
    assignment.save()

    assert save(response, "mine", CellEdit("staff", "5"), at=at).status == SaveStatus.SAVED


def test_nothing_is_saved_in_a_closed_round(response):
    round_ = response.assignment.round
    round_.status = RoundStatus.CLOSED
    round_.save()

    with pytest.raises(RoundClosedForEditing):
        save(response, "mine", CellEdit("staff", "5"))


def test_a_save_is_one_change_with_old_and_new(response):
    person = UserFactory.create()
    save(response, "first", CellEdit("staff", "4"))

    save(response, "second", CellEdit("staff", "5", seen("4")), actor=person)

    change = AnswerChange.objects.get(edit_id="second")
    assert change.changes == [
        [
            "staff",
            {"value": "4", "missing": "", "typed": ""},
            {"value": "5", "missing": "", "typed": ""},
        ]
    ]
    assert (change.number, change.actor, change.channel) == (2, person, "form")


def test_a_save_tells_what_looks_different_now(response):
    save(response, "women", CellEdit("women", "4"))

    outcome = save(response, "staff", CellEdit("staff", "10"))

    assert {"staff", "men"} <= outcome.changed
    assert outcome.sections == {"people"}


def test_a_save_is_told_live(response):
    save(response, "women", CellEdit("women", "4"))

    save(response, "mine", CellEdit("staff", "10"))

    message = LiveMessage.objects.filter(topic=f"response:{response.pk}").latest("pk")
    assert {"staff", "men"} <= set(message.paths)


def test_a_save_moves_the_progress_and_not_the_status(response):
    assignment = response.assignment
    assignment.refresh_from_db()
    before = assignment.answered

    save(response, "mine", CellEdit("staff", "10"))

    assignment.refresh_from_db()
    assert (assignment.answered, assignment.status) == (before + 1, AssignmentStatus.DRAFT)


def test_a_save_records_no_audit_event(response):
    before = AuditEvent.objects.count()

    save(response, "mine", CellEdit("staff", "10"))

    assert AuditEvent.objects.count() == before


def test_a_save_needs_few_queries(response, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        save(response, "mine", CellEdit("staff", "10"))


@pytest.mark.parametrize("typed", ["25/12/2026", "2026-12-25", " 25-12-2026 "])
def test_the_day_on_which_a_figure_will_be_there_is_stored_as_a_date(response, typed):
    save(response, "code", CellEdit("women", missing="CCSL", reason="Chờ", expected=typed))

    assert stored(response).remarks["women"] == {
        "missing": "CCSL",
        "reason": "Chờ",
        "expected": "2026-12-25",
    }


def test_a_day_that_is_no_date_is_refused_and_nothing_else(response):
    save(response, "code", CellEdit("women", missing="CCSL"))

    outcome = save(response, "day", CellEdit("women", expected="30/2/2026"))

    assert [refused.code for refused in outcome.refused] == ["expected_date_unreadable"]
    assert stored(response).remarks["women"] == {"missing": "CCSL"}


def test_an_emptied_day_goes(response):
    save(response, "code", CellEdit("women", missing="CCSL", expected="25/12/2026"))

    save(response, "day", CellEdit("women", expected="", seen_expected="2026-12-25"))

    assert stored(response).remarks["women"] == {"missing": "CCSL"}


def test_two_days_for_one_figure_are_a_conflict(response):
    save(response, "hers", CellEdit("women", expected="25/12/2026", seen_expected=""))

    outcome = save(response, "mine", CellEdit("women", expected="1/1/2027", seen_expected=""))

    (conflict,) = outcome.conflicts
    assert (conflict.part, conflict.stored_text, conflict.your_text) == (
        "expected",
        "2026-12-25",
        "2027-01-01",
    )


def test_a_code_that_is_typed_into_the_field_is_a_missing_code():
    response = draft()

    save(response, "typed", CellEdit("women", "ccsl"))

    response.refresh_from_db()
    assert response.remarks["women"]["missing"] == "CCSL"

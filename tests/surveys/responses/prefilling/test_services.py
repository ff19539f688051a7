"""A table is applied once, and drafts take from it what nobody has touched."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.audit.enums import Event
from surveys.background.runner import run_pending
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.models import (
    AnswerChange,
    Assignment,
    AuditEvent,
    Job,
    PrefillValue,
    Response,
    ResponseReturn,
    Round,
)
from surveys.responses.prefilling.services import (
    Filled,
    RoundOver,
    apply_prefill,
    fill_draft,
    store_values,
)
from surveys.responses.queries import cell_history, task_list
from surveys.responses.services import AnswersLocked, CellEdit
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW, AssignmentFactory
from tests.surveys.responses.factories import draft, open_assignment, save, seen
from tests.surveys.responses.prefilling.sending import LATER, answers, applied, filled, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Assignment:
    """An agency that is asked in an open round and has not begun."""
    return open_assignment()


def values() -> dict[str, object]:
    """What is stored, by path."""
    return {each.path: each.value for each in PrefillValue.objects.all()}


def test_applying_stores_new_and_changed_values(asked):
    key = asked.agency.key
    applied(asked.round, ["", "staff", "women"], [key, "10", "4"])

    upload = applied(asked.round, ["", "staff", "women", "note"], [key, "10", "5", "a"])

    assert values() == {"staff": "10", "women": "5", "note": "a"}
    assert upload.result == {"changed": 1, "new": 1}


def test_applying_again_does_nothing(asked):
    upload = applied(asked.round, ["", "staff"], [asked.agency.key, "10"])

    apply_prefill(upload, actor=upload.created_by, at=LATER + timedelta(hours=1))

    assert AuditEvent.objects.filter(kind=Event.ROUND_PREFILLED).count() == 1
    assert PrefillValue.objects.get().at == LATER


def test_what_a_later_table_stored_is_not_overwritten_by_an_earlier_one(asked):
    earlier = kept(asked.round, ["", "staff", "women"], [asked.agency.key, "9", "4"])
    earlier = apply_prefill(earlier, actor=earlier.created_by, at=NOW)
    applied(asked.round, ["", "staff"], [asked.agency.key, "10"])

    store_values(earlier)

    assert values() == {"staff": "10", "women": "4"}


def test_nothing_is_applied_once_the_round_is_over(asked):
    upload = kept(asked.round, ["", "staff"], [asked.agency.key, "10"])
    Round.objects.update(status=RoundStatus.CLOSED)

    with pytest.raises(RoundOver):
        apply_prefill(upload, actor=upload.created_by, at=LATER)

    assert values() == {}


def test_a_draft_starts_with_the_values_and_their_source(asked):
    applied(asked.round, ["", "staff", "budget/oda/planned"], [asked.agency.key, "10", "2,5"])

    response = draft(asked)

    assert response.answers["staff"] == "10"
    assert response.answers["budget"] == {"oda": {"planned": "2.5"}}
    assert response.remarks["staff"] == {"origin": "upload"}
    (change,) = cell_history(response, "staff")
    assert (change.actor, change.channel, change.new["source"]) == (None, "prefill", "a.xlsx")


def test_the_task_list_knows_them_before_the_draft_starts(asked):
    applied(asked.round, ["", "staff"], [asked.agency.key, "10"])

    assert task_list(asked, at=NOW).state.answers["staff"] == "10"


def test_a_draft_takes_them_later_through_a_save_of_its_own(asked):
    response = draft(asked)
    upload = applied(asked.round, ["", "staff"], [asked.agency.key, "10"])

    assert filled(upload) == Filled(drafts=1, answers=1)

    (change,) = cell_history(response, "staff")
    assert (change.actor, change.channel) == (upload.created_by, "prefill")
    assert change.new == {
        "value": "10",
        "missing": "",
        "typed": "",
        "origin": "upload",
        "source": "a.xlsx",
    }


def test_applying_starts_the_filling_in_the_background(asked):
    response = draft(asked)
    applied(asked.round, ["", "staff"], [asked.agency.key, "10"])

    run_pending()

    assert answers(response)["staff"] == "10"
    job = Job.objects.get(task="surveys.responses.prefilling.tasks.fill_drafts")
    assert job.result == {"drafts": 1, "answers": 1}


def test_a_second_table_replaces_what_the_first_filled_in(asked):
    response, key = draft(asked), asked.agency.key
    filled(applied(asked.round, ["", "staff"], [key, "10"]))

    filled(applied(asked.round, ["", "staff"], [key, "11"]))

    assert answers(response)["staff"] == "11"


@pytest.mark.parametrize(
    "edit",
    [
        CellEdit("women", "4"),
        CellEdit("women", "bốn"),
        CellEdit("women", missing="KAD"),
    ],
    ids=["answered", "unreadable", "missing"],
)
def test_what_a_person_entered_stays(asked, edit):
    response = draft(asked)
    upload = applied(asked.round, ["", "women"], [asked.agency.key, "7"])
    save(response, "one", edit)
    before = Response.objects.get(pk=response.pk)

    assert filled(upload) == Filled(drafts=0, answers=0)

    after = Response.objects.get(pk=response.pk)
    assert (after.answers, after.remarks, after.typed) == (
        before.answers,
        before.remarks,
        before.typed,
    )


def test_what_a_person_emptied_stays_empty(asked):
    response = draft(asked)
    upload = applied(asked.round, ["", "staff"], [asked.agency.key, "10"])
    save(response, "one", CellEdit("staff", "4"))
    save(response, "two", CellEdit("staff", "", seen=seen("4")))

    assert filled(upload) == Filled(drafts=0, answers=0)
    assert "staff" not in answers(response)


def test_what_a_person_typed_over_is_not_filled_in_anew(asked):
    key = asked.agency.key
    applied(asked.round, ["", "staff"], [key, "10"])
    response = draft(asked)
    upload = applied(asked.round, ["", "staff"], [key, "11"])
    save(response, "one", CellEdit("staff", "12", seen=seen("10")))

    assert filled(upload) == Filled(drafts=0, answers=0)
    assert answers(response)["staff"] == "12"


@pytest.mark.parametrize(
    "status", [AssignmentStatus.AWAITING_SIGNATURE, AssignmentStatus.SUBMITTED]
)
def test_what_was_sent_or_signed_is_not_touched(asked, status):
    response = draft(asked)
    upload = applied(asked.round, ["", "staff"], [asked.agency.key, "10"])
    Assignment.objects.update(status=status)

    assert filled(upload) == Filled(drafts=0, answers=0)
    with pytest.raises(AnswersLocked):
        fill_draft(
            response.pk,
            values={"staff": PrefillValue.objects.get()},
            edit_id="x",
            actor=None,
            at=LATER,
        )


def test_nothing_is_filled_in_after_the_deadline(asked):
    response = draft(asked)
    upload = applied(asked.round, ["", "staff"], [asked.agency.key, "10"])
    Assignment.objects.update(due_at=NOW - timedelta(days=3))

    assert filled(upload) == Filled(drafts=0, answers=0)
    assert "staff" not in answers(response)


def test_of_a_returned_response_only_what_was_cited_is_filled_in(asked):
    response = draft(asked)
    upload = applied(asked.round, ["", "staff", "note"], [asked.agency.key, "10", "a"])
    Assignment.objects.update(status=AssignmentStatus.RETURNED)
    ResponseReturn.objects.create(
        response=response,
        at=NOW,
        actor=UserFactory(),
        reason="?",
        paths=[{"path": "note", "comment": ""}],
    )

    filled(upload)

    assert (answers(response)["note"], "staff" in answers(response)) == ("a", False)


def test_a_greyed_cell_stays_empty(asked):
    response = draft(asked)

    upload = applied(asked.round, ["", "budget/state/loan"], [asked.agency.key, "1"])

    assert filled(upload) == Filled(drafts=0, answers=0)
    assert "budget" not in answers(response)


def test_the_work_begun_again_does_nothing_twice(asked):
    draft(asked)
    upload = applied(asked.round, ["", "staff"], [asked.agency.key, "10"])
    filled(upload)

    assert filled(upload) == Filled(drafts=0, answers=0)
    assert AnswerChange.objects.filter(edit_id=f"prefill-{upload.pk.hex}").count() == 1


def test_a_draft_costs_as_many_queries_for_five_answers_as_for_one(asked):
    first = draft(asked)
    second = draft(AssignmentFactory.create(round=asked.round))
    head = ["", "staff", "women", "note", "budget/oda/planned", "budget/state/planned"]
    one = [first.assignment.agency.key, "1"]
    five = [second.assignment.agency.key, "1", "1", "a", "1", "1"]
    upload = applied(asked.round, head, one, five)

    def queries(response: Response) -> int:
        agency = response.assignment.agency
        stored = {each.path: each for each in PrefillValue.objects.filter(agency=agency)}
        with CaptureQueriesContext(connection) as captured:
            fill_draft(response.pk, values=stored, edit_id="x", actor=upload.created_by, at=LATER)
        return len(captured)

    queries_of_one = queries(first)  # and one for the form, which is read once

    # PostgreSQL is also asked to hold the round, and told of the change.
    assert queries(second) < queries_of_one <= 15

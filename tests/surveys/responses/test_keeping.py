"""Carrying over: proposed, confirmed unchanged, taken over and opened."""

import json
from dataclasses import replace

import pytest

from surveys.engine import Carry, Cell, Group, Question
from surveys.models import AnswerChange, Response
from surveys.responses.enums import Channel
from surveys.responses.previous import PreviousAnswers
from surveys.responses.queries import state_of
from surveys.responses.services import (
    CellEdit,
    LastRoundChanged,
    PathUnknown,
    SaveOutcome,
    SaveStatus,
    UnresolvedChecks,
    keep,
    send_for_signature,
    start,
    unlock,
)
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, open_assignment, save, seen
from tests.surveys.responses.rounds import CARRIED, followed, newer, signed, with_answers

pytestmark = pytest.mark.django_db

LAST = {
    "posts": "26",
    "model": "centre",
    "hired": "3",
    "head_office": "Số 5",
    "head_name": "An",
    "offices": [{"_id": "one", "address": "Số 5", "desks": "10"}],
    "servers": {"north": {"racks": "2", "faults": "7"}, "south": {"racks": "4"}},
}


@pytest.fixture
def response() -> Response:
    """A draft in the round after one in which everything was answered."""
    before = signed(with_answers(draft(open_assignment(CARRIED)), **LAST))
    return start(followed(before), actor=None, at=NOW)


def kept(response: Response, where: str, edit_id: str = "keep") -> SaveOutcome:
    basis = PreviousAnswers(response.assignment).basis
    return keep(response, where=where, basis=basis, edit_id=edit_id, actor=None, at=NOW)


def read(response: Response, path: str) -> Cell:
    response.refresh_from_db()
    return state_of(response, at=NOW).cell(path)


def test_a_draft_starts_with_what_is_structural_and_nothing_else(response):
    assert response.answers == {
        "head_office": "Số 5",
        "offices": [{"_id": "one", "address": "Số 5"}],
    }


def test_what_was_taken_over_stands_in_the_history_as_prefilled(response):
    change = AnswerChange.objects.get(response=response)

    blank = {"value": None, "missing": "", "typed": ""}
    carried = blank | {"value": "Số 5", "origin": "carried"}
    assert (change.channel, change.actor) == (Channel.PREFILL, None)
    assert change.changes == [
        ["head_office", blank, carried],
        ["offices/one/address", blank, carried],
    ]


def test_levels_are_proposed_and_flows_and_personal_data_are_not(response):
    assert state_of(response, at=NOW).proposals() == {
        "posts": "26",
        "model": "centre",
        "offices/one/desks": "10",
        "servers/north/racks": "2",
        "servers/south/racks": "4",
    }


def test_one_confirmed_cell_is_an_answer_that_says_it_was_confirmed(response):
    outcome = kept(response, "posts")

    assert outcome.status == SaveStatus.SAVED
    assert read(response, "posts") == Cell(value="26", origin="kept")
    assert response.changes.get(edit_id="keep").changes == [
        [
            "posts",
            {"value": None, "missing": "", "typed": ""},
            {"value": "26", "missing": "", "typed": "", "origin": "kept"},
        ]
    ]


def test_one_cell_of_a_table_is_confirmed_alone(response):
    kept(response, "servers/north/racks")

    assert response.changes.get(edit_id="keep").changes[0][0] == "servers/north/racks"
    assert read(response, "servers/south/racks").is_empty


def test_a_table_is_confirmed_in_one_act(response):
    kept(response, "servers")

    assert [change[0] for change in response.changes.get(edit_id="keep").changes] == [
        "servers/north/racks",
        "servers/south/racks",
    ]


def test_a_section_is_confirmed_in_one_act(response):
    kept(response, "staffing")

    response.refresh_from_db()
    assert response.remarks == {
        "head_office": {"origin": "carried"},
        "offices/one/address": {"origin": "carried"},
        "posts": {"origin": "kept"},
        "model": {"origin": "kept"},
    }


def test_confirming_again_under_the_same_edit_id_does_nothing_twice(response):
    kept(response, "posts")

    again = kept(response, "posts")

    assert again.repeated
    assert response.changes.filter(edit_id="keep").count() == 1


def test_what_a_colleague_typed_meanwhile_stays(response):
    save(response, "typed", CellEdit("posts", "27"))

    kept(response, "posts")

    assert read(response, "posts") == Cell(value="27")


def test_a_colleague_who_typed_against_a_confirmed_value_is_told(response):
    kept(response, "posts")

    outcome = save(response, "typed", CellEdit("posts", "27"))

    assert [(each.stored, each.yours) for each in outcome.conflicts] == [
        (Cell(value="26", origin="kept"), Cell(value="27"))
    ]


def test_typing_over_a_confirmed_value_is_an_edit_like_any_other(response):
    kept(response, "posts")

    save(response, "typed", CellEdit("posts", "27", seen("26")))

    assert read(response, "posts") == Cell(value="27")


def test_nothing_is_confirmed_against_a_last_round_that_was_not_seen(response):
    with pytest.raises(LastRoundChanged):
        keep(response, where="posts", basis="else", edit_id="keep", actor=None, at=NOW)

    assert read(response, "posts").is_empty


def test_an_unknown_place_has_nothing_to_confirm(response):
    with pytest.raises(PathUnknown):
        kept(response, "nowhere")


def test_sending_wants_required_levels_confirmed(response):
    with pytest.raises(UnresolvedChecks) as refusal:
        send_for_signature(response, actor=None, at=NOW)
    assert [(each.code, each.path) for each in refusal.value.problems] == [
        ("required_missing", "posts")
    ]

    kept(response, "posts")

    send_for_signature(response, actor=None, at=NOW)


def test_a_revision_tells_confirmed_from_typed(response):
    kept(response, "posts")
    save(response, "typed", CellEdit("model", "centre"))

    revision = json.loads(signed(response).revisions.get(kind="signed").canonical)

    assert revision["remarks"] == {
        "head_office": {"origin": "carried"},
        "offices/one/address": {"origin": "carried"},
        "posts": {"origin": "kept"},
    }


def test_what_was_taken_over_is_locked_until_somebody_opens_it(response):
    refused = save(response, "early", CellEdit("head_office", "Số 6", seen("Số 5")))
    assert [each.code for each in refused.refused] == ["cell_read_only"]

    unlock(response, path="head_office", edit_id="open", actor=None, at=NOW)
    saved = save(response, "late", CellEdit("head_office", "Số 6", seen("Số 5")))

    assert saved.status == SaveStatus.SAVED
    assert read(response, "head_office") == Cell(value="Số 6")
    same = {"value": "Số 5", "missing": "", "typed": ""}
    assert response.changes.get(edit_id="open").changes == [
        ["head_office", same | {"origin": "carried"}, same]
    ]


def test_what_was_renamed_is_carried_under_its_new_name():
    before = signed(with_answers(draft(open_assignment(CARRIED)), **LAST))
    version = newer(before, _renamed("posts", "posts_now", "head_office", "seat"))

    response = start(followed(before, version), actor=None, at=NOW)

    assert response.answers["seat"] == "Số 5"
    assert state_of(response, at=NOW).proposal("posts_now") == "26"


def test_a_missing_code_of_the_last_round_is_not_carried():
    before = draft(open_assignment(CARRIED))
    save(before, "code", CellEdit("posts", missing="CCSL"))

    response = start(followed(signed(before)), actor=None, at=NOW)

    assert (response.remarks, state_of(response, at=NOW).proposals()) == ({}, {})


def _renamed(*names: str):
    new = dict(zip(names[::2], names[1::2], strict=True))

    def told(question: Question) -> Question:
        if question.name not in new:
            return question
        return replace(question, name=new[question.name], successor_of=question.name)

    staffing, *others = CARRIED.children
    assert isinstance(staffing, Group)
    children = tuple(told(each) for each in staffing.children if isinstance(each, Question))
    assert Carry.STOCK in {each.carry for each in children}
    return replace(CARRIED, children=(replace(staffing, children=children), *others))

"""What the last round is worth: proposed, taken over, or only shown."""

from dataclasses import replace
from typing import Any

import pytest

from surveys.engine import (
    Carry,
    Cell,
    Form,
    FormState,
    Kind,
    MissingCode,
    Origin,
    Question,
    Repeat,
    Table,
    carried_start,
    under_new_names,
    value_before,
)
from tests.surveys.engine.factories import CONTEXT, form, integer, select, several, state, text

STOCK, FLOW, STRUCTURAL = Carry.STOCK, Carry.FLOW, Carry.STRUCTURAL


def after(
    compiled: Form, previous: dict[str, Any], answers: dict[str, Any] | None = None, **more: Any
) -> FormState:
    """A draft in a round that follows those answers."""
    return state(compiled, answers or {}, context=replace(CONTEXT, previous=previous), **more)


def test_a_level_is_proposed_and_is_no_answer():
    read = after(form(integer("n", carry=STOCK, required="yes")), {"n": "4"})

    assert read.proposal("n") == "4"
    assert read.value("n") is None
    assert [each.code for each in read.findings()] == ["required_missing"]


@pytest.mark.parametrize("carry", [FLOW, STRUCTURAL, None])
def test_nothing_else_is_proposed(carry):
    assert after(form(integer("n", carry=carry)), {"n": "4"}).proposal("n") is None


@pytest.mark.parametrize(
    "question",
    [
        text("q", carry=STOCK, personal_data=True),
        text("q", carry=STOCK, read_only="yes"),
        text("q", carry=STOCK, relevant="1 = 2"),
        Question(name="q", kind=Kind.FILE, carry=STOCK),
        Question(name="q", kind=Kind.ACKNOWLEDGE, carry=STOCK),
        Question(name="q", kind=Kind.TEXT, carry=STOCK, calculation="'b'", trigger="q"),
    ],
)
def test_what_is_private_locked_hidden_or_an_act_is_not_proposed(question):
    assert after(form(question), {"q": "a"}).proposal("q") is None


@pytest.mark.parametrize(
    ("remarks", "typed", "answers"),
    [
        ({"n": {"missing": "CCSL"}}, {}, {}),
        ({}, {"n": "bốn"}, {}),
        ({}, {}, {"n": "5"}),
    ],
)
def test_nothing_is_proposed_where_something_stands(remarks, typed, answers):
    compiled = form(integer("n", carry=STOCK, missing=(MissingCode.NOT_YET,)))

    read = after(compiled, {"n": "4"}, answers, remarks=remarks, typed=typed)

    assert read.proposal("n") is None


@pytest.mark.parametrize("before", ["ba", "2.5", ["4"], None])
def test_what_cannot_stand_in_this_round_is_not_proposed(before):
    assert after(form(integer("n", carry=STOCK)), {"n": before}).proposal("n") is None


def test_a_choice_that_is_gone_is_not_proposed():
    compiled = form(select("one", "yes_no", carry=STOCK), several("some", "colours", carry=STOCK))

    read = after(compiled, {"one": "maybe", "some": ["red", "black"]})

    assert read.proposals() == {}


def test_other_is_proposed_with_its_text():
    compiled = form(select("one", "yes_no", carry=STOCK, or_other=True))
    read = after(compiled, {"one": "other", "one_other": "sáp có"})

    read.set("one", Cell(value=read.proposal("one"), origin=Origin.KEPT))

    assert read.proposals() == {"one_other": "sáp có"}


GRIDS = form(
    Table(
        name="t",
        row_list="rows",
        closed="row() = 'south' and . = 'b'",
        columns=(integer("a", carry=STOCK), integer("b", carry=STOCK), integer("c", carry=FLOW)),
    ),
    Repeat(name="r", children=(text("place", carry=STRUCTURAL), integer("seats", carry=STOCK))),
)
LAST = {
    "t": {"north": {"a": "1", "b": "2", "c": "3"}, "south": {"a": "4", "b": "5"}},
    "r": [{"_id": "x", "place": "A", "seats": "10"}, {"_id": "y", "place": "B", "seats": "20"}],
}


def test_cells_of_tables_are_proposed_by_row_code_and_never_where_they_are_closed():
    assert after(GRIDS, LAST).proposals("t") == {
        "t/north/a": "1",
        "t/north/b": "2",
        "t/south/a": "4",
    }


def test_cells_of_repeats_are_proposed_by_the_identity_of_the_row():
    read = after(GRIDS, LAST, {"r": [{"_id": "new"}, {"_id": "y"}]})

    assert read.proposals("r") == {"r/y/seats": "20"}


def test_the_proposals_of_one_cell_are_its_own():
    assert after(GRIDS, LAST).proposals("t/north/b") == {"t/north/b": "2"}


def test_a_draft_starts_with_what_is_structural_and_with_its_rows():
    begun = carried_start(GRIDS, {}, replace(CONTEXT, previous=LAST))

    assert begun.answers == {"r": [{"_id": "x", "place": "A"}, {"_id": "y", "place": "B"}]}
    assert begun.remarks == {
        "r/x/place": {"origin": "carried"},
        "r/y/place": {"origin": "carried"},
    }


def test_what_a_draft_starts_with_anyway_is_not_overwritten():
    compiled = form(text("seat", carry=STRUCTURAL))

    begun = carried_start(compiled, {"seat": "mới"}, replace(CONTEXT, previous={"seat": "cũ"}))

    assert (begun.answers, begun.remarks) == ({"seat": "mới"}, {})


def test_what_was_taken_over_is_locked():
    read = after(
        form(text("seat", carry=STRUCTURAL)),
        {},
        {"seat": "cũ"},
        remarks={"seat": {"origin": "carried"}},
    )

    assert read.is_read_only("seat")


def test_what_lost_its_value_is_not_locked():
    read = after(
        form(text("seat", carry=STRUCTURAL)), {}, {}, remarks={"seat": {"origin": "carried"}}
    )

    assert not read.is_read_only("seat")


def test_typing_takes_the_origin_away():
    read = after(form(integer("n", carry=STOCK)), {"n": "4"})
    read.set("n", Cell(value="4", origin=Origin.KEPT))
    assert read.remarks == {"n": {"origin": "kept"}}

    read.set("n", Cell(value="5"))

    assert (read.cell("n"), read.remarks) == (Cell(value="5"), {})


def test_answers_of_an_earlier_version_stand_under_their_new_names():
    former = form(
        integer("staff"),
        select("one", "yes_no"),
        Table(name="t", row_list="rows", columns=(integer("a"), text("said"))),
        Repeat(name="r", children=(text("place"),)),
        integer("gone"),
    )
    now = form(
        integer("people", successor_of="staff"),
        text("one"),
        Table(name="t", row_list="rows", columns=(integer("b", successor_of="a"), integer("said"))),
        Repeat(name="r", children=(text("where", successor_of="place"),)),
    )
    answers = {
        "staff": "4",
        "one": "yes",
        "t": {"north": {"a": "1", "said": "x"}},
        "r": [{"_id": "x", "place": "A"}],
        "gone": "9",
    }

    assert under_new_names(answers, former, now) == {
        "people": "4",
        "t": {"north": {"b": "1"}},
        "r": [{"_id": "x", "where": "A"}],
    }


@pytest.mark.parametrize(
    ("path", "value"), [("t/south/a", "4"), ("r/y/seats", "20"), ("r/z/seats", None), ("q", None)]
)
def test_the_value_before_is_found_by_its_path(path, value):
    assert value_before(LAST, path) == value

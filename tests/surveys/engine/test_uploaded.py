"""What a table from outside may fill in."""

from typing import Any

import pytest

from surveys.engine import Kind, Question, Repeat, Table
from surveys.engine.uploaded import fillable_paths, fits, refusal_at, uploaded_start
from tests.surveys.engine.factories import (
    CONTEXT,
    calculate,
    choice_list,
    form,
    integer,
    select,
    text,
)

SOURCES = choice_list("sources", "state", "oda")
BUDGET = Table(
    name="budget",
    row_list="sources",
    columns=(integer("planned"), integer("loan")),
    closed="row() = 'state' and . = 'loan'",
)
FORM = form(
    integer("staff", read_only="yes"),
    calculate("double", "${staff} * 2"),
    text("head", personal_data=True),
    select("kind", "sources"),
    Question(name="paper", kind=Kind.FILE),
    Repeat(name="offices", children=(text("address"),)),
    BUDGET,
    lists={"sources": SOURCES},
)


@pytest.mark.parametrize("path", ["staff", "kind", "budget/oda/planned"])
def test_questions_and_cells_may_be_filled_in_even_where_they_are_only_read(path):
    assert refusal_at(FORM, path) is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nobody", "question_unknown"),
        ("budget", "question_unknown"),
        ("budget/sun/planned", "question_unknown"),
        ("planned", "question_unknown"),
        ("offices/r1/address", "in_repeat"),
        ("head", "personal_data"),
        ("double", "not_entered"),
        ("paper", "not_entered"),
    ],
)
def test_other_places_may_not(path, reason):
    assert refusal_at(FORM, path) == reason


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("staff", "12", True),
        ("staff", "12.5", False),
        ("staff", "twelve", False),
        ("staff", "", False),
        ("kind", "oda", True),
        ("kind", "moon", False),
        ("head", "Lan", False),
    ],
)
def test_a_value_fits_as_long_as_the_question_takes_it(path, value, expected):
    assert fits(FORM, path, value) is expected


def test_every_place_that_may_be_filled_in_is_listed():
    cells = [f"budget/{row}/{column}" for column in ("planned", "loan") for row in ("state", "oda")]

    assert sorted(fillable_paths(FORM)) == sorted(["staff", "kind", *cells])


def started(values: dict[str, Any], answers: dict[str, Any] | None = None) -> Any:
    """What a draft starts with."""
    return uploaded_start(FORM, answers or {}, values, CONTEXT)


def test_a_draft_starts_with_the_values_and_says_where_they_came_from():
    begun = started({"staff": "12", "budget/oda/planned": "3"}, {"staff": "1"})

    assert begun.answers == {"staff": "12", "budget": {"oda": {"planned": "3"}}}
    assert begun.remarks == {
        "staff": {"origin": "upload"},
        "budget/oda/planned": {"origin": "upload"},
    }


def test_what_does_not_fit_and_greyed_cells_are_left_out():
    begun = started({"kind": "moon", "gone": "1", "budget/state/loan": "3"})

    assert (begun.answers, begun.remarks) == ({}, {})

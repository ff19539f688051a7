"""Choice filters and lookups over long lists: the same answers as row by row, by index."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from surveys.engine import Choice, ChoiceList, Document, FormState
from surveys.engine.expressions import Names, Place, compile_expression
from surveys.engine.expressions.closures import NOWHERE
from surveys.engine.expressions.tables import ListTable
from tests.surveys.engine.factories import CONTEXT, calculate, form, integer, select, state, text

LONG = 10_000
COMMUNES = ChoiceList(
    "communes",
    tuple(
        Choice(f"c{i}", {"vi": f"Xã {i}"}, extra={"province": f"p{i % 100}", "rank": f"{i % 7}.0"})
        for i in range(LONG)
    ),
)
PROVINCES = ChoiceList("provinces", tuple(Choice(f"p{i}", {}) for i in range(100)))
LISTS = {"communes": COMMUNES, "provinces": PROVINCES}


def filtered(condition: str, **answers: Any) -> list[str]:
    """The communes on offer under a condition."""
    asked = (select("p", "provinces"), integer("n"), text("t"))
    found = form(*asked, select("c", "communes", choice_filter=condition), lists=LISTS)
    return [choice.name for choice in state(found, answers).choices("c")]


@pytest.mark.parametrize(
    ("condition", "answers", "row_by_row"),
    [
        ("province = ${p}", {"p": "p7"}, "concat(province, '') = ${p}"),
        ("${p} = province", {"p": "p7"}, "${p} = concat(province, '')"),
        ("rank = ${n}", {"n": "3"}, "number(rank) = ${n}"),
        ("province = ${p}", {}, "concat(province, '') = ${p}"),
        ("province = ${p} and rank = ${n}", {"p": "p7", "n": "3"}, "selected(${p}, province) and number(rank) = ${n}"),
        ("rank > 2 and province = ${p}", {"p": "p7"}, "rank > 2 and selected(${p}, province)"),
        ("province = ${p} or rank = ${n}", {"p": "p7", "n": "3"}, "rank = ${n} or selected(${p}, province)"),
        ("not(province = ${p})", {"p": "p7"}, "concat(province, '') != ${p}"),
        ("province = name", {}, "concat(province, '') = name"),
    ],
)  # fmt: skip
def test_an_indexed_filter_offers_what_the_condition_lets_through(condition, answers, row_by_row):
    assert filtered(condition, **answers) == filtered(row_by_row, **answers)


def test_a_filter_by_equality_offers_the_rows_in_the_order_of_the_list():
    assert filtered("province = ${p}", p="p7")[:3] == ["c7", "c107", "c207"]


def test_a_filter_by_equality_tries_only_the_rows_that_can_meet_it():
    names = Names({}, LISTS, {"communes": ListTable(COMMUNES, "vi")})
    rule = compile_expression("province = 'p7' and rank = 1", names, Place(list_name="communes"))

    assert rule.candidates is not None
    assert rule.candidates(NOWHERE) == tuple(range(7, LONG, 100))


def test_a_value_that_cannot_be_worked_out_leaves_nothing_on_offer():
    assert filtered("province = format-date(date(${t}), '%Y')", t="2026-02-30") == []


def reading(calculation: str) -> FormState:
    """500 questions that look one commune up each."""
    asked = (
        calculate(f"q{i}", calculation.replace("KEY", f"'c{LONG - 1 - i}'")) for i in range(500)
    )
    return FormState(form(*asked, lists=LISTS), answers={}, context=CONTEXT)


def counted(work: Callable[[], Document]) -> tuple[Document, int]:
    """What the work gives, and how many Python functions it called."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        found = work()
    finally:
        sys.setprofile(None)
    return found, calls


@pytest.mark.parametrize(
    "calculation",
    [
        "pulldata('communes', 'province', 'name', KEY)",
        "instance('communes')/root/item[name = KEY]/province",
        "instance('communes')/root/item[rank != 9 and name = KEY]/province",
    ],
)
def test_lookups_in_a_long_list_are_found_by_index(calculation):
    answers, calls = counted(reading(calculation).submission)

    assert answers["q0"] == "p99"
    # Row by row it would be more than a call for each of 500 times 10,000 rows.
    assert calls < 500_000


def test_a_lookup_of_a_blank_key_is_blank():
    found = form(
        text("k"), calculate("v", "pulldata('communes', 'rank', 'name', ${k})"), lists=LISTS
    )

    assert state(found).value("v") is None


def test_or_other_offers_other_after_the_list():
    asked = form(select("p", "provinces", or_other=True), lists=LISTS)

    assert state(asked).choices("p")[-1] == Choice("other", {"vi": "Khác", "en": "Other"})


@pytest.mark.parametrize("typed", ["other", "Khác", "other".title()])
def test_other_is_read_by_its_code_or_label(typed):
    asked = form(select("p", "provinces", or_other=True), lists=LISTS)

    assert state(asked).read_input("p", typed).value == "other"


def test_a_list_that_has_other_itself_offers_it_once():
    own = ChoiceList("own", (Choice("other", {"vi": "Cơ quan khác"}),))
    asked = form(select("p", "own", or_other=True), lists={"own": own})

    assert state(asked).choices("p") == own.choices

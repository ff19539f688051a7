"""Lookup tables that are attached to a questionnaire: their text, their problems, their changes."""

from typing import Any

import pytest

from surveys.engine import (
    Change,
    DataTable,
    Definition,
    Severity,
    TableMalformed,
    columns_of,
    compile_definition,
    data_table,
    diff,
    digest,
    rows_of,
)
from surveys.engine.quality import review
from tests.surveys.engine.factories import calculate, choice_list, definition, state, text

PRICES = data_table(
    "prices", ("item", "price"), [("rice", "12.5"), ('a "b"', "x,\ny"), ("rice", "13")]
)
CALCULATION = "pulldata('prices', 'price', 'item', ${item})"


def priced(calculation: str = CALCULATION, **attributes: Any) -> Definition:
    attributes = {"tables": {"prices": PRICES}, **attributes}
    return definition(text("item"), calculate("price", calculation), **attributes)


def problems_of(built: Definition) -> list[tuple[str, str, str]]:
    found = compile_definition(built).problems
    return [(problem.code, problem.name, problem.severity.value) for problem in found]


def test_the_text_of_a_table_gives_its_columns_and_rows_back():
    assert columns_of(PRICES) == ("item", "price")
    assert rows_of(PRICES) == [["rice", "12.5"], ['a "b"', "x,\ny"], ["rice", "13"]]


def test_equal_contents_have_one_digest():
    again = data_table("other", ["item", "price"], [*map(tuple, rows_of(PRICES))])

    assert digest(again) == digest(PRICES)


@pytest.mark.parametrize("written", ["", "a,a\n1,2\n", "a,\n1,2\n", "a,b\n1\n", 'a\n"1\n'])
def test_a_text_that_is_no_table_is_refused(written: str):
    with pytest.raises(TableMalformed):
        rows_of(DataTable("t", written))


def test_the_first_row_with_the_key_gives_the_value():
    form = compile_definition(priced())

    assert state(form, {"item": "rice"}).value("price") == "12.5"


def test_a_key_that_no_row_has_gives_blank():
    form = compile_definition(priced())

    assert state(form, {"item": "salt"}).value("price") is None


def test_an_instance_lookup_reads_a_table_too():
    form = compile_definition(priced("instance('prices')/root/item[item = ${item}]/price"))

    assert state(form, {"item": "rice"}).value("price") == "12.5"


def test_a_key_of_a_table_that_is_not_unique_is_a_warning():
    assert problems_of(priced()) == [("key_repeated", "price", Severity.WARNING)]


@pytest.mark.parametrize(
    ("calculation", "code", "near"),
    [
        ("pulldata('price', 'price', 'item', ${item})", "table_unknown", "prices"),
        ("pulldata('prices', 'prize', 'item', ${item})", "column_unknown", "price"),
        ("pulldata('prices', 'price', 'itm', ${item})", "column_unknown", "item"),
        ("instance('prices')/root/item[itm = ${item}]/price", "column_unknown", "item"),
    ],
)
def test_an_unknown_table_or_column_is_a_problem_with_the_nearest_name(calculation, code, near):
    (problem,) = compile_definition(priced(calculation)).problems

    assert (problem.code, problem.severity) == (code, Severity.ERROR)
    assert f"Did you mean {near}?" in problem.advice


@pytest.mark.parametrize(
    ("tables", "lists", "expected"),
    [
        ({"bảng": PRICES}, {}, ["name_invalid"]),
        ({"a" * 25: PRICES}, {}, ["name_invalid"]),
        ({"colours": PRICES}, {"colours": choice_list("colours", "red")}, ["name_repeated"]),
        ({"t": PRICES, "T": PRICES}, {}, ["name_repeated", "name_repeated"]),
        ({"t": DataTable("t", "")}, {}, ["table_malformed"]),
    ],
)
def test_a_table_that_cannot_stand_in_a_file_is_a_problem(tables, lists, expected):
    found = compile_definition(definition(text("a"), tables=tables, lists=lists)).problems

    assert [problem.code for problem in found] == expected


def test_a_table_that_nothing_reads_is_a_remark_of_the_quality_check():
    form = compile_definition(definition(text("a"), tables={"prices": PRICES}))

    assert "table_unused" in [problem.code for problem in review(form).problems]


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    return [(c.what.value, c.place, c.change_class.value, c.fate.value, c.touches) for c in changes]


def test_a_changed_table_has_what_it_computes_looked_at():
    dearer = data_table("prices", ("item", "price"), [("rice", "14")])

    changes = diff(priced(), priced(tables={"prices": dearer}))

    assert told(changes) == [("changed", "tables.prices", "compatible", "review", ("price",))]
    assert (changes[0].old, changes[0].new) == (digest(PRICES), digest(dearer))


def test_a_table_that_comes_or_goes_changes_nothing_by_itself():
    without, attached = priced(tables={}), priced()

    assert told(diff(without, attached)) == [("added", "tables.prices", "cosmetic", "kept", ())]
    assert told(diff(attached, without)) == [("removed", "tables.prices", "cosmetic", "kept", ())]

"""Answers taken over from one definition to another: a table of types, and the places."""

from dataclasses import replace
from typing import Any

import pytest

from surveys.engine import (
    Cell,
    Documents,
    Element,
    Fate,
    Group,
    Kind,
    Migration,
    MissingCode,
    Question,
    Repeat,
    Table,
    compile_definition,
    migrate,
)
from tests.surveys.engine.factories import choice_list, definition, integer, select, text


def moved(
    old: tuple[Element, ...] | Element,
    new: tuple[Element, ...] | Element,
    answers: dict[str, Any],
    **others: Any,
) -> Migration:
    before = old if isinstance(old, tuple) else (old,)
    after = new if isinstance(new, tuple) else (new,)
    documents = Documents(answers, others.get("remarks", {}), others.get("typed", {}))
    return migrate(
        compile_definition(definition(*before)),
        compile_definition(definition(*after, **others.get("attributes", {}))),
        documents,
        starting=others.get("starting", {}),
    )


def asked(kind: Kind, **attributes: Any) -> Question:
    return Question(name="q", kind=kind, list_name="yes_no", **attributes)


K = Kind
TYPES = [
    (K.INTEGER, K.INTEGER, "5", Cell("5"), Fate.KEPT),
    (K.INTEGER, K.DECIMAL, "5", Cell("5"), Fate.KEPT),
    (K.DECIMAL, K.INTEGER, "1234.000", Cell("1234.000"), Fate.KEPT),
    (K.DECIMAL, K.INTEGER, "1234.567", Cell(typed="1.234,567"), Fate.REVIEW),
    (K.RANGE, K.DECIMAL, "1.5", Cell("1.5"), Fate.KEPT),
    (K.INTEGER, K.TEXT, "1234", Cell("1234"), Fate.KEPT),
    (K.TEXT, K.INTEGER, "1.234", Cell("1234"), Fate.CONVERTED),
    (K.TEXT, K.INTEGER, "khoảng 5", Cell(typed="khoảng 5"), Fate.REVIEW),
    (K.TEXT, K.DATE, "25/12/2026", Cell("2026-12-25"), Fate.CONVERTED),
    (K.TEXT, K.SELECT_ONE, "Nhãn yes", Cell("yes"), Fate.CONVERTED),
    (K.TEXT, K.SELECT_ONE, "có lẽ", Cell(typed="có lẽ"), Fate.REVIEW),
    (K.SELECT_ONE, K.TEXT, "yes", Cell("Nhãn yes"), Fate.CONVERTED),
    (K.SELECT_ONE, K.SELECT_MULTIPLE, "yes", Cell(["yes"]), Fate.CONVERTED),
    (K.SELECT_MULTIPLE, K.SELECT_ONE, ["no"], Cell("no"), Fate.CONVERTED),
    (K.SELECT_MULTIPLE, K.SELECT_ONE, ["yes", "no"], Cell(typed="yes, no"), Fate.REVIEW),
    (K.SELECT_MULTIPLE, K.TEXT, ["yes", "no"], Cell("Nhãn yes, Nhãn no"), Fate.CONVERTED),
    (K.RANK, K.SELECT_MULTIPLE, ["no", "yes"], Cell(["no", "yes"]), Fate.KEPT),
    (K.DATETIME, K.DATE, "2026-12-25T09:30:00", Cell("2026-12-25"), Fate.CONVERTED),
    (K.DATE, K.TEXT, "2026-12-25", Cell("2026-12-25"), Fate.KEPT),
    (K.DATE, K.INTEGER, "2026-12-25", Cell(typed="2026-12-25"), Fate.REVIEW),
    (K.IMAGE, K.FILE, ["a.png"], Cell(["a.png"]), Fate.KEPT),
    (K.TEXT, K.FILE, "a", Cell(), Fate.DROPPED),
    (K.TEXT, K.NOTE, "a", Cell(), Fate.DROPPED),
]


@pytest.mark.parametrize(("old", "new", "value", "cell", "fate"), TYPES)
def test_an_answer_under_another_type(old: Kind, new: Kind, value: Any, cell: Cell, fate: Fate):
    found = moved(asked(old), asked(new), {"q": value})

    (told,) = found.cells
    assert (told.new, told.fate) == (cell, fate)
    assert found.answers == ({} if cell.value is None else {"q": cell.value})
    assert found.typed == ({"q": cell.typed} if cell.typed else {})


def test_a_day_becomes_its_midnight():
    found = moved(asked(K.DATE), asked(K.DATETIME), {"q": "2026-12-25"})

    assert found.answers["q"].startswith("2026-12-25T00:00")


def test_text_that_could_not_be_read_is_read_again_in_the_new_type():
    found = moved(integer("q"), text("q"), {}, typed={"q": "khoảng 5"})

    assert (found.answers, found.typed, found.cells[0].fate) == (
        {"q": "khoảng 5"},
        {},
        Fate.CONVERTED,
    )


@pytest.mark.parametrize(
    ("offered", "remarks", "fate"),
    [
        ((MissingCode.NOT_YET,), {"q": {"missing": "CCSL", "reason": "r"}}, Fate.KEPT),
        ((), {}, Fate.DROPPED),
    ],
)
def test_a_missing_code_stays_where_the_question_still_offers_it(
    offered: tuple[MissingCode, ...], remarks: dict[str, Any], fate: Fate
):
    old = integer("q", missing=(MissingCode.NOT_YET,))

    found = moved(
        old,
        integer("q", missing=offered),
        {},
        remarks={"q": {"missing": "CCSL", "reason": "r"}},
    )

    assert (found.remarks, found.cells[0].fate) == (remarks, fate)


def test_a_renamed_question_takes_its_answer_and_its_remark_along():
    found = moved(
        integer("old"),
        integer("q", successor_of="old"),
        {"old": "5"},
        remarks={"old": {"explanation": "vì"}},
    )

    assert (found.answers, found.remarks) == ({"q": "5"}, {"q": {"explanation": "vì"}})
    assert [(c.path, c.to, c.fate) for c in found.cells] == [("old", "q", Fate.CONVERTED)]


def test_a_question_that_moves_to_another_section_keeps_its_answer():
    found = moved(
        Group(name="g", children=(integer("q"),)),
        (Group(name="g"), Group(name="h", children=(integer("q"),))),
        {"q": "5"},
    )

    assert (found.answers, found.paths(Fate.KEPT)) == ({"q": "5"}, ("q",))


@pytest.mark.parametrize(
    "new",
    [
        (),
        Repeat(name="r", children=(integer("q"),)),
        integer("q", calculation="1"),
        Repeat(name="q"),
    ],
)
def test_an_answer_without_a_place_is_dropped_and_told(new: Any):
    found = moved(integer("q"), new, {"q": "5"})

    assert (found.answers, found.cells[0].fate, found.cells[0].old) == (
        {},
        Fate.DROPPED,
        Cell("5"),
    )


CHOICES = [
    (select("q", "l"), "b", {}, Fate.DROPPED),
    (select("q", "l"), "a", {"q": "a"}, Fate.KEPT),
    (asked(K.SELECT_MULTIPLE), ["a", "b"], {"q": ["a"]}, Fate.CONVERTED),
    (asked(K.SELECT_MULTIPLE), ["b"], {}, Fate.DROPPED),
]


@pytest.mark.parametrize(("question", "value", "answers", "fate"), CHOICES)
def test_a_choice_that_is_gone_takes_its_answers_with_it(
    question: Question, value: Any, answers: dict[str, Any], fate: Fate
):
    question = replace(question, list_name="l")
    before = compile_definition(definition(question, lists={"l": choice_list("l", "a", "b")}))
    after = compile_definition(definition(question, lists={"l": choice_list("l", "a")}))

    found = migrate(before, after, Documents({"q": value}, {}, {}), starting={})

    assert (found.answers, found.cells[0].fate) == (answers, fate)


def people(*children: Element) -> Repeat:
    return Repeat(name="people", children=children)


ROWS = {"people": [{"_id": "r1", "who": "An", "age": "30"}, {"_id": "r2", "who": "Bình"}]}


def test_rows_keep_their_ids_and_order_and_lose_what_is_gone():
    found = moved(people(text("who"), integer("age")), people(text("who")), ROWS)

    assert found.answers == {"people": [{"_id": "r1", "who": "An"}, {"_id": "r2", "who": "Bình"}]}
    assert found.paths(Fate.DROPPED) == ("people/r1/age",)


def test_the_cells_of_a_repeat_that_is_gone_are_all_told():
    found = moved(people(text("who")), (), ROWS)

    assert found.answers == {}
    assert found.paths(Fate.DROPPED) == ("people/r1/who", "people/r1/age", "people/r2/who")


def test_cells_of_a_table_stay_by_row_and_column():
    table = Table(name="t", row_list="rows", columns=(integer("a"), integer("b")))
    answers = {"t": {"north": {"a": "1", "b": "2"}, "south": {"a": "3"}}}
    lists = {"rows": choice_list("rows", "north")}

    found = moved(
        table,
        replace(table, columns=(integer("c", successor_of="a"),)),
        answers,
        attributes={"lists": lists},
    )

    assert found.answers == {"t": {"north": {"c": "1"}}}
    assert found.paths(Fate.DROPPED) == ("t/north/b", "t/south/a")


def test_a_new_question_starts_with_its_default_and_others_do_not():
    found = moved(integer("a"), (integer("a"), integer("b")), {}, starting={"a": "1", "b": "2"})

    assert found.answers == {"b": "2"}


def test_a_new_question_of_a_row_starts_with_its_default_where_the_row_is():
    starting = {"r": [{"_id": "x", "b": "5"}, {"_id": "w", "b": "6"}]}

    found = moved(
        Repeat(name="r", children=(integer("a"),)),
        Repeat(name="r", children=(integer("a"), integer("b"))),
        {"r": [{"_id": "x", "a": "1"}, {"_id": "y", "a": "2"}]},
        starting=starting,
    )

    assert found.answers == {"r": [{"_id": "x", "a": "1", "b": "5"}, {"_id": "y", "a": "2"}]}


def test_the_remark_of_a_table_stays_with_it():
    table = Table(name="t", row_list="rows", columns=(integer("a"),))
    remarks = {"t": {"explanation": "vì"}}

    found = moved(table, table, {}, remarks=remarks)

    assert (found.remarks, found.cells) == (remarks, ())


def test_an_explanation_that_loses_its_question_is_told():
    found = moved(integer("q"), (), {}, remarks={"q": {"explanation": "vì"}})

    assert [(c.fate, c.remark) for c in found.cells] == [(Fate.DROPPED, {"explanation": "vì"})]


def test_the_documents_that_are_given_stay_as_they_are():
    answers = {"people": [{"_id": "r1", "who": "An"}]}

    moved(people(text("who")), people(text("who")), answers)

    assert answers == {"people": [{"_id": "r1", "who": "An"}]}

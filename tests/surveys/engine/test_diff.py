"""What differs between two definitions: one table, one line for each kind of change."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from surveys.engine import (
    Choice,
    ChoiceList,
    Definition,
    Element,
    EvidenceNeed,
    Group,
    Indicator,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
    broken_names,
    diff,
)
from tests.surveys.engine.factories import (
    calculate,
    choice_list,
    definition,
    integer,
    select,
    several,
    text,
)

Told = tuple[str, str, str, str, str]


def told(old: Definition, new: Definition) -> list[Told]:
    """Each change as (what, place, aspect, class, fate)."""
    return [
        (c.what.value, c.place, c.aspect, c.change_class.value, c.fate.value)
        for c in diff(old, new)
    ]


def of(old: Element, new: Element) -> list[Told]:
    return told(definition(old), definition(new))


def asked(kind: Kind, **attributes: Any) -> Question:
    return Question(name="q", kind=kind, list_name="yes_no", **attributes)


def budget(*columns: Question, row_list: str = "rows", **attributes: Any) -> Table:
    return Table(name="budget", row_list=row_list, columns=columns, **attributes)


def people(*children: Element, **attributes: Any) -> Repeat:
    return Repeat(name="people", children=children, **attributes)


def group(name: str, *children: Element, **attributes: Any) -> Group:
    return Group(name=name, children=children, **attributes)


FIELDS = [
    ({}, {"label": {"vi": "Nhãn"}}, "label", "cosmetic", "kept"),
    ({"hint": {"en": "Old"}}, {"hint": {"en": "New"}}, "hint", "cosmetic", "kept"),
    ({"number": "A1"}, {"number": "A2"}, "number", "cosmetic", "kept"),
    ({}, {"appearance": "w1"}, "appearance", "cosmetic", "kept"),
    ({}, {"constraint_message": {"vi": "Sai"}}, "constraint_message", "cosmetic", "kept"),
    ({}, {"required": "yes"}, "required", "compatible", "review"),
    ({"required": "yes"}, {}, "required", "compatible", "kept"),
    ({}, {"constraint": ". > 0"}, "constraint", "compatible", "review"),
    ({"constraint": ". > 0"}, {"constraint": ". > 1"}, "constraint", "compatible", "review"),
    ({"constraint": ". > 0"}, {}, "constraint", "compatible", "kept"),
    ({}, {"warning": ". > 0"}, "warning", "compatible", "review"),
    ({"warning": ". > 0"}, {"warning": ". > 1"}, "warning", "compatible", "review"),
    ({"warning": ". > 0"}, {}, "warning", "compatible", "kept"),
    ({}, {"guidance": {"vi": "Xem"}}, "guidance", "cosmetic", "kept"),
    ({}, {"required_message": {"vi": "Cần"}}, "required_message", "cosmetic", "kept"),
    ({}, {"warning_message": {"vi": "Xem"}}, "warning_message", "cosmetic", "kept"),
    ({"choice_filter": "1 = 1"}, {}, "choice_filter", "compatible", "kept"),
    ({}, {"choice_filter": "1 = 1"}, "choice_filter", "compatible", "review"),
    ({"relevant": "1 = 1"}, {}, "relevant", "compatible", "review"),
    ({"unit": {"vi": "người"}}, {}, "unit", "compatible", "kept"),
    ({"personal_data": True}, {}, "personal_data", "compatible", "review"),
    ({"parameters": {"end": "10"}}, {}, "parameters", "compatible", "review"),
    (
        {"parameters": {"end": "10"}},
        {"parameters": {"end": "9"}},
        "parameters",
        "compatible",
        "review",
    ),
    ({"evidence": EvidenceNeed.REQUIRED}, {}, "evidence", "compatible", "kept"),
    ({"read_only": "yes"}, {}, "read_only", "compatible", "kept"),
    ({}, {"relevant": "true()"}, "relevant", "compatible", "review"),
    ({"relevant": "1 = 1"}, {"relevant": "2 = 2"}, "relevant", "compatible", "review"),
    ({"calculation": "1"}, {"calculation": "2"}, "calculation", "compatible", "converted"),
    ({}, {"calculation": "2"}, "calculation", "breaking", "dropped"),
    ({"calculation": "2"}, {}, "calculation", "compatible", "review"),
    (
        {"trigger": "${b}"},
        {"trigger": "${b}", "calculation": "2"},
        "calculation",
        "compatible",
        "kept",
    ),
    ({}, {"read_only": "yes"}, "read_only", "compatible", "kept"),
    ({}, {"default": "1"}, "default", "compatible", "kept"),
    ({}, {"unit": {"vi": "người"}}, "unit", "compatible", "kept"),
    ({"unit": {"vi": "triệu đồng"}}, {"unit": {"vi": "tỷ đồng"}}, "unit", "breaking", "review"),
    ({"unit": {"en": "person"}}, {"unit": {"en": "persons"}}, "unit", "cosmetic", "kept"),
    ({}, {"indicator": "T1"}, "indicator", "compatible", "kept"),
    ({}, {"evidence": EvidenceNeed.REQUIRED}, "evidence", "compatible", "review"),
    ({}, {"evidence": EvidenceNeed.OPTIONAL}, "evidence", "compatible", "kept"),
    ({}, {"missing": (MissingCode.NOT_YET,)}, "missing", "compatible", "kept"),
    ({"missing": (MissingCode.NOT_YET,)}, {}, "missing", "breaking", "dropped"),
    ({}, {"personal_data": True}, "personal_data", "compatible", "review"),
    ({}, {"or_other": True}, "or_other", "compatible", "kept"),
    ({"or_other": True}, {}, "or_other", "breaking", "dropped"),
    ({}, {"parameters": {"end": "10"}}, "parameters", "compatible", "review"),
    ({}, {"parameters": {"prefill": "agency_name"}}, "parameters", "compatible", "kept"),
]


@pytest.mark.parametrize(("old", "new", "aspect", "change_class", "fate"), FIELDS)
def test_a_changed_field_of_a_question(
    old: dict[str, Any], new: dict[str, Any], aspect: str, change_class: str, fate: str
):
    before, after = integer("q", **old), integer("q", **new)

    assert of(before, after) == [("changed", "q", aspect, change_class, fate)]


KINDS = [
    (Kind.INTEGER, Kind.DECIMAL, "compatible", "kept"),
    (Kind.RANGE, Kind.DECIMAL, "compatible", "kept"),
    (Kind.DECIMAL, Kind.INTEGER, "breaking", "review"),
    (Kind.TEXT, Kind.INTEGER, "breaking", "review"),
    (Kind.INTEGER, Kind.TEXT, "breaking", "converted"),
    (Kind.SELECT_ONE, Kind.TEXT, "breaking", "converted"),
    (Kind.TEXT, Kind.SELECT_ONE, "breaking", "review"),
    (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, "compatible", "converted"),
    (Kind.SELECT_MULTIPLE, Kind.SELECT_ONE, "breaking", "review"),
    (Kind.RANK, Kind.SELECT_MULTIPLE, "breaking", "converted"),
    (Kind.DATE, Kind.DATETIME, "compatible", "converted"),
    (Kind.DATETIME, Kind.DATE, "breaking", "converted"),
    (Kind.TEXT, Kind.HIDDEN, "compatible", "kept"),
    (Kind.TEXT, Kind.NOTE, "breaking", "dropped"),
    (Kind.TEXT, Kind.CALCULATE, "breaking", "dropped"),
    (Kind.CALCULATE, Kind.INTEGER, "compatible", "review"),
    (Kind.NOTE, Kind.TEXT, "compatible", "review"),
    (Kind.TEXT, Kind.FILE, "breaking", "dropped"),
    (Kind.IMAGE, Kind.FILE, "compatible", "kept"),
    (Kind.DATE, Kind.INTEGER, "breaking", "review"),
    (Kind.RANGE, Kind.INTEGER, "breaking", "review"),
    (Kind.INTEGER, Kind.RANGE, "breaking", "review"),
    (Kind.DECIMAL, Kind.TEXT, "breaking", "converted"),
    (Kind.SELECT_MULTIPLE, Kind.TEXT, "breaking", "converted"),
    (Kind.RANK, Kind.TEXT, "breaking", "converted"),
    (Kind.DATE, Kind.TEXT, "breaking", "converted"),
    (Kind.TIME, Kind.TEXT, "breaking", "converted"),
    (Kind.DATETIME, Kind.TEXT, "breaking", "converted"),
    (Kind.ACKNOWLEDGE, Kind.TEXT, "breaking", "converted"),
    (Kind.RANK, Kind.SELECT_ONE, "breaking", "review"),
    (Kind.SELECT_MULTIPLE, Kind.RANK, "breaking", "review"),
    (Kind.HIDDEN, Kind.TEXT, "compatible", "kept"),
    (Kind.FILE, Kind.IMAGE, "breaking", "review"),
    (Kind.FILE, Kind.TEXT, "breaking", "dropped"),
    (Kind.FILE, Kind.NOTE, "breaking", "dropped"),
    (Kind.CALCULATE, Kind.FILE, "compatible", "review"),
    (Kind.NOTE, Kind.CALCULATE, "compatible", "kept"),
    (Kind.CALCULATE, Kind.NOTE, "breaking", "dropped"),
    (Kind.TIME, Kind.DATE, "breaking", "review"),
]


@pytest.mark.parametrize(("old", "new", "change_class", "fate"), KINDS)
def test_a_changed_type(old: Kind, new: Kind, change_class: str, fate: str):
    assert of(asked(old), asked(new)) == [("changed", "q", "kind", change_class, fate)]


PLACES = [
    ((), (integer("q"),), [("added", "q", "element", "compatible", "kept")]),
    ((), (integer("q", required="yes"),), [("added", "q", "element", "compatible", "review")]),
    ((), (Question(name="q", kind=Kind.NOTE),), [("added", "q", "element", "cosmetic", "kept")]),
    ((integer("q"),), (), [("removed", "q", "element", "breaking", "dropped")]),
    ((Question(name="q", kind=Kind.NOTE),), (), [("removed", "q", "element", "cosmetic", "kept")]),
    ((calculate("q", "1"),), (), [("removed", "q", "element", "breaking", "dropped")]),
    (
        (integer("old"),),
        (integer("q", successor_of="old"),),
        [
            ("renamed", "q", "element", "compatible", "converted"),
            ("changed", "q", "successor_of", "cosmetic", "kept"),
        ],
    ),
    (
        (integer("old"),),
        (integer("old"), integer("q", successor_of="old")),
        [("added", "q", "element", "compatible", "kept")],
    ),
    (
        (integer("old"),),
        (text("q", successor_of="old"),),
        [
            ("renamed", "q", "element", "compatible", "converted"),
            ("changed", "q", "kind", "breaking", "converted"),
            ("changed", "q", "successor_of", "cosmetic", "kept"),
        ],
    ),
    (
        (integer("a"), integer("b"), integer("c")),
        (integer("c"), integer("a"), integer("b")),
        [("moved", "c", "order", "cosmetic", "kept")],
    ),
    (
        (group("g", integer("q")), group("h")),
        (group("g"), group("h", integer("q"))),
        [("moved", "q", "parent", "cosmetic", "kept")],
    ),
    (
        (group("g", integer("q")), group("h", relevant="1 = 1")),
        (group("g"), group("h", integer("q"), relevant="1 = 1")),
        [("moved", "q", "parent", "compatible", "review")],
    ),
    (
        (integer("q"), people()),
        (people(integer("q")),),
        [("moved", "q", "owner", "breaking", "dropped")],
    ),
    ((people(integer("q")),), (), [("removed", "people", "element", "breaking", "dropped")]),
    ((), (people(integer("q")),), [("added", "people", "element", "compatible", "kept")]),
    ((group("g"),), (), [("removed", "g", "element", "cosmetic", "kept")]),
    (
        (group("g", integer("q")),),
        (integer("q"),),
        [
            ("moved", "q", "parent", "cosmetic", "kept"),
            ("removed", "g", "element", "cosmetic", "kept"),
        ],
    ),
    ((integer("q"),), (Repeat(name="q"),), [("changed", "q", "type", "breaking", "dropped")]),
    (
        (budget(integer("a")),),
        (budget(integer("a"), integer("b")),),
        [("added", "b", "element", "compatible", "kept")],
    ),
    (
        (budget(integer("a"), integer("b")),),
        (budget(integer("a")),),
        [("removed", "b", "element", "breaking", "dropped")],
    ),
    (
        (budget(integer("a")),),
        (budget(integer("b", successor_of="a")),),
        [
            ("renamed", "b", "element", "compatible", "converted"),
            ("changed", "b", "successor_of", "cosmetic", "kept"),
        ],
    ),
    (
        (budget(),),
        (budget(closed="row() = 'north'"),),
        [("changed", "budget", "closed", "compatible", "review")],
    ),
    (
        (people(repeat_count="2"),),
        (people(repeat_count="3"),),
        [("changed", "people", "repeat_count", "compatible", "review")],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), PLACES)
def test_an_element_comes_goes_moves_or_is_renamed(
    old: tuple[Element, ...], new: tuple[Element, ...], expected: list[Told]
):
    assert told(definition(*old), definition(*new)) == expected


def lists(*codes: str, name: str = "l", **others: ChoiceList) -> dict[str, ChoiceList]:
    return {name: choice_list(name, *codes), **others}


def test_a_removed_choice_breaks_the_questions_that_use_it_and_names_them():
    asked = (select("one", "l"), several("many", "l"), select("other", "m"))
    old = definition(*asked, lists=lists("a", "b", m=choice_list("m", "x")))
    new = definition(*asked, lists=lists("a", m=choice_list("m", "x")))

    (change,) = diff(old, new)

    assert (change.place, change.aspect, change.old, change.touches) == (
        "lists.l/b",
        "choice",
        "b",
        ("one", "many"),
    )
    assert (change.change_class, change.fate) == ("breaking", "dropped")


LISTS = [
    (lists("a"), lists("a", "b"), [("added", "lists.l/b", "choice", "compatible", "kept")]),
    (lists("a", "b"), lists("b", "a"), [("moved", "lists.l", "order", "cosmetic", "kept")]),
    (
        {"l": ChoiceList("l", (Choice("a", {"vi": "A"}),))},
        {"l": ChoiceList("l", (Choice("a", {"vi": "Á"}),))},
        [("changed", "lists.l/a", "label", "cosmetic", "kept")],
    ),
    (
        {"l": ChoiceList("l", (Choice("a", {}, score="1"),))},
        {"l": ChoiceList("l", (Choice("a", {}, score="2"),))},
        [("changed", "lists.l/a", "score", "compatible", "kept")],
    ),
    (
        {"l": ChoiceList("l", (Choice("a", {}, extra={"region": "1"}),))},
        {"l": ChoiceList("l", (Choice("a", {}, extra={"region": "2"}),))},
        [("changed", "lists.l/a", "extra", "compatible", "review")],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), LISTS)
def test_a_changed_list_of_a_question(
    old: dict[str, ChoiceList], new: dict[str, ChoiceList], expected: list[Told]
):
    question = select("q", "l")

    assert told(definition(question, lists=old), definition(question, lists=new)) == expected


def test_a_choice_of_a_list_that_nobody_uses_concerns_no_answer():
    old, new = definition(lists=lists("a", "b")), definition(lists=lists("a"))

    assert told(old, new) == [("removed", "lists.l/b", "choice", "cosmetic", "kept")]


@pytest.mark.parametrize(
    ("codes", "change_class", "fate", "detail"),
    [
        (("a", "b"), "cosmetic", "kept", ""),
        (("a", "b", "c"), "compatible", "kept", ""),
        (("a",), "breaking", "dropped", "b"),
    ],
)
def test_a_question_takes_its_choices_from_another_list(
    codes: tuple[str, ...], change_class: str, fate: str, detail: str
):
    both = {"l": choice_list("l", "a", "b"), "m": choice_list("m", *codes)}

    (change,) = diff(
        definition(select("q", "l"), lists=both), definition(select("q", "m"), lists=both)
    )

    assert (change.aspect, change.change_class, change.fate, change.detail) == (
        "list_name",
        change_class,
        fate,
        detail,
    )


def test_rows_of_a_table_come_and_go_with_the_choices_of_their_list():
    old = definition(budget(integer("a")), lists=lists("north", "south", name="rows"))
    new = definition(budget(integer("a")), lists=lists("north", "west", name="rows"))

    assert told(old, new)[:2] == [
        ("added", "budget/west", "row", "compatible", "kept"),
        ("removed", "budget/south", "row", "breaking", "dropped"),
    ]


def test_rows_from_another_list_of_the_same_codes_stay():
    both = {"rows": choice_list("rows", "n"), "sides": choice_list("sides", "n")}
    old = definition(budget(integer("a")), lists=both)
    new = definition(budget(integer("a"), row_list="sides"), lists=both)

    assert told(old, new) == [("changed", "budget", "row_list", "cosmetic", "kept")]


INDICATORS = [
    ((), (Indicator("T1", {"vi": "A"}),), ("added", "indicators.T1", "indicator", "compatible")),
    ((Indicator("T1", {"vi": "A"}),), (), ("removed", "indicators.T1", "indicator", "breaking")),
    (
        (Indicator("T1", {"vi": "A"}),),
        (Indicator("T1", {"vi": "A"}, target="90"),),
        ("changed", "indicators.T1", "target", "compatible"),
    ),
    (
        (Indicator("T1", {"vi": "A"}),),
        (Indicator("T1", {"vi": "B"}),),
        ("changed", "indicators.T1", "label", "cosmetic"),
    ),
    (
        (Indicator("T1", {"vi": "A"}),),
        (Indicator("T1", {"vi": "A"}, scoring="steps(1=1)"),),
        ("changed", "indicators.T1", "scoring", "compatible"),
    ),
    (
        (Indicator("T1", {"vi": "A"}, scoring="steps(1=1)"),),
        (Indicator("T1", {"vi": "A"}, scoring="steps(1=2)"),),
        ("changed", "indicators.T1", "scoring", "breaking"),
    ),
    (
        (Indicator("T1", {"vi": "A"}),),
        (Indicator("T1", {"vi": "A"}, valid_from=date(2026, 1, 1)),),
        ("changed", "indicators.T1", "valid_from", "compatible"),
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), INDICATORS)
def test_a_changed_indicator_leaves_the_answers_alone(
    old: tuple[Indicator, ...], new: tuple[Indicator, ...], expected: tuple[str, ...]
):
    found = told(definition(indicators=old), definition(indicators=new))

    assert found == [(*expected, "kept")]


def test_a_changed_title_is_told_by_language_with_both_texts():
    old = definition(title={"vi": "Phiếu", "en": "Form"})

    (change,) = diff(old, replace(old, title={"vi": "Phiếu", "en": "Sheet"}))

    assert (change.place, change.detail, change.old, change.new, change.change_class) == (
        "",
        "en",
        "Form",
        "Sheet",
        "cosmetic",
    )


def test_an_element_that_changes_places_with_another_says_from_where_to_where():
    old = definition(integer("a"), integer("b"), integer("c"))
    new = definition(integer("a"), integer("c"), integer("b"))

    (change,) = diff(old, new)

    assert (change.aspect, change.place, change.old, change.new) in {
        ("order", "b", "2", "3"),
        ("order", "c", "3", "2"),
    }


@pytest.mark.parametrize(
    ("old", "new", "aspect", "told"),
    [
        (integer("a"), text("a"), "kind", ("integer", "text")),
        (select("a", "yes_no"), select("a", "colours"), "list_name", ("yes_no", "colours")),
        (integer("a"), integer("b", successor_of="a"), "element", ("a", "b")),
    ],
)
def test_a_change_says_what_stood_there_and_what_stands_there(old, new, aspect, told):
    found = {each.aspect: (each.old, each.new) for each in diff(definition(old), definition(new))}

    assert found[aspect] == told


def test_a_changed_field_says_what_stood_there_and_what_stands_there():
    (change,) = diff(definition(integer("a", constraint=". > 0")), definition(integer("a")))

    assert (change.what.value, change.old, change.new) == ("changed", ". > 0", "")


def test_equal_definitions_do_not_differ():
    old = definition(budget(integer("a")), people(text("b")), select("c", "yes_no"))

    assert diff(old, replace(old)) == ()


def test_one_question_put_before_a_hundred_moves_none():
    many = [integer(f"q{number}") for number in range(100)]

    found = told(definition(*many), definition(integer("first"), *many))

    assert found == [("added", "first", "element", "compatible", "kept")]


BROKEN = [
    (integer("q"), people(integer("q")), ["q"]),
    (integer("q"), Repeat(name="q"), ["q"]),
    (text("q"), Question(name="q", kind=Kind.NOTE), ["q"]),
    (text("q"), integer("q"), []),
    (integer("q"), integer("q", calculation="1"), []),
    (integer("q"), integer("r"), []),
    (integer("q"), integer("r", successor_of="q"), []),
    (group("q"), integer("q"), []),
]


@pytest.mark.parametrize(("old", "new", "names"), BROKEN)
def test_a_name_may_not_come_to_mean_something_else(old: Element, new: Element, names: list[str]):
    found = broken_names(definition(old), definition(new))

    assert [change.place for change in found] == names


def test_a_hidden_id_is_no_difference():
    assert of(replace(integer("staff"), uid="a"), replace(integer("staff"), uid="b")) == []

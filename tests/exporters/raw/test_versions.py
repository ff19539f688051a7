"""Several versions and several rounds in one file: nothing is lost, nothing lands under another name."""

from dataclasses import replace

import pytest

from surveys.engine import Kind
from tests.exporters.raw.answered import FIRST, LISTS, Answered, changed, choices, question
from tests.exporters.raw.read import columns_of, tables_of

pytestmark = pytest.mark.django_db

RETYPED = changed(FIRST, kind=question("kind", Kind.SELECT_MULTIPLE, "kinds"))
RENAMED = changed(FIRST, drop=["note"], words=question("words", Kind.TEXT, successor_of="note"))
RELABELLED = changed(
    FIRST, note=replace(question("note", Kind.TEXT), label={"vi": "Ghi chú", "en": "Remark"})
)
FEWER = replace(FIRST, lists=LISTS | {"kinds": choices("kinds", b="Loại B", c="Loại C")})


def two_rounds(second, first_answers, second_answers):
    """A round that asks the first version and a later one that asks another."""
    world = Answered(FIRST, second)
    earlier, later = world.round("ky-1", 1, year=2025), world.round("ky-2", 2, year=2026)
    world.answer(earlier, first_answers)
    world.answer(later, second_answers)
    return later, earlier


def told(rounds, *names):
    """The named cells of every response, the older round first."""
    return [tuple(row.get(name) for name in names) for row in tables_of(*rounds)["responses"]]


def history(rounds, column, table="responses", **plan):
    """What the change map says of a column."""
    return [
        (row["version"], row["rounds"], row["asked"], row["change"], row["old"], row["new"])
        for row in tables_of(*rounds, **plan)["changes"]
        if (row["table"], row["column"]) == (table, column)
    ]


def test_rounds_stand_one_after_the_other_the_older_first():
    rounds = two_rounds(FIRST, {"staff": "1", "kind": "a"}, {"staff": "2", "kind": "a"})

    assert told(rounds, "round", "version", "staff") == [("ky-1", 1, 1), ("ky-2", 2, 2)]


def test_a_changed_type_makes_a_second_column():
    rounds = two_rounds(RETYPED, {"kind": "a"}, {"kind": ["a", "b"]})

    assert told(rounds, "kind", "kind__v2", "kind__v2.a") == [("a", None, None), (None, "a b", 1)]
    assert history(rounds, "kind") == [
        (1, "ky-1", True, "first", None, None),
        (2, "ky-2", False, "type", "select_one", "select_multiple"),
    ]
    assert history(rounds, "kind__v2")[1] == (
        (2, "ky-2", True, "type", "select_one", "select_multiple")
    )


def test_a_removed_question_keeps_its_answers():
    rounds = two_rounds(changed(FIRST, drop=["note"]), {"note": "Cũ"}, {})

    assert told(rounds, "note") == [("Cũ",), (None,)]
    assert history(rounds, "note")[1] == (2, "ky-2", False, "removed", None, None)


def test_a_renamed_question_keeps_old_answers_under_the_old_name():
    rounds = two_rounds(RENAMED, {"note": "Cũ"}, {"words": "Mới"})

    assert told(rounds, "note", "words") == [("Cũ", None), (None, "Mới")]
    assert history(rounds, "words")[1] == (2, "ky-2", True, "renamed", "note", "words")
    assert history(rounds, "note")[1] == (2, "ky-2", False, "renamed", "note", "words")


def test_a_changed_label_leaves_the_column_where_it_was():
    rounds = two_rounds(RELABELLED, {"note": "Cũ"}, {"note": "Mới"})

    assert told(rounds, "note") == [("Cũ",), ("Mới",)]
    assert history(rounds, "note")[1] == (2, "ky-2", True, "label", "Câu note", "Ghi chú")


def test_a_removed_choice_keeps_its_answers_and_its_label():
    rounds = two_rounds(FEWER, {"kind": "a"}, {"kind": "c"})

    assert told(rounds, "kind") == [("a",), ("c",)]
    assert columns_of("responses", *rounds)["kind"].labels == {
        "b": "Loại B",
        "c": "Loại C",
        "a": "Loại A",
    }
    assert [line[3:] for line in history(rounds, "kind")[1:]] == [
        ("choices_removed", "a = Loại A", None),
        ("choices_added", None, "c = Loại C"),
    ]


def test_columns_keep_their_places_when_an_option_goes():
    world = Answered(FIRST)
    alone = world.round("ky-0")
    world.answer(alone, {"kind": "a"})
    rounds = two_rounds(FEWER, {}, {})

    assert list(columns_of("responses", alone)) == list(columns_of("responses", *rounds))


def test_a_moved_question_is_told_of():
    moved = replace(FIRST, children=(*FIRST.children[1:2], FIRST.children[0], *FIRST.children[2:]))
    rounds = two_rounds(moved, {"kind": "a"}, {"kind": "b"})

    happened = {row["column"]: row["change"] for row in tables_of(*rounds)["changes"]}
    assert "moved" in happened.values()


def test_what_did_not_change_is_told_as_before():
    rounds = two_rounds(FIRST, {}, {})

    assert [line[3] for line in history(rounds, "staff")] == ["first", "same"]


def test_tables_and_repeats_have_their_lines_in_the_change_map():
    rounds = two_rounds(changed(FIRST, drop=["works"]), {}, {})

    assert [line[3] for line in history(rounds, "plan", "budget")] == ["first", "same"]
    assert [line[3] for line in history(rounds, "days", "works")] == ["first", "removed"]


def test_a_version_answered_within_one_round_stands_beside_the_others():
    world = Answered(FIRST, RETYPED)
    round_ = world.round("ky-1", 1)
    world.answer(round_, {"kind": "a"})
    world.answer(round_, {"kind": ["b"]}, version=2)

    assert told([round_], "version", "kind", "kind__v2") == [(1, "a", None), (2, None, "b")]


def test_a_round_named_twice_stands_once():
    world = Answered(FIRST)
    round_ = world.round("ky-1")
    world.answer(round_, {})

    assert len(tables_of(round_, round_)["responses"]) == 1


def test_a_question_that_bears_the_name_of_a_fact_has_a_column_of_its_own():
    named = changed(FIRST, Status=question("Status", Kind.TEXT))
    world = Answered(named)
    round_ = world.round("ky-1")
    world.answer(round_, {"Status": "tốt"})

    [row] = tables_of(round_)["responses"]
    assert (row["status"], row["Status__answer"]) == ("submitted", "tốt")


def test_a_row_of_a_table_stands_for_versions_that_have_it():
    lines = LISTS | {"lines": choices("lines", now="Năm nay", last="Năm ngoái")}
    rounds = two_rounds(replace(FIRST, lists=lines), {}, {})

    rows = [(row["version"], row["row"]) for row in tables_of(*rounds)["budget"]]
    assert rows == [(1, "now"), (1, "next"), (2, "now"), (2, "last")]

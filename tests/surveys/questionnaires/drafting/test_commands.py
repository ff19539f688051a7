"""Commands become operations."""

from typing import Any

import pytest

from surveys.definitions import load
from surveys.definitions.editing import EditError, PlaceInvalid, Tree, apply
from surveys.engine import compile_definition, errors
from surveys.questionnaires.drafting import CommandMalformed, plan
from surveys.questionnaires.drafting.names import first_free
from tests.surveys.definitions.editing.factories import draft, question, uids


def done(name: str, document: dict[str, Any] | None = None, /, **arguments: Any) -> Tree:
    """The draft after a command."""
    tree = Tree(document or draft())
    planned = plan(tree, name, arguments)
    after, _took_place = apply(tree.document, planned.operations, new_uid=uids("z"))
    load(after)
    return Tree(after)


def names(tree: Tree, uid: str) -> list[str]:
    return [tree.node(child)["name"] for child in tree.children(uid)]


@pytest.mark.parametrize(
    "kind",
    [
        *["text", "integer", "decimal", "date", "time", "dateTime", "select_one", "rank", "note"],
        *["select_multiple", "hidden", "range", "acknowledge", "file", "image"],
        *["group", "repeat", "table", "section"],
    ],
)
def test_whatever_is_added_is_without_error(kind: str):
    assert (
        errors(compile_definition(load(done("add", kind=kind, after="u_b").document)).problems)
        == []
    )


def test_a_question_is_added_behind_the_selected_one():
    assert names(done("add", kind="text", after="u_a"), "u_s1") == ["a", "cau_1", "b", "c"]


def test_in_a_section_that_is_selected_it_comes_first():
    assert names(done("add", kind="text", after="u_s1"), "u_s1") == ["cau_1", "a", "b", "c"]


def test_a_question_outside_every_section_gets_one():
    empty = {"schema": 1, "code": "a", "title": {"vi": "A"}}
    tree = done("add", empty, kind="text", after="")

    (section,) = tree.children("root")
    assert (tree.node(section)["element"], names(tree, section)) == ("group", ["cau_1"])


def test_a_section_comes_behind_the_section_of_what_is_selected():
    tree = done("add", kind="section", after="u_b")

    assert names(tree, "root")[:3] == ["s1", "phan_1", "t"]


def test_a_table_takes_columns_only():
    with pytest.raises(PlaceInvalid):
        done("add", kind="group", after="u_x")


def test_a_column_is_added_to_a_table():
    assert names(done("add", kind="integer", after="u_x"), "u_t") == ["x", "cau_1"]


def test_copies_speak_of_one_another():
    tree = done("duplicate", nodes=["u_a", "u_b"])

    copies = names(tree, "u_s1")[2:4]
    after = tree.node(tree.children("u_s1")[3])
    assert (copies, after["relevant"]) == (["a_2", "b_2"], "${a_2} != ''")


def test_what_a_copied_section_holds_is_copied_with_it():
    tree = done("duplicate", nodes=["u_s1"])

    assert names(tree, tree.children("root")[1]) == ["a_2", "b_2", "c_2"]


def test_what_is_pasted_has_ids_and_names_of_its_own():
    tree = done("paste", values=[question("a")], after="u_c")

    assert (names(tree, "u_s1")[-1], tree.children("u_s1")[-1] != "u_a") == ("a_2", True)


@pytest.mark.parametrize("values", [[{"name": "x"}], [{"element": "page"}]])
def test_what_is_no_element_is_not_pasted(values: list[dict[str, Any]]):
    with pytest.raises(CommandMalformed):
        done("paste", values=values, after="u_c")


@pytest.mark.parametrize(
    ("command", "nodes", "expected"),
    [
        ("move_up", ["u_b"], ["b", "a", "c"]),
        ("move_up", ["u_b", "u_c"], ["b", "c", "a"]),
        ("move_up", ["u_a"], ["a", "b", "c"]),
        ("move_down", ["u_a"], ["b", "a", "c"]),
        ("move_down", ["u_a", "u_b"], ["c", "a", "b"]),
    ],
)
def test_elements_move_by_one_place(command: str, nodes: list[str], expected: list[str]):
    assert names(done(command, nodes=nodes), "u_s1") == expected


def two_sections() -> dict[str, Any]:
    document = draft()
    second = {"element": "group", "name": "s2", "uid": "u_s2", "children": [question("d")]}
    return {**document, "children": [document["children"][0], second]}


def test_the_last_of_a_section_moves_down_into_the_next():
    assert names(done("move_down", two_sections(), nodes=["u_c"]), "u_s2") == ["c", "d"]


def test_the_first_of_a_section_moves_up_into_the_one_before():
    assert names(done("move_up", two_sections(), nodes=["u_d"]), "u_s1") == ["a", "b", "c", "d"]


def test_several_are_moved_in_their_order():
    tree = done("move", nodes=["u_c", "u_a"], parent="u_t", slot="columns", after="u_x")

    assert names(tree, "u_t") == ["x", "a", "c"]


def test_a_deleted_section_takes_what_is_chosen_in_it_along():
    assert names(done("delete", nodes=["u_a", "u_s1"]), "root")[0] == "t"


def test_what_stood_before_is_selected_after_a_deletion():
    assert plan(Tree(draft()), "delete", {"nodes": ["u_b", "u_c"]}).select == "u_a"


@pytest.mark.parametrize(("on", "expected"), [(True, "yes"), (False, None)])
def test_answers_are_required_of_several_questions_at_once(on: bool, expected: str | None):
    tree = done("require", nodes=["u_a", "u_b"], on=on)

    assert [tree.value(uid, "required") for uid in ("u_a", "u_b")] == [expected, expected]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("explode", {}),
        ("add", {}),
        ("add", {"kind": "riddle", "after": "u_a"}),
        ("delete", {"nodes": []}),
        ("delete", {"nodes": ["root"]}),
        ("delete", {"nodes": ["nobody"]}),
        ("move", {"nodes": ["u_a"], "parent": "u_s1", "slot": "pages"}),
        ("duplicate", {"nodes": ["u_yes"]}),
        ("require", {"nodes": ["u_a"], "on": "yes"}),
    ],
)
def test_what_cannot_be_done_is_refused(name: str, arguments: dict[str, Any]):
    with pytest.raises(EditError):
        done(name, **arguments)


@pytest.mark.parametrize(
    ("wanted", "taken", "expected"),
    [
        ("a", set(), "a"),
        ("a", {"a"}, "a_2"),
        ("a", {"a", "a_2"}, "a_3"),
        ("cau_1", {"cau_1"}, "cau_2"),
        ("a4", {"a4"}, "a4_2"),
        ("A", {"a"}, "A_2"),
    ],
)
def test_the_first_free_name_counts_on(wanted: str, taken: set[str], expected: str):
    assert first_free(wanted, taken) == expected

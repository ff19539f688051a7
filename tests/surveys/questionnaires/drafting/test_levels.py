"""Into groups and out of them."""

import pytest

from surveys.definitions.editing import Slot, Tree, apply
from surveys.questionnaires import drafting
from surveys.questionnaires.uids import new_uid


def question(name):
    return {"element": "question", "uid": name, "name": name, "kind": "text"}


DRAFT = {
    "schema": 1,
    "code": "phieu",
    "title": {"vi": "Phiếu"},
    "children": [
        {
            "element": "group",
            "uid": "s",
            "name": "s",
            "children": [
                {"element": "group", "uid": "g", "name": "g", "children": [question("a")]},
                question("b"),
                question("c"),
                {"element": "table", "uid": "t", "name": "t", "columns": [question("x")]},
                question("d"),
            ],
        }
    ],
}


def after(command, *nodes):
    tree = Tree(DRAFT)
    plan = drafting.plan(tree, command, {"nodes": list(nodes)})
    return Tree(apply(DRAFT, plan.operations, new_uid=new_uid)[0])


def test_a_question_goes_to_the_end_of_the_group_before_it():
    assert after("move_into", "b").children("g") == ["a", "b"]


def test_several_go_together():
    assert after("move_into", "b", "c").children("g") == ["a", "b", "c"]


def test_a_question_becomes_a_column_of_the_table_before_it():
    tree = after("move_into", "d")

    assert (tree.children("t"), tree.place("d").slot) == (["x", "d"], Slot.COLUMNS)


@pytest.mark.parametrize("node", ["c", "g"])
def test_behind_a_question_or_nothing_it_stays(node):
    assert after("move_into", node).document == DRAFT


def test_a_question_comes_out_behind_its_group():
    assert after("move_out", "a").children("s") == ["g", "a", "b", "c", "t", "d"]


def test_nothing_leaves_its_section():
    assert after("move_out", "b").document == DRAFT

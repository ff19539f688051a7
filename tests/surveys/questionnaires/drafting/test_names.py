"""Elements, lists and choices get other names."""

from typing import Any

import pytest

from surveys.definitions.editing import Tree
from surveys.questionnaires.edit_words import EditRefusal
from tests.surveys.definitions.editing.factories import draft, question
from tests.surveys.questionnaires.drafting.test_commands import done


@pytest.mark.parametrize(
    ("node", "name"),
    [
        ("u_a", ""),
        ("u_a", "  "),
        ("u_a", "b"),
        ("u_a", "a b"),
        ("u_a", "1a"),
        ("u_a", "a" * 65),
        ("u_a", "${b}"),
        ("u_yes_no", "yes no"),
        ("u_yes", ""),
        ("u_yes", "n o"),
        ("u_yes", "no"),
    ],
)
def test_a_name_that_is_none_or_taken_is_refused(node: str, name: str):
    with pytest.raises(EditRefusal):
        done("rename", node=node, name=name)


def test_a_question_can_say_that_it_goes_on_from_its_old_name():
    tree = done("rename", node="u_a", name="a_moi", follows=True)

    assert (tree.value("u_a", "name"), tree.value("u_a", "successor_of")) == ("a_moi", "a")


def test_what_a_question_follows_already_stays():
    document = draft()
    document["children"][0]["children"][0]["successor_of"] = "z"

    assert done("rename", document, node="u_a", name="k", follows=True).value(
        "u_a", "successor_of"
    ) == ("z")


def coded(**fields: Any) -> dict[str, Any]:
    document = draft()
    document["children"][0]["children"].append(question("d", **{"kind": "text"} | fields))
    return document


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("${c} = 'yes'", "${c} = 'y'"),
        ("${ c }!='yes' or ${a} = 'yes'", "${ c }!='y' or ${a} = 'yes'"),
        ('selected(${c}, "yes")', 'selected(${c}, "y")'),
        ("${c} = 'yes_no'", "${c} = 'yes_no'"),
        (". = 'yes'", ". = 'yes'"),
    ],
)
def test_conditions_follow_the_code_of_a_choice(before: str, after: str):
    tree = done("rename", coded(relevant=before), node="u_yes", name="y")

    assert (tree.value("u_yes", "name"), tree.value("u_d", "relevant")) == ("y", after)


def test_a_question_s_own_check_follows_the_code():
    document = coded(kind="select_one", list_name="yes_no", constraint=". != 'yes'")

    assert done("rename", document, node="u_yes", name="y").value("u_d", "constraint") == ". != 'y'"


def test_what_closes_cells_follows_the_code_of_a_row():
    document = draft()
    document["children"][1]["closed"] = "row() = 'r1' and cell(${x}, 'r1') = 1"

    tree: Tree = done("rename", document, node="u_r1", name="hang")

    assert tree.value("u_t", "closed") == "row() = 'hang' and cell(${x}, 'hang') = 1"

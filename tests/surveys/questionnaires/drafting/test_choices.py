"""Choices are added, moved, pasted; lists are chosen, copied, deleted."""

from typing import Any

import pytest

from surveys.definitions.editing import EditError, Tree, apply, inverse
from surveys.questionnaires.drafting import plan
from surveys.questionnaires.edit_words import EditRefusal
from tests.surveys.definitions.editing.factories import draft, question, uids
from tests.surveys.questionnaires.drafting.test_commands import done


def shared() -> dict[str, Any]:
    """Two questions use the list."""
    document = draft()
    document["children"][0]["children"].append(question("d", "select_multiple", list_name="yes_no"))
    return document


def codes(tree: Tree, uid: str = "u_yes_no") -> list[str]:
    return [choice["name"] for choice in tree.node(uid)["choices"]]


def labels(tree: Tree, uid: str = "u_yes_no") -> list[dict[str, str]]:
    return [choice["label"] for choice in tree.node(uid)["choices"]]


@pytest.mark.parametrize(
    ("command", "arguments", "expected"),
    [
        ("add_choice", {"list": "u_yes_no"}, ["yes", "no", "lc_1"]),
        ("add_choice", {"list": "u_yes_no", "after": "u_yes"}, ["yes", "lc_1", "no"]),
        ("move_choice", {"nodes": ["u_no"], "up": True}, ["no", "yes"]),
        ("move_choice", {"nodes": ["u_yes"], "up": False}, ["no", "yes"]),
        ("move_choice", {"nodes": ["u_yes"], "up": True}, ["yes", "no"]),
        ("delete_choice", {"nodes": ["u_yes"]}, ["no"]),
        ("delete_choice", {"nodes": ["u_yes", "u_no", "u_no"]}, []),
    ],
)
def test_choices_come_go_and_move(command, arguments, expected):
    assert codes(done(command, **arguments)) == expected


def test_codes_that_are_figures_count_on():
    document = draft()
    document["lists"]["yes_no"]["choices"] = [
        {"name": "1", "label": {}, "uid": "u_1"},
        {"name": "7", "label": {}, "uid": "u_7"},
    ]

    assert codes(done("add_choice", document, list="u_yes_no")) == ["1", "7", "8"]


def test_what_is_selected_stays_selected_when_a_choice_moves():
    assert plan(Tree(draft()), "move_choice", {"nodes": ["u_no"], "up": True}).select == ""


def test_pasted_choices_go_behind_the_others():
    tree = done("paste_choices", list="u_yes_no", text="maybe\tCó lẽ", replace=False)

    assert (codes(tree), labels(tree)[-1]) == (["yes", "no", "maybe"], {"vi": "Có lẽ"})


def test_pasted_labels_keep_the_codes_that_they_have():
    tree = done("paste_choices", list="u_yes_no", text="Không\nCó\nKhông rõ", replace=True)

    assert codes(tree) == ["no", "yes", "khong_ro"]


def test_a_choice_whose_code_is_pasted_stays_itself():
    document = draft()
    document["lists"]["yes_no"]["choices"][0] |= {"label": {"vi": "Có", "en": "Yes"}, "score": "2"}

    tree = done("paste_choices", document, list="u_yes_no", text="yes\tCó ạ", replace=True)

    assert tree.node("u_yes") == {
        "name": "yes",
        "label": {"vi": "Có ạ", "en": "Yes"},
        "score": "2",
        "uid": "u_yes",
    }


def test_pasting_is_undone_as_a_whole():
    document = draft()
    planned = plan(
        Tree(document),
        "paste_choices",
        {"list": "u_yes_no", "text": "a\tA\nb\tB", "replace": True},
    )
    after, took_place = apply(document, planned.operations, new_uid=uids("z"))

    before, _ = apply(after, inverse(took_place), new_uid=uids("y"))

    assert before == document


def test_pasting_what_is_there_changes_nothing():
    assert (
        plan(
            Tree(draft()),
            "paste_choices",
            {"list": "u_yes_no", "text": "yes\tCó\nno\tKhông", "replace": True},
        ).operations
        == ()
    )


def test_pasted_choices_with_mistakes_are_refused():
    with pytest.raises(EditRefusal):
        done("paste_choices", list="u_yes_no", text="a\tA\na\tB", replace=True)


def test_a_list_of_its_own_is_a_copy_with_new_ids():
    tree = done("own_list", shared(), node="u_d")

    copy = tree.document["lists"]["d_ds"]
    assert (
        tree.value("u_d", "list_name"),
        tree.value("u_c", "list_name"),
        [choice["name"] for choice in copy["choices"]],
        {choice["uid"] for choice in copy["choices"]} & {"u_yes", "u_no"},
    ) == ("d_ds", "yes_no", ["yes", "no"], set())


def test_a_table_gets_rows_of_its_own():
    assert done("own_list", node="u_t").value("u_t", "row_list") == "t_ds"


def test_a_ready_list_comes_in_the_languages_of_the_draft():
    tree = done("fresh_list", draft(languages=["vi", "en"]), node="u_c", ready="co_khong")

    listed = tree.document["lists"]["co_khong"]["choices"]
    assert [choice["label"] for choice in listed] == [
        {"vi": "Có", "en": "Yes"},
        {"vi": "Không", "en": "No"},
    ]


def test_a_ready_list_that_is_there_already_is_used_again():
    once = done("fresh_list", shared(), node="u_c", ready="dong_y_5")

    again = done("fresh_list", once.document, node="u_d", ready="dong_y_5")

    assert (again.value("u_d", "list_name"), len(again.document["lists"])) == ("dong_y_5", 3)


def test_a_new_list_has_two_choices():
    tree = done("fresh_list", node="u_c")

    assert [each["name"] for each in tree.document["lists"]["c_ds"]["choices"]] == ["1", "2"]


def test_a_list_that_nobody_uses_is_deleted():
    document = draft()
    document["lists"]["spare"] = {"name": "spare", "uid": "u_spare", "choices": []}

    assert "spare" not in done("delete_list", document, list="u_spare").document["lists"]


@pytest.mark.parametrize("uid", ["u_yes_no", "u_rows"])
def test_a_list_that_is_used_stays(uid: str):
    with pytest.raises(EditRefusal):
        done("delete_list", list=uid)


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("add_choice", {"list": "u_a"}),
        ("delete_choice", {"nodes": ["u_a"]}),
        ("delete_list", {"list": "u_a"}),
        ("own_list", {"node": "u_a"}),
        ("own_list", {"node": "u_s1"}),
        ("fresh_list", {"node": "u_s1"}),
        ("fresh_list", {"node": "u_c", "ready": "none"}),
        ("paste_choices", {"list": "u_a", "text": "a", "replace": True}),
        ("paste_choices", {"list": "u_yes_no", "text": "a", "replace": "yes"}),
    ],
)
def test_what_cannot_be_done_is_refused(command, arguments):
    with pytest.raises(EditError):
        done(command, **arguments)

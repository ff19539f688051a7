"""A name is changed everywhere at once."""

from surveys.definitions.editing import Change, apply, renaming
from tests.surveys.definitions.editing.factories import draft, question, uids


def test_those_who_speak_of_a_question_are_told():
    assert renaming(draft(), "u_a", "first") == (
        Change("u_a", "name", "a", "first"),
        Change("u_b", "relevant", "${a} != ''", "${first} != ''"),
    )


def test_texts_and_the_other_text_of_a_choice_speak_of_it_too():
    asked = question(
        "d", label={"vi": "Vì sao ${c}?"}, relevant="${c_other} != '' and ${cc} = 1", hint={}
    )
    document = draft(children=[*draft()["children"], asked])

    assert renaming(document, "u_c", "pick")[1:] == (
        Change("u_d", "label.vi", "Vì sao ${c}?", "Vì sao ${pick}?"),
        Change(
            "u_d", "relevant", "${c_other} != '' and ${cc} = 1",
            "${pick_other} != '' and ${cc} = 1",
        ),
    )  # fmt: skip


def test_a_list_is_renamed_with_its_questions_and_lookups():
    asked = question(
        "d", "calculate", calculation="instance('yes_no')/root/item[name = ${c}]/score"
    )
    document = draft(children=[*draft()["children"], asked])

    assert [each.node for each in renaming(document, "u_yes_no", "agree")] == [
        "u_yes_no",
        "u_c",
        "u_d",
    ]


def test_a_renaming_can_be_applied():
    after, _done = apply(draft(), renaming(draft(), "u_yes_no", "agree"), new_uid=uids())

    assert (list(after["lists"]), after["children"][0]["children"][2]["list_name"]) == (
        ["agree", "rows"],
        "agree",
    )


def test_the_same_name_changes_nothing_else():
    assert renaming(draft(), "u_a", "a") == (Change("u_a", "name", "a", "a"),)

"""What is pasted brings what it needs, and takes what is there."""

from typing import Any

from surveys.definitions.editing import Tree, excerpt_of, write_excerpt
from surveys.questionnaires.drafting import plan
from tests.surveys.definitions.editing.factories import draft, question
from tests.surveys.questionnaires.drafting.test_commands import done, names

SCALE = {"name": "muc", "choices": [{"name": "1", "label": {"vi": "Thấp"}}]}
EMPTY: dict[str, Any] = {"schema": 1, "code": "khac", "title": {"vi": "Khác"}}


def pasted(document: dict[str, Any], values: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return done("paste", document, values=values, after="", **more).document


def only(document: dict[str, Any]) -> dict[str, Any]:
    """The one question of the one section."""
    (section,) = document["children"]
    (found,) = section["children"]
    return dict(found)


def test_a_list_comes_along():
    asked = question("q", "select_one", list_name="muc")
    document = pasted(EMPTY, [asked], lists={"muc": SCALE})

    assert (only(document)["list_name"], list(document["lists"])) == ("muc", ["muc"])


def test_an_equal_list_of_the_draft_is_used_in_its_place():
    known = EMPTY | {"lists": {"thang": SCALE | {"name": "thang", "uid": "u_thang"}}}
    asked = question("q", "select_one", list_name="muc")
    document = pasted(known, [asked], lists={"muc": SCALE})

    assert (only(document)["list_name"], list(document["lists"])) == ("thang", ["thang"])


def test_another_list_of_the_name_leaves_the_draft_s_own_as_it_is():
    other = {"name": "muc", "uid": "u", "choices": [{"name": "9", "label": {}, "uid": "v"}]}
    asked = question(
        "q", "select_one", list_name="muc", relevant="count(instance('muc')/root/item) > 1"
    )
    document = pasted(EMPTY | {"lists": {"muc": other}}, [asked], lists={"muc": SCALE})

    found = only(document)
    assert (found["list_name"], found["relevant"], list(document["lists"])) == (
        "muc_2",
        "count(instance('muc_2')/root/item) > 1",
        ["muc", "muc_2"],
    )


def test_an_indicator_comes_along_without_formulas_of_another_questionnaire():
    listed = {
        "code": "T1",
        "label": {"vi": "Tỷ lệ"},
        "numerator": "${q} > 0",
        "denominator": "${x}",
    }
    document = pasted(EMPTY, [question("q", indicator="T1")], indicators=[listed])

    (indicator,) = document["indicators"]
    assert (indicator["numerator"], "denominator" in indicator) == ("${q} > 0", False)


def test_an_indicator_that_the_draft_has_stays_as_it_is():
    own = {"code": "T1", "label": {"vi": "Của phiếu"}, "uid": "u_t1"}
    told = [{"code": "T1", "label": {"vi": "Khác"}}]
    document = pasted(EMPTY | {"indicators": [own]}, [question("q")], indicators=told)

    assert document["indicators"] == [own]


def test_a_question_that_is_pasted_into_an_empty_draft_gets_a_section():
    document = pasted(EMPTY, [question("phan_1")])

    assert (document["children"][0]["name"], only(document)["name"]) == ("phan_2", "phan_1")


def test_the_other_text_of_a_copied_choice_is_spoken_of_by_its_new_name():
    asked = question("c", "select_one", list_name="yes_no", or_other=True)
    told = question("d", relevant="${c_other} != '' and ${b} > 0")
    tree = done("paste", values=[asked, told], after="u_c")

    assert tree.node(tree.children("u_s1")[-1])["relevant"] == "${c_2_other} != '' and ${b} > 0"


def test_an_excerpt_of_one_draft_stands_in_another():
    document = write_excerpt(excerpt_of(draft(), ["u_s1", "u_t"]))
    tree = done("paste", EMPTY, values=document["elements"], lists=document["lists"], after="")

    assert (names(tree, "root"), sorted(tree.document["lists"])) == (
        ["s1", "t", "yes_no", "rows"],
        ["rows", "yes_no"],
    )


def test_copies_are_one_edit():
    planned = plan(
        Tree(EMPTY),
        "paste",
        {"values": [question("q", "select_one", list_name="muc")], "lists": {"muc": SCALE}},
    )

    assert [type(each).__name__ for each in planned.operations] == ["Add", "Add"]

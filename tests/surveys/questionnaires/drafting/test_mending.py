"""One edit mends one finding."""

from typing import Any

import pytest

from surveys.definitions import load
from surveys.definitions.editing import Sort, Tree, apply
from surveys.engine import compile_definition
from surveys.engine.quality import review
from surveys.questionnaires.drafting import CommandMalformed, plan
from surveys.questionnaires.drafting.mending import MENDINGS, NothingToMend
from surveys.questionnaires.findings import MENDS
from tests.surveys.definitions.editing.factories import uids

Data = dict[str, Any]


def question(name: str, kind: str = "text", **fields: Any) -> Data:
    return {
        "element": "question",
        "uid": f"u_{name}",
        "name": name,
        "kind": kind,
        "label": {"vi": name},
        **fields,
    }


def choice_list(name: str, *codes: str) -> Data:
    choices = [
        {"uid": f"u_{name}_{at}", "name": code, "label": {"vi": code}}
        for at, code in enumerate(codes)
    ]
    return {"uid": f"u_{name}", "name": name, "choices": choices}


def draft(*children: Data, **lists: Data) -> Data:
    section = {"element": "group", "uid": "u_a", "name": "a", "label": {"vi": "A"}}
    return {
        "schema": 1,
        "code": "p",
        "title": {"vi": "P"},
        "languages": ["vi"],
        "children": [{**section, "children": list(children)}],
        "lists": lists,
    }


def found(document: Data) -> list[tuple[str, str, str]]:
    """Code, place and name of everything that is said about a draft."""
    form = compile_definition(load(document))
    problems = [*form.problems, *review(form).problems]
    return [(each.code, each.at, each.name) for each in problems]


def mended(document: Data, code: str) -> Data:
    """The draft after the edit for its first finding of that code."""
    told = next(each for each in found(document) if each[0] == code)
    given = dict(zip(("code", "at", "name"), told, strict=True))
    operations = plan(Tree(document), "mend", given).operations
    return apply(document, operations, new_uid=uids("z"))[0]


@pytest.mark.parametrize(
    ("code", "document"),
    [
        ("list_unused", draft(question("b"), ds=choice_list("ds", "1"))),
        ("calculation_unused", draft(question("b", "calculate", label={}, calculation="1"))),
        ("personal_data_unmarked", draft(question("b", label={"vi": "Họ và tên"}))),
        (
            "default_refused",
            draft(question("b", "integer", default="9", constraint=". < 5")),
        ),
        ("name_repeated", draft(question("b"), question("b", uid="u_b2"))),
        (
            "choice_repeated",
            draft(question("b", "select_one", list_name="ds"), ds=choice_list("ds", "1", "1")),
        ),
        (
            "reference_unknown",
            draft(question("tong_so", "integer"), question("b", relevant="${tong_soo} > 1")),
        ),
        ("list_unknown", draft(question("b", "select_one", list_name="ds"))),
        (
            "choice_refused",
            draft(
                question("b", "select_one", list_name="ds", constraint=". != '2'"),
                ds=choice_list("ds", "1", "2"),
            ),
        ),
    ],
)
def test_the_edit_for_a_finding_mends_it(code, document):
    assert code in [each[0] for each in found(document)]
    assert code not in [each[0] for each in found(mended(document, code))]


def test_the_likest_name_is_taken_in_every_field():
    document = draft(
        question("tong_so", "integer"),
        question("b", relevant="${tong_soo} > 1", label={"vi": "Trong ${tong_soo}"}),
    )

    node = Tree(mended(document, "reference_unknown")).node("u_b")

    assert (node["relevant"], node["label"]) == ("${tong_so} > 1", {"vi": "Trong ${tong_so}"})


def test_the_second_of_two_elements_gets_the_next_name():
    document = draft(question("b"), question("b", uid="u_b2"))

    after = Tree(mended(document, "name_repeated"))

    assert [after.node(uid)["name"] for uid in ("u_b", "u_b2")] == ["b", "b_2"]


def test_a_nearly_equal_list_is_taken_for_the_one_that_is_missing():
    document = draft(
        question("b", "select_one", list_name="co_khongg"), co_khong=choice_list("co_khong", "1")
    )

    after = mended(document, "list_unknown")

    assert (Tree(after).value("u_b", "list_name"), list(after["lists"])) == (
        "co_khong",
        ["co_khong"],
    )


def test_a_missing_list_is_made_and_named():
    after = Tree(mended(draft(question("b", "select_one")), "list_unknown"))

    lists = [uid for uid in after.children("root") if after.sort(uid) is Sort.LIST]
    assert [after.node(uid)["name"] for uid in lists] == [after.value("u_b", "list_name")]


def test_a_reference_that_is_like_nothing_is_not_mended():
    document = draft(question("b", relevant="${xyz} > 1"))

    with pytest.raises(NothingToMend):
        mended(document, "reference_unknown")


def test_what_no_edit_mends_is_refused():
    with pytest.raises(CommandMalformed):
        plan(Tree(draft()), "mend", {"code": "cycle", "at": "a/b", "name": "b"})


def test_a_finding_that_has_gone_is_refused():
    given = {"code": "list_unused", "at": "choices/x", "name": "x"}

    with pytest.raises(NothingToMend):
        plan(Tree(draft()), "mend", given)


def test_a_successor_has_a_new_name_and_remembers_the_old_one():
    document = draft(question("b", "integer"), question("c", relevant="${b} > 1"))

    operations = plan(Tree(document), "succeed", {"node": "u_b"}).operations
    after = Tree(apply(document, operations, new_uid=uids("z"))[0])

    assert (after.value("u_b", "name"), after.value("u_b", "successor_of")) == ("b_2", "b")
    assert after.value("u_c", "relevant") == "${b_2} > 1"


def test_every_edit_that_mends_has_words():
    assert set(MENDINGS) == set(MENDS)

"""A question becomes one of another kind."""

from typing import Any

import pytest

from surveys.definitions import load
from surveys.definitions.editing import EditError, Tree
from surveys.engine import Kind, compile_definition, errors
from tests.surveys.definitions.editing.factories import draft, question
from tests.surveys.questionnaires.drafting.test_commands import done


def changed(to: str, kind: str = "text", **fields: Any) -> dict[str, Any]:
    """The question after it has become one of another kind."""
    document = draft()
    document["children"][0]["children"].append(question("q", kind, **fields))
    node = done("set_kind", document, node="u_q", kind=to).node("u_q")
    return {key: value for key, value in node.items() if key not in {"element", "uid", "name"}}


@pytest.mark.parametrize("old", [kind.value for kind in Kind if kind is not Kind.CALCULATE])
@pytest.mark.parametrize("new", [kind.value for kind in Kind if kind is not Kind.CALCULATE])
def test_whatever_a_question_becomes_is_without_error(old: str, new: str):
    document = draft()
    document["children"][0]["children"].append(question("q", "text"))
    once = done("set_kind", document, node="u_q", kind=old)

    twice = done("set_kind", once.document, node="u_q", kind=new)

    assert errors(compile_definition(load(twice.document)).problems) == []


@pytest.mark.parametrize(
    ("old", "new", "fields", "expected"),
    [
        ("text", "integer", {"label": {"vi": "A"}}, {"label": {"vi": "A"}}),
        ("integer", "decimal", {"unit": {"vi": "ha"}}, {"unit": {"vi": "ha"}}),
        ("integer", "text", {"unit": {"vi": "ha"}, "hint": {"vi": "H"}}, {"hint": {"vi": "H"}}),
        ("select_one", "rank", {"list_name": "yes_no"}, {"list_name": "yes_no"}),
        ("select_one", "text", {"list_name": "yes_no", "or_other": True}, {}),
        ("range", "integer", {"parameters": {"start": "1", "unique": "yes"}}, {"parameters": {"unique": "yes"}}),
        ("text", "note", {"required": "yes", "missing": ["KAD"], "relevant": "1 = 1"}, {"relevant": "1 = 1"}),
        ("text", "integer", {"appearance": "multiline numbers"}, {"appearance": "numbers"}),
        ("integer", "text", {"appearance": "numbers  x"}, {"appearance": "numbers  x"}),
        ("text", "range", {}, {"parameters": {"start": "0", "end": "10", "step": "1"}}),
    ],
)  # fmt: skip
def test_what_fits_is_kept_and_the_rest_goes(old, new, fields, expected):
    assert changed(new, old, **fields) == {"kind": new} | expected


def test_a_question_with_choices_gets_a_list():
    tree: Tree = done("set_kind", node="u_a", kind="select_one")

    assert [each["name"] for each in tree.document["lists"]["a_ds"]["choices"]] == ["1", "2"]


@pytest.mark.parametrize(
    ("node", "kind"), [("u_s1", "text"), ("u_a", "riddle"), ("nobody", "text")]
)
def test_what_has_no_kind_is_refused(node: str, kind: str):
    with pytest.raises(EditError):
        done("set_kind", node=node, kind=kind)

"""A question becomes one of another kind."""

from collections.abc import Iterator
from typing import Any, Final

from surveys.definitions.editing import Change, Operation, Sort, Tree
from surveys.engine import Kind
from surveys.questionnaires.builder.properties.fitting import dropped_by, kept_words
from surveys.questionnaires.drafting.adding import LISTED, new_list
from surveys.questionnaires.drafting.arguments import Arguments, CommandMalformed, Plan
from surveys.questionnaires.drafting.names import Names

RANGE: Final = {"start": "0", "end": "10", "step": "1"}


def set_kind(tree: Tree, arguments: Arguments) -> Plan:
    """``{"node", "kind"}``: the question is of that kind; what does not fit it goes.

    A kind with choices gets a list with two of them where the question has none, a range its bounds.
    """
    uid = arguments.text("node")
    try:
        kind = Kind(arguments.text("kind"))
    except ValueError as failure:
        raise CommandMalformed("There is no such kind of question.") from failure
    if tree.sort(uid) is not Sort.QUESTION:
        raise CommandMalformed("Only a question has a kind.")
    node = tree.node(uid)
    if node["kind"] == kind:
        return Plan((), uid)
    changes: list[Operation] = [Change(uid, "kind", node["kind"], kind.value)]
    changes += _dropped(uid, node, kind)
    changes += _given(tree, uid, node, kind)
    return Plan(tuple(changes), uid)


def _dropped(uid: str, node: dict[str, Any], kind: Kind) -> Iterator[Operation]:
    for field in dropped_by(node, kind):
        value = node[field.split(".", 1)[0]]
        if "." in field:
            yield Change(uid, field, value[field.split(".", 1)[1]], None)
        elif isinstance(value, dict):
            yield from (
                Change(uid, f"{field}.{entry}", text, None) for entry, text in value.items()
            )
        else:
            yield Change(uid, field, value, None)
    appearance = node.get("appearance", "")
    yield Change(uid, "appearance", appearance, kept_words(appearance, kind))


def _given(tree: Tree, uid: str, node: dict[str, Any], kind: Kind) -> Iterator[Operation]:
    if kind in LISTED and not node.get("list_name"):
        name = Names(tree).list(f"{node['name']}_ds")
        yield new_list(name, ["1", "2"])
        yield Change(uid, "list_name", None, name)
    if kind is Kind.RANGE:
        had = node.get("parameters", {})
        for entry, figure in RANGE.items():
            if entry not in had:
                yield Change(uid, f"parameters.{entry}", None, figure)

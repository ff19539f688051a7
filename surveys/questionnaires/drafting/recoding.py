"""A choice's code is changed wherever a condition compares with it."""

import re
from collections.abc import Iterator
from typing import Final

from surveys.definitions.editing import Change, Tree
from surveys.questionnaires.drafting.names import ELEMENTS

EXPRESSIONS: Final = (
    *("relevant", "required", "read_only", "constraint", "warning", "calculation", "default"),
    *("choice_filter", "repeat_count", "closed"),
)
_OF_QUESTION: Final = (
    r"(\$\{{\s*{name}\s*\}}\s*!?=\s*['\"]){code}(?=['\"])",
    r"(selected\(\s*\$\{{\s*{name}\s*\}}\s*,\s*['\"]){code}(?=['\"])",
)
_OF_ITSELF: Final = r"((?:^|[^\w.])\.\s*!?=\s*['\"]){code}(?=['\"])"
_OF_ROW: Final = (
    r"(row\(\)\s*!?=\s*['\"]){code}(?=['\"])",
    r"(cell\([^()]*,\s*['\"]){code}(?=['\"])",
)


def recoding(tree: Tree, uid: str, new: str) -> tuple[Change, ...]:
    """The changes that give a choice another code, and tell the expressions that name the old one.

    Told are comparisons with a question of the list (``${q} = 'old'``, ``selected(${q}, 'old')``), the
    question's own (``. = 'old'``) and those with a row of a table whose rows are the list.
    """
    old = str(tree.node(uid)["name"])
    name = str(tree.node(tree.place(uid).parent)["name"])
    elements = [each for each in tree.uids() if tree.sort(each) in ELEMENTS]
    asked = [
        str(node["name"]) for each in elements if (node := tree.node(each)).get("list_name") == name
    ]
    changes = [Change(uid, "name", old, new)]
    for each in elements:
        # Most elements never name the code, and looking for it is far cheaper than for patterns.
        if not any(old in str(tree.node(each).get(field, "")) for field in EXPRESSIONS):
            continue
        patterns = list(_patterns(tree, each, name, asked, re.escape(old)))
        changes += _rewritten(tree, each, patterns, new)
    return tuple(changes)


def _patterns(tree: Tree, uid: str, name: str, asked: list[str], code: str) -> Iterator[str]:
    for question in asked:
        yield from (each.format(name=re.escape(question), code=code) for each in _OF_QUESTION)
    node = tree.node(uid)
    if node.get("list_name") == name:
        yield _OF_ITSELF.format(code=code)
    parent = tree.node(tree.place(uid).parent)
    if name in {node.get("row_list"), parent.get("row_list")}:
        yield from (each.format(code=code) for each in _OF_ROW)


def _rewritten(tree: Tree, uid: str, patterns: list[str], new: str) -> Iterator[Change]:
    node = tree.node(uid)
    for field in EXPRESSIONS:
        text = node.get(field)
        if not isinstance(text, str) or not text:
            continue
        changed = text
        for pattern in patterns:
            changed = re.sub(pattern, lambda found: found[1] + new, changed)
        if changed != text:
            yield Change(uid, field, text, changed)

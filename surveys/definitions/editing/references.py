"""Who speaks of a name, and how a name is changed everywhere at once."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from surveys.definitions.editing.fields import Sort
from surveys.definitions.editing.nodes import walk
from surveys.definitions.editing.operations import Change, Data
from surveys.definitions.editing.tree import ROOT, Tree

LIST_FIELDS: Final = {"question": "list_name", "table": "row_list"}
_KEPT: Final = frozenset(
    {"uid", "element", "name", "code", "schema", "successor_of", "library_item"}
)


def renaming(document: Data, uid: str, new: str) -> tuple[Change, ...]:
    """The changes that give a node another name and tell all who speak of it.

    An element is spoken of as ``${name}``, with its ``or_other`` text as ``${name_other}``, in
    expressions and in texts, a column also as ``. = 'name'`` where its table says which cells are
    closed; a choice list by its questions and tables and by ``instance('name')``.
    Raises NodeUnknown.
    """
    tree = Tree(document)
    old = str(tree.node(uid).get("name", ""))
    changes = [Change(uid, "name", old, new)]
    if not old or old == new:
        return tuple(changes)
    if tree.sort(uid) is Sort.LIST:
        changes += _list_users(document, old, new)
        changes += _rewritten(
            document, re.compile(rf"(instance\(\s*['\"]){re.escape(old)}(?=['\"])"), new
        )
    else:
        spoken = rf"(\$\{{\s*){re.escape(old)}(?=(?:_other)?\s*\}})"
        closing = rf"((?<![\w.])\.\s*!?=\s*['\"]){re.escape(old)}(?=['\"])"
        table = tree.place(uid).parent
        changes += _rewritten(
            document,
            re.compile(spoken),
            new,
            {(table, "closed"): re.compile(f"(?:{spoken})|(?:{closing})")},
        )
    return tuple(changes)


def _list_users(document: Data, old: str, new: str) -> Iterator[Change]:
    for node in walk(document):
        field = LIST_FIELDS.get(node.get("element", ""))
        if field and node.get(field) == old:
            yield Change(str(node["uid"]), field, old, new)


def _rewritten(
    document: Data,
    pattern: re.Pattern[str],
    new: str,
    others: Mapping[tuple[str, str], re.Pattern[str]] = MappingProxyType({}),
) -> Iterator[Change]:
    """The changed texts; ``others`` are the patterns of single fields."""
    for node in walk(document):
        uid = ROOT if "schema" in node else str(node["uid"])
        for field, text in _texts(node):
            own = others.get((uid, field), pattern)
            changed = own.sub(lambda found: next(filter(None, found.groups())) + new, text)
            if changed != text:
                yield Change(uid, field, text, changed)


def _texts(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if key in _KEPT:
            continue
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, Mapping) and key != "lists":
            yield from (
                (f"{key}.{entry}", text) for entry, text in value.items() if isinstance(text, str)
            )

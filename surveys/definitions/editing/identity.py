"""Hidden ids for nodes that have none."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeGuard

from surveys.definitions.editing.fields import Sort
from surveys.definitions.editing.nodes import rebuilt, walk
from surveys.definitions.editing.operations import Data

NewUid = Callable[[], str]
Identity = tuple[str, ...]

_UID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_uid(value: Any) -> TypeGuard[str]:
    """Whether it can be a uid: these stand in addresses and as ids in pages."""
    return isinstance(value, str) and _UID.fullmatch(value) is not None


def with_uids(document: Data, new_uid: NewUid, *, like: Data | None = None) -> Data:
    """The document with a uid on each node that has none.

    With ``like`` a node takes the uid of the node of that document which has the same sort and
    name, so that a workbook that is imported again still speaks of the same nodes.
    """
    taken = {str(node["uid"]) for node in walk(document) if node.get("uid")}
    known = {} if like is None else _known_uids(like, taken)
    named = {id(node): identity for identity, node in _identified(document)}

    def fill(node: Data) -> Data:
        if node is document or node.get("uid"):
            return node
        return {**node, "uid": known.pop(named[id(node)], "") or new_uid()}

    return rebuilt(document, Sort.ROOT, fill)


def with_new_uids(node: Data, sort: Sort, new_uid: NewUid) -> Data:
    """A copy of a node in which it and all it holds have uids of their own."""
    return rebuilt(node, sort, lambda each: {**each, "uid": new_uid()})


def _known_uids(document: Data, taken: set[str]) -> dict[Identity, str]:
    found = [(identity, str(node.get("uid", ""))) for identity, node in _identified(document)]
    return {identity: uid for identity, uid in reversed(found) if uid and uid not in taken}


def _identified(document: Data) -> Iterator[tuple[Identity, Data]]:
    """Each node below the root by what it is called: a choice within its list."""
    for node in walk({**document, "lists": {}}):
        if node.get("element"):
            yield (node["element"], node["name"]), node
        elif "code" in node and "schema" not in node:
            yield ("indicator", node["code"]), node
    for name, choices in document.get("lists", {}).items():
        yield ("list", name), choices
        for choice in choices["choices"]:
            yield ("choice", name, choice["name"]), choice

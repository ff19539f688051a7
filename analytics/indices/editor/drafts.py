"""From a document and what a browser sent to the document that follows."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from analytics.definitions import DefinitionUnreadable, IndexDefinition, Problem
from analytics.indices.documents import read_document
from analytics.indices.editor import acts
from analytics.indices.editor.experts import prepared
from analytics.indices.editor.fields import Field, Sent, take
from analytics.indices.editor.panes import groups_of
from analytics.indices.editor.parts import TREE, Group, Row, Total, fields_of
from analytics.indices.editor.sizes import resized
from analytics.indices.editor.tree import TreePane, tree_pane
from analytics.indices.findings import findings_of
from analytics.indices.words import problem_in_words


@dataclass(frozen=True, slots=True)
class Read:
    """A document as far as it can be read; ``problems`` keep it from being stored, ``findings`` do not."""

    document: Mapping[str, Any]
    definition: IndexDefinition | None
    problems: tuple[Problem, ...] = ()
    findings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A pane with what is wrong at its fields."""

    groups: list[Group]
    tree: TreePane | None


def following(document: Mapping[str, Any], pane: str, sent: Sent) -> dict[str, Any]:
    """The document with what was sent for the pane, after the act that was asked for."""
    before = prepared(document)
    resized(before, pane, sent)
    copy = deepcopy(before)
    fields = _fields(pane, before)
    take(fields, sent, copy)
    # A choice brings fields of its own, which were shown and filled in before anything was saved.
    known = {field.name for field in fields}
    copy = prepared(copy)
    resized(copy, pane, sent)
    take([field for field in _fields(pane, copy) if field.name not in known], sent, copy)
    copy = acts.with_names_followed(before, copy)
    act = str(sent.get("act", ""))
    path = act.partition(acts.SEPARATOR)[2]
    copy = acts.done(
        copy, act, target=str(sent.get(f"to {path}", "")), extra=str(sent.get(f"leaf {path}", ""))
    )
    return prepared(copy)


def judged(document: Mapping[str, Any]) -> Read:
    """The document with everything that is wrong with it."""
    try:
        definition = read_document(dict(document))
    except DefinitionUnreadable as refusal:
        return Read(document, None, refusal.problems)
    return Read(document, definition, findings=findings_of(definition))


def shown(pane: str, read: Read, theirs: Mapping[str, Any] | None = None) -> Shown:
    """The pane of a document; ``theirs`` is what somebody else has saved in the meantime."""
    wrong = (*read.problems, *read.findings)
    if pane == TREE:
        tree = tree_pane(read.document, read.definition)
        other = {f.name: f for f in tree_pane(theirs, None).fields} if theirs else {}
        rows = [replace(row, fields=_marked(row.fields, wrong, other)) for row in tree.rows]
        return Shown([], replace(tree, rows=rows))
    other = {f.name: f for f in fields_of(groups_of(pane, theirs))} if theirs else {}
    groups = [
        replace(
            group,
            fields=_marked(group.fields, wrong, other),
            rows=[_marked_row(row, wrong, other) for row in group.rows],
        )
        for group in groups_of(pane, read.document)
    ]
    return Shown(groups, None)


def _fields(pane: str, document: Mapping[str, Any]) -> list[Field]:
    if pane == TREE:
        return tree_pane(document, None).fields
    return fields_of(groups_of(pane, document))


def _marked_row(row: Row, wrong: tuple[Problem, ...], other: Mapping[str, Field]) -> Row:
    return replace(
        row,
        fields=_marked(row.fields, wrong, other),
        more=_marked(row.more, wrong, other),
        rows=[_marked_row(each, wrong, other) for each in row.rows],
        total=_marked_total(row.total, wrong),
    )


def _marked_total(total: Total | None, wrong: tuple[Problem, ...]) -> Total | None:
    """The sum with what is wrong with all of its figures together."""
    if total is None:
        return None
    words = [problem_in_words(each) for each in wrong if each.path == total.name]
    return replace(total, problem=". ".join(dict.fromkeys(words)))


def _marked(
    fields: list[Field], wrong: tuple[Problem, ...], other: Mapping[str, Field]
) -> list[Field]:
    """The fields with what is wrong at each, and what somebody else has written there."""
    marked = []
    for field in fields:
        words = [problem_in_words(each) for each in wrong if _is_at(each.path, field.name)]
        another = other.get(field.name)
        theirs = another.shown if another and another.stored != field.stored else ""
        marked.append(replace(field, problem=". ".join(dict.fromkeys(words)), theirs=theirs))
    return marked


def _is_at(path: str, name: str) -> bool:
    return path == name or path.startswith((f"{name}[", f"{name}."))

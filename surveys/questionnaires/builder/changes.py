"""What differs on a screen after edits: what is drawn anew, and what only stands elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from surveys.definitions.editing import ROOT
from surveys.engine import Element, Form, Group
from surveys.questionnaires.builder.canvas import Canvas, CanvasItem, canvas_of, section_uid
from surveys.questionnaires.builder.outline import Node, outline_of


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which nodes stand in a node now, in order. ``fresh`` are those that nobody has drawn yet."""

    uid: str
    children: tuple[str, ...]
    fresh: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What edits did: uids of nodes that changed, whose children changed, that came, that moved."""

    touched: frozenset[str]
    rearranged: frozenset[str]
    added: frozenset[str]
    moved: frozenset[str]

    @classmethod
    def of(cls, edits: Iterable[Any]) -> "Effect":
        """The effect of stored edits, one after the other."""
        stored = list(edits)
        operations = [each for edit in stored for each in edit.operations]
        return cls(
            frozenset(uid for edit in stored for uid in edit.touched),
            frozenset(uid for edit in stored for uid in edit.rearranged),
            frozenset(
                str(value["uid"])
                for each in operations
                if each["op"] == "add"
                for value in each["values"]
            ),
            frozenset(each["node"] for each in operations if each["op"] == "move"),
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """What is sent. ``rows`` and ``lists`` are parts of the outline, the others of the section.

    ``canvas`` is the whole section, ``head`` its head alone, ``frames`` the order in it and ``items``
    those of its frames that are drawn anew.
    """

    rows: tuple[Node, ...]
    lists: tuple[Arrangement, ...]
    canvas: Canvas | None
    head: Canvas | None
    frames: tuple[Arrangement, ...]
    items: tuple[CanvasItem, ...]
    section: str
    selected: str


def changes_of(
    form: Form, effect: Effect, *, section: str, selected: str, language: str, at: datetime
) -> Changes:
    """What a browser that shows ``section`` and selects ``selected`` then has to draw."""
    roots = outline_of(form, language)
    nodes = {node.uid: node for node in _walk(roots)}
    # A list or the questionnaire itself stands in no section: the one that is shown stays.
    is_element = any(each.uid == selected for each in form.definition.elements())
    shown = section_uid(form, selected if is_element else section)
    group = _group(form, shown)
    is_whole = shown != section or (group is None and ROOT in effect.rearranged)
    rows = effect.touched | effect.moved | _ancestors(roots, effect.rearranged)
    canvas = None
    if is_whole:
        canvas = canvas_of(form, shown, language=language, at=at)
    parts = None if is_whole else _parts(form, effect, shown, language, at)
    frames = tuple(_frames(form, group, parts, effect)) if parts and group else ()
    placed = {item.uid for each in frames for item in each.fresh}
    return Changes(
        rows=tuple(nodes[uid] for uid in sorted(rows) if uid in nodes),
        lists=tuple(_lists(roots, nodes, effect)),
        canvas=canvas,
        head=parts if parts and group and _has_other_head(group, effect) else None,
        frames=frames,
        items=tuple(item for item in parts.items if item.uid not in placed) if parts else (),
        section=shown,
        selected=selected or shown,
    )


def _parts(form: Form, effect: Effect, shown: str, language: str, at: datetime) -> Canvas | None:
    """The section with no more than the frames to be drawn anew."""
    group = _group(form, shown)
    # A group whose children came or went is arranged, not drawn anew.
    arranged = {each.uid for each in _groups(group)} if group else set()
    wanted = effect.touched | effect.added | effect.moved | (effect.rearranged - arranged)
    return canvas_of(form, shown, language=language, at=at, only=wanted - {shown})


def _lists(
    roots: tuple[Node, ...], nodes: Mapping[str, Node], effect: Effect
) -> Iterator[Arrangement]:
    if ROOT in effect.rearranged:
        yield _arranged(ROOT, roots, effect)
    for uid in sorted(effect.rearranged):
        if uid in nodes and nodes[uid].holds:
            yield _arranged(uid, nodes[uid].children, effect)


def _arranged(uid: str, children: tuple[Node, ...], effect: Effect) -> Arrangement:
    fresh = tuple(child for child in children if child.uid in effect.added)
    return Arrangement(uid, tuple(child.uid for child in children), fresh)


def _frames(form: Form, group: Group, canvas: Canvas, effect: Effect) -> Iterator[Arrangement]:
    drawn = {item.uid: item for item in canvas.items}
    for each in _groups(group):
        if each.uid in effect.rearranged:
            children = tuple(child.uid for child in each.children if child.name not in form.others)
            fresh = tuple(drawn[uid] for uid in children if uid in drawn)
            yield Arrangement(each.uid, children, fresh)


def _has_other_head(group: Group, effect: Effect) -> bool:
    inside = {each.uid for each in _groups(group)}
    return group.uid in effect.touched or bool(inside & effect.rearranged)


def _group(form: Form, uid: str) -> Group | None:
    """The group that is the section of that uid; None for a section of loose elements."""
    found = (each for each in form.definition.children if each.uid == uid)
    element = next(found, None)
    return element if isinstance(element, Group) else None


def _groups(group: Group) -> Iterator[Group]:
    """The groups whose children have frames of their own: the section, and what is nested in it."""
    yield group
    for child in group.children:
        if isinstance(child, Group):
            yield from _groups(child)


def shares_list(form: Form, selected: str, changed: frozenset[str]) -> bool:
    """Whether a choice list that is selected, or that the selected element uses, changed."""
    for listed in form.definition.lists.values():
        uids = {listed.uid, *(choice.uid for choice in listed.choices)}
        if selected in uids:
            return bool(uids & changed)
    element: Element | None = next(
        (each for each in form.definition.elements() if each.uid == selected), None
    )
    name = getattr(element, "list_name", "") or getattr(element, "row_list", "")
    used = form.definition.lists.get(name)
    return used is not None and used.uid in changed


def _ancestors(nodes: Iterable[Node], wanted: frozenset[str]) -> set[str]:
    """The nodes wanted and those they stand in."""
    found: set[str] = set()
    for node in nodes:
        below = _ancestors(node.children, wanted)
        if below or node.uid in wanted:
            found |= below | {node.uid}
    return found


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)

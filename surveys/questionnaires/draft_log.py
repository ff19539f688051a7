"""Who changed what in a draft: its edits in words, the newest first."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.definitions.editing import (
    ROOT,
    Add,
    Change,
    Delete,
    Move,
    Operation,
    Tree,
    kept_operations,
)
from surveys.definitions.editing.nodes import sort_of, walk
from surveys.definitions.editing.operations import Data
from surveys.engine import text_in
from surveys.organisations.models import User
from surveys.questionnaires.comparison import ASPECTS
from surveys.questionnaires.enums import DraftEditKind
from surveys.questionnaires.models import DraftEdit, QuestionnaireVersion

HAPPENINGS: Final[Mapping[type[Operation], Promise]] = {
    Change: _("Altered"),
    Add: _("Added"),
    Move: _("Moved"),
    Delete: _("Removed"),
}
FIELDS: Final[Mapping[str, Promise]] = {
    "name": _("Name"),
    "code": _("Code"),
    "trigger": _("Is worked out when this changes"),
    "carry": _("Last round's answer"),
    "totals": _("Totals"),
    "default_language": _("Default language"),
    "languages": _("Languages"),
    "numerator": _("Numerator"),
    "denominator": _("Denominator"),
    "over": _("Denominator counts"),
    "direction": _("Direction"),
    "legal_basis": _("Legal basis"),
    "applies_to": _("Applies to"),
    "extra": _("Further column"),
}
REVERSING: Final = (DraftEditKind.UNDO, DraftEditKind.REDO)
MOST_CHARACTERS: Final = 400
"""Of a value in the log; the whole stands at the element or in the comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One operation. ``node`` is "" where the element is no longer in the draft.

    ``old`` and ``new`` are the values of a field, or the places of what was moved. ``position`` is
    that of the operation in its edit; ``is_restorable`` says that it deleted something that is still
    missing.
    """

    what: str | Promise
    node: str
    label: str
    name: str
    field: str | Promise
    entry: str
    old: str
    new: str
    position: int
    is_restorable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One edit. ``is_taken_back`` says that an undo holds now."""

    number: int
    at: datetime
    actor: User | None
    kind: str
    kind_word: str | Promise
    is_taken_back: bool
    reverses: int | None
    lines: tuple[Line, ...]


def edits_of(draft: QuestionnaireVersion, *, person: str, node: str) -> QuerySet[DraftEdit]:
    """The draft's edits, the newest first, of one person (a key) and about one node if given."""
    edits = draft.edits.select_related("actor", "reverses").order_by("-number")
    if person.isascii() and person.isdecimal():
        edits = edits.filter(actor=int(person[:18]))
    if node:
        edits = edits.annotate(text=Cast("operations", TextField()))
        # The whole key or value between its quotation marks, so that no uid is found in another.
        edits = edits.filter(text__contains=json.dumps(node))
    return edits


def authors_of(draft: QuestionnaireVersion) -> list[User]:
    """Everybody who edited the draft, by name."""
    edited = DraftEdit.objects.filter(version=draft).values("actor")
    return list(User.objects.filter(pk__in=edited).order_by("full_name", "email"))


def entries(
    draft: QuestionnaireVersion, edits: Iterable[DraftEdit], language: str
) -> tuple[Entry, ...]:
    """The edits in words. Names are those of now; what is gone is called as it last was."""
    shown = list(edits)
    taken_back = _taken_back(draft)
    teller = _Teller(draft, shown, language)
    return tuple(
        Entry(
            number=edit.number,
            at=edit.at,
            actor=edit.actor,
            kind=edit.kind,
            kind_word=DraftEditKind(edit.kind).label,
            is_taken_back=edit.pk in taken_back,
            reverses=edit.reverses.number if edit.reverses else None,
            lines=tuple(teller.lines(edit)),
        )
        for edit in shown
    )


def label_in(tree: Tree, uid: str, language: str) -> str:
    """What a node is called; its uid where it is no longer there."""
    if uid not in tree:
        return uid
    node = tree.node(uid)
    fallback = str(tree.document.get("default_language", "vi"))
    return _label_of(uid, node, language, fallback) or uid


def deleted_in(edit: DraftEdit, position: int) -> Delete | None:
    """What the operation at that position of the edit deleted; None if it deleted nothing."""
    operations = kept_operations(edit.operations)
    found = operations[position] if 0 <= position < len(operations) else None
    return found if isinstance(found, Delete) else None


def _taken_back(draft: QuestionnaireVersion) -> set[int]:
    """Ids of the edits that an undo, or a redo of one, took back and that still are."""
    pairs = draft.edits.filter(kind__in=REVERSING).order_by("-number").values_list("pk", "reverses")
    gone: set[int] = set()
    # The later ones come first: what was itself taken back takes nothing back.
    for pk, reverses in pairs:
        if pk not in gone and reverses is not None:
            gone.add(reverses)
    return gone


class _Teller:
    def __init__(self, draft: QuestionnaireVersion, edits: list[DraftEdit], language: str) -> None:
        self.tree = Tree(draft.definition)
        self.language = language
        self.fallback = str(draft.definition.get("default_language", "vi"))
        self.operations = {edit.pk: _operations(edit) for edit in edits}
        self.known = {uid: self.tree.node(uid) for uid in self.tree.uids()}
        self._learn(edits, draft)

    def lines(self, edit: DraftEdit) -> Iterator[Line]:
        for position, operation in enumerate(self.operations[edit.pk]):
            for uid in _subjects(operation):
                field, entry, old, new = self._told(operation)
                yield Line(
                    what=HAPPENINGS[type(operation)],
                    node=uid if uid in self.tree else "",
                    label=self._label(uid),
                    name=self._name(uid),
                    field=field,
                    entry=entry,
                    old=old,
                    new=new,
                    position=position,
                    is_restorable=isinstance(operation, Delete) and uid not in self.tree,
                )

    def _told(self, operation: Operation) -> tuple[str | Promise, str, str, str]:
        match operation:
            case Change(field=path, old=old, new=new):
                key, _dot, entry = path.partition(".")
                words: Mapping[str, str | Promise] = {**ASPECTS, **FIELDS}
                return words.get(key, key), entry, _shown(old), _shown(new)
            case Move(place=place, origin=origin):
                before = self._place(origin.parent, origin.after) if origin else ""
                return "", "", before, self._place(place.parent, place.after)
            case Add(place=place):
                return "", "", "", self._place(place.parent, place.after)
            case Delete(origin=origin):
                return "", "", self._place(origin.parent, origin.after) if origin else "", ""

    def _place(self, parent: str, after: str) -> str:
        """In what, behind what."""
        words = [self._label(parent)] if parent != ROOT else []
        return " / ".join([*words, self._label(after)] if after else words)

    def _label(self, uid: str) -> str:
        return _label_of(uid, self.known.get(uid, {}), self.language, self.fallback) or uid

    def _name(self, uid: str) -> str:
        return _name_of(self.known.get(uid, {}))

    def _learn(self, edits: list[DraftEdit], draft: QuestionnaireVersion) -> None:
        """Find out what the nodes were that are gone: an edit at hand, or a later one, deleted them."""
        wanted = {
            uid for found in self.operations.values() for each in found for uid in _named(each)
        }
        for found in self.operations.values():
            for each in found:
                self._learn_from(each)
        if not edits or not wanted - self.known.keys():
            return
        later = draft.edits.filter(number__gt=edits[0].number).order_by("number")
        for edit in later.iterator(chunk_size=200):
            for each in _operations(edit):
                self._learn_from(each)
            if not wanted - self.known.keys():
                return

    def _learn_from(self, operation: Operation) -> None:
        for value in _values(operation):
            for node in walk(value, sort_of(value)):
                self.known.setdefault(str(node.get("uid", "")), node)


def _label_of(uid: str, node: Data, language: str, fallback: str) -> str:
    texts = node.get("title" if uid == ROOT else "label") or {}
    return _cut(text_in(texts, language, fallback)) or _name_of(node)


def _name_of(node: Data) -> str:
    return str(node.get("name") or node.get("code") or "")


def _operations(edit: DraftEdit) -> tuple[Operation, ...]:
    return kept_operations(edit.operations)


def _values(operation: Operation) -> tuple[Data, ...]:
    match operation:
        case Add(values=values):
            return values
        case Delete(value=value) if value is not None:
            return (value,)
        case _:
            return ()


def _subjects(operation: Operation) -> tuple[str, ...]:
    if isinstance(operation, Add):
        return tuple(str(value["uid"]) for value in operation.values)
    return (operation.node,)


def _named(operation: Operation) -> Iterator[str]:
    yield from _subjects(operation)
    places = [getattr(operation, "place", None), getattr(operation, "origin", None)]
    for place in filter(None, places):
        yield from filter(None, (place.parent, place.after))


def _shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return _cut(value)
        case _:
            return _cut(json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"

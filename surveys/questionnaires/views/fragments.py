"""What a browser that shows the builder is sent after an edit: only what changed."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Self

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.definitions.editing import ROOT, Tree
from surveys.engine import Form, Severity, walk
from surveys.organisations.models import User
from surveys.questionnaires import queries, services
from surveys.questionnaires.builder import (
    Canvas,
    CanvasItem,
    Node,
    canvas_of,
    outline_of,
    section_uid,
)
from surveys.questionnaires.enums import DraftEditKind
from surveys.questionnaires.models import QuestionnaireVersion

MAX_BODY: Final = 2_000_000
MAX_EDITS: Final = 200
"""A browser that missed more than this loads the page anew."""
TEMPLATE: Final = "questionnaires/builder/_changes.html"


class EditUnreadable(DomainError):
    """The request is no edit."""

    code = "edit_unreadable"
    message = _("The change could not be read.")
    status = 400


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at which draft, in which language and when."""

    draft: QuestionnaireVersion
    person: User
    language: str
    at: datetime

    @property
    def form(self) -> Form:
        """The draft's form as it stands."""
        return queries.form_of(self.draft)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser shows: the revision, the section, the selected node; and what it selects next."""

    since: int
    section: str
    selected: str
    next: str = ""

    @classmethod
    def read(cls, get: Callable[[str], Any]) -> Self:
        """From an address or a body; what cannot be read is nothing shown."""
        since = str(get("since"))
        return cls(
            int(since) if since.isascii() and since.isdigit() else -1,
            str(get("section") or ""),
            str(get("at") or ""),
        )

    def selecting(self, uid: str) -> "Shown":
        """The same, with another node to be selected if there is one."""
        return replace(self, next=uid)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is drawn anew. ``rows`` and ``lists`` are parts of the outline."""

    rows: tuple[Node, ...]
    lists: tuple[Node, ...]
    roots: tuple[Node, ...] | None
    canvas: Canvas | None
    items: tuple[CanvasItem, ...]
    selected: str
    with_properties: bool


def read_body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request. Raises EditUnreadable."""
    if len(request.body) > MAX_BODY:
        raise EditUnreadable
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as failure:
        raise EditUnreadable from failure
    if not isinstance(body, dict):
        raise EditUnreadable
    return body


def pane_context(reader: Reader, selected: str, section: str) -> dict[str, Any]:
    """The section and the selected node."""
    known = selected in Tree(reader.draft.definition)
    canvas = canvas_of(reader.form, section, language=reader.language, at=reader.at)
    return {
        "draft": reader.draft,
        "canvas": canvas,
        "selected": selected if known else section,
        "properties": properties(reader, selected if known else section),
    } | bar_context(reader)


def bar_context(reader: Reader) -> dict[str, Any]:
    """The bar: what can be undone, how many problems there are."""
    stacks = queries.stacks_of(reader.draft, reader.person)
    severities = [problem.severity for problem in reader.form.problems]
    return {
        "draft": reader.draft,
        "can_undo": bool(stacks.undoable),
        "can_redo": bool(stacks.redoable),
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "last_edit": reader.draft.edits.select_related("actor").last(),
    }


def properties(reader: Reader, uid: str) -> dict[str, Any] | None:
    """The selected node for the right pane; None where nothing is selected."""
    tree = Tree(reader.draft.definition)
    if not uid or uid not in tree:
        return None
    return {"uid": uid, "sort": tree.sort(uid).value, "node": tree.node(uid)}


def changes_answer(request: HttpRequest, reader: Reader, shown: Shown) -> HttpResponse:
    """Fragments that bring a browser from the revision it shows to the present one.

    A browser that shows another draft's state, or one that was replaced by an import, is told to load
    the page anew.
    """
    edits = list(reader.draft.edits.filter(number__gt=shown.since)[: MAX_EDITS + 1])
    replaced = any(edit.kind == DraftEditKind.REPLACED for edit in edits)
    if replaced or len(edits) > MAX_EDITS or not 0 <= shown.since <= reader.draft.revision:
        return _stamped(HttpResponse(headers={"X-Reload": "1"}), reader)
    touched = {uid for edit in edits for uid in edit.touched}
    rearranged = {uid for edit in edits for uid in edit.rearranged}
    changes = changes_of(reader, shown, touched, rearranged)
    context = pane_context(reader, changes.selected, section_uid(reader.form, changes.selected))
    return _stamped(render(request, TEMPLATE, context | {"changes": changes}), reader)


def refusal_answer(refusal: DomainError) -> JsonResponse:
    """A refusal in words, with both values where there are two."""
    told: dict[str, Any] = {"code": refusal.code, "message": str(refusal), **refusal.details}
    if isinstance(refusal, services.EditConflict) and refusal.last is not None:
        told["who"] = str(refusal.last.actor or "")
        told["when"] = refusal.last.at.isoformat()
    return JsonResponse(told, status=refusal.status, json_dumps_params={"ensure_ascii": False})


def changes_of(reader: Reader, shown: Shown, touched: set[str], rearranged: set[str]) -> Changes:
    """What differs on the screen after edits that touched and rearranged these nodes."""
    form = reader.form
    roots = outline_of(form, reader.language)
    nodes = {node.uid: node for node in _walk(roots)}
    wanted = shown.next or shown.selected
    selected = wanted if wanted in Tree(reader.draft.definition) else ""
    section = section_uid(form, selected)
    inside = _inside(form, section)
    whole = section != shown.section or bool(rearranged & (inside | {ROOT}))
    canvas = canvas_of(form, section, language=reader.language, at=reader.at)
    ancestors = _ancestors(roots, rearranged)
    return Changes(
        rows=tuple(nodes[uid] for uid in sorted(touched | ancestors) if uid in nodes),
        lists=tuple(nodes[uid] for uid in sorted(rearranged) if uid in nodes),
        roots=roots if ROOT in rearranged else None,
        canvas=canvas if whole or section in touched else None,
        items=() if whole or canvas is None else tuple(_items(canvas.items, touched, form)),
        selected=selected or section,
        with_properties=selected != shown.selected
        or bool((touched | rearranged) & {selected})
        or _shares_list(form, selected, touched | rearranged),
    )


def _shares_list(form: Form, selected: str, changed: set[str]) -> bool:
    """Whether a choice list that the selected element uses is among what changed."""
    element = next((each for each in form.definition.elements() if each.uid == selected), None)
    name = getattr(element, "list_name", "") or getattr(element, "row_list", "")
    used = form.definition.lists.get(name)
    return used is not None and used.uid in changed


def _items(items: Iterable[CanvasItem], touched: set[str], form: Form) -> Iterable[CanvasItem]:
    """The outermost items that show something touched."""
    for item in items:
        if item.uid in touched or (not item.is_group and _holds(form, item.name, touched)):
            yield item
        else:
            yield from _items(item.children, touched, form)


def _holds(form: Form, name: str, touched: set[str]) -> bool:
    return any(each.uid in touched for each in walk((form.element(name),)))


def _inside(form: Form, section: str) -> set[str]:
    for each in form.sections:
        elements = {element.uid for element in walk(each.elements)}
        own = form.parts[each.name].element.uid if each.name in form.parts else ""
        if section and section in elements | {own}:
            return elements | {own}
    return set()


def _ancestors(nodes: Iterable[Node], wanted: set[str]) -> set[str]:
    """The nodes wanted and those they stand in."""
    found: set[str] = set()
    for node in nodes:
        below = _ancestors(node.children, wanted)
        if below or node.uid in wanted:
            found |= below | {node.uid}
    return found


def _walk(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _stamped(answer: HttpResponse, reader: Reader) -> HttpResponse:
    answer["X-Revision"] = str(reader.draft.revision)
    return answer

"""What a browser that shows the builder is sent after an edit: only what changed."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final, Self

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.definitions.editing import ROOT, Tree
from surveys.engine import Form, Severity
from surveys.organisations.models import User
from surveys.questionnaires import queries, services
from surveys.questionnaires.builder import (
    Changes,
    Effect,
    canvas_of,
    changes_of,
    section_uid,
    shares_list,
)
from surveys.questionnaires.builder.properties import Pane, Source, pane_of
from surveys.questionnaires.catalogue.queries import indicators_of
from surveys.questionnaires.drafting.names import is_element
from surveys.questionnaires.enums import DraftEditKind
from surveys.questionnaires.logic import number_of_rules
from surveys.questionnaires.models import QuestionnaireVersion

MAX_BODY: Final = 2_000_000
MAX_EDITS: Final = 200
"""A browser that missed more than this loads the page anew."""
MAX_DIGITS: Final = 12
TEMPLATE: Final = "questionnaires/builder/_changes.html"
STATE: Final = "questionnaires/builder/_state.html"
NO_SECTION: Final = "-"
"""What a page of the builder that shows no section says of it."""


class EditUnreadable(DomainError):
    """The request is no edit."""

    code = "edit_unreadable"
    message = _("The change could not be read.")
    status = 400


@dataclass(frozen=True)
class Reader:
    """Who looks at which draft, in which language and when."""

    draft: QuestionnaireVersion
    person: User
    language: str
    at: datetime

    @cached_property
    def form(self) -> Form:
        """The draft's form as it stands."""
        return queries.form_of(self.draft)

    @cached_property
    def tree(self) -> Tree:
        """The draft's nodes as they stand."""
        return Tree(self.draft.definition)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser shows: the revision, the section, the selected node with the page of its choices;
    and what it selects next.
    """

    since: int
    section: str
    selected: str
    next: str = ""
    page: int = 1

    @classmethod
    def read(cls, get: Callable[[str], Any]) -> Self:
        """From an address or a body; what cannot be read is nothing shown."""
        return cls(
            _number(get("since"), -1),
            str(get("section") or ""),
            str(get("at") or ""),
            page=_number(get("page"), 1),
        )

    def selecting(self, uid: str) -> "Shown":
        """The same, with another node to be selected if there is one."""
        return replace(self, next=uid)


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


def pane_context(reader: Reader, selected: str, section: str, page: int = 1) -> dict[str, Any]:
    """The section and the selected node, with that page of its choices."""
    known = selected in reader.tree
    canvas = canvas_of(reader.form, section, language=reader.language, at=reader.at)
    return {
        "draft": reader.draft,
        "canvas": canvas,
        "selected": selected if known else section,
        "properties": properties(reader, selected if known else section, page),
    } | bar_context(reader)


def bar_context(reader: Reader) -> dict[str, Any]:
    """The bar: what can be undone, how many problems there are."""
    stacks = queries.stacks_of(reader.draft, reader.person)
    severities = [problem.severity for problem in reader.form.problems]
    # An edit may hold thousands of operations, and the bar says only when it was made.
    edits = reader.draft.edits.select_related("actor").defer("operations", "touched", "rearranged")
    return {
        "draft": reader.draft,
        "can_undo": bool(stacks.undoable),
        "can_redo": bool(stacks.redoable),
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "last_edit": edits.last(),
        "number_of_rules": number_of_rules(reader.form),
    }


def properties(reader: Reader, uid: str, page: int = 1) -> Pane | None:
    """The selected node for the right pane; None where nothing is selected."""
    tree = reader.tree
    if not uid or uid not in tree:
        return None
    questionnaire = reader.draft.questionnaire
    published = queries.latest_published(questionnaire)
    names = (
        frozenset(each.name for each in queries.form_of(published).definition.elements())
        if published
        else frozenset[str]()
    )
    source = Source(
        form=reader.form,
        tree=tree,
        language=reader.language,
        published=names,
        indicators=indicators_of(questionnaire.owner_id, reader.at.date()),
        page=page,
    )
    return pane_of(source, uid)


def section_shown(reader: Reader, uid: str, shown: str) -> str:
    """The section of an element; for what stands in no section the one that is shown already."""
    return section_uid(reader.form, uid if is_element(reader.tree, uid) else shown)


def changes_answer(request: HttpRequest, reader: Reader, shown: Shown) -> HttpResponse:
    """Fragments that bring a browser from the revision it shows to the present one; the bar alone
    for a page that shows no section.

    A browser that shows another draft's state, or one that was replaced by an import, is told to load
    the page anew.
    """
    edits = list(reader.draft.edits.filter(number__gt=shown.since)[: MAX_EDITS + 1])
    replaced = any(edit.kind == DraftEditKind.REPLACED for edit in edits)
    if replaced or len(edits) > MAX_EDITS or not 0 <= shown.since <= reader.draft.revision:
        return _stamped(HttpResponse(headers={"X-Reload": "1"}), reader)
    if shown.section == NO_SECTION:
        return _stamped(render(request, STATE, bar_context(reader)), reader)
    effect = Effect.of(edits)
    wanted = shown.next or shown.selected
    changes = changes_of(
        reader.form,
        effect,
        section=shown.section,
        selected=wanted if wanted in reader.tree else "",
        language=reader.language,
        at=reader.at,
    )
    context = bar_context(reader) | {"changes": changes}
    if _has_other_properties(reader, shown, changes, effect):
        drawn = properties(reader, changes.selected, shown.page)
        context |= {"properties": drawn, "with_properties": True}
    return _stamped(render(request, TEMPLATE, context), reader)


def _has_other_properties(reader: Reader, shown: Shown, changes: Changes, effect: Effect) -> bool:
    changed = effect.touched | effect.rearranged
    return (
        changes.selected != shown.selected
        or changes.selected == ROOT
        or changes.selected in changed
        or shares_list(reader.form, changes.selected, changed)
    )


def refusal_answer(refusal: DomainError) -> JsonResponse:
    """A refusal in words, with both values where there are two."""
    told: dict[str, Any] = {"code": refusal.code, "message": str(refusal), **refusal.details}
    if isinstance(refusal, services.EditConflict) and refusal.last is not None:
        told["who"] = str(refusal.last.actor or "")
        told["when"] = refusal.last.at.isoformat()
    # In ASCII: half a surrogate pair that a request named comes back in words and is no UTF-8.
    return JsonResponse(told, status=refusal.status)


def _number(value: Any, default: int) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < MAX_DIGITS else default


def _stamped(answer: HttpResponse, reader: Reader) -> HttpResponse:
    answer["X-Revision"] = str(reader.draft.revision)
    return answer

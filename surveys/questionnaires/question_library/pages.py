"""What the pages of the library show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.definitions import load
from surveys.engine import compile_definition
from surveys.questionnaires.builder import Canvas, canvas_of, section_uid
from surveys.questionnaires.comparison import ASPECTS
from surveys.questionnaires.question_library.content import document_of
from surveys.questionnaires.question_library.models import LibraryItem
from surveys.questionnaires.question_library.wording import Comparison

LANGUAGES: Final = ["vi", "en"]
_HAPPENINGS: Final[dict[str, Promise]] = {
    Event.LIBRARY_ITEM_SAVED: gettext_lazy("Saved"),
    Event.LIBRARY_ITEM_UPDATED: gettext_lazy("New content"),
    Event.LIBRARY_ITEM_DESCRIBED: gettext_lazy("Described anew"),
    Event.LIBRARY_ITEM_RETIRED: gettext_lazy("Retired"),
    Event.LIBRARY_ITEM_RESTORED: gettext_lazy("Brought back"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of an item's history."""

    word: str | Promise
    at: datetime
    actor: str
    source: str
    revision: int


@dataclass(frozen=True, slots=True)
class WordedText:
    """A text of a copy and the item's."""

    language: str
    old: str
    new: str


def crumbs(last: str) -> list[tuple[str, str]]:
    """The way to a page below the list."""
    return [(_("Question library"), reverse("library_list")), (last, "")]


def preview(item: LibraryItem, *, language: str, at: datetime) -> Canvas | None:
    """The item as respondents see it."""
    form = compile_definition(load(document_of(item.content, LANGUAGES)))
    return canvas_of(form, section_uid(form, ""), language=language, at=at)


def history(events: list[AuditEvent]) -> list[Happening]:
    """What was done to an item, in words."""
    return [
        Happening(
            _HAPPENINGS.get(event.kind, event.kind),
            event.at,
            str(event.actor or ""),
            event.data.get("source", ""),
            event.data["revision"],
        )
        for event in events
    ]


def worded_texts(found: Comparison) -> list[WordedText]:
    """The texts that taking a wording would change."""
    return [
        WordedText(each.field.partition(".")[2], str(each.old or ""), str(each.new))
        for each in found.texts
    ]


def worded_others(found: Comparison) -> list[tuple[str, Any]]:
    """Names of elements and what else differs in them, in words."""
    return [(name, ASPECTS.get(field, field)) for name, field in found.others]

"""What the pages of the catalogue show, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.questionnaires.catalogue.fields import figure_text
from surveys.questionnaires.catalogue.queries import Candidate, Standing

FACTS: Final[dict[str, Promise]] = {
    "label": gettext_lazy("Name"),
    "unit": gettext_lazy("Unit"),
    "direction": gettext_lazy("Direction"),
    "target": gettext_lazy("Target"),
    "legal_basis": gettext_lazy("Legal basis"),
    "scoring": gettext_lazy("Scoring rule"),
    "valid_from": gettext_lazy("Valid from"),
}
_STANDINGS: Final[dict[Standing, tuple[Promise, str]]] = {
    Standing.NEW: (gettext_lazy("New"), "ok"),
    Standing.CHANGED: (gettext_lazy("Altered"), "warn"),
    Standing.EQUAL: (gettext_lazy("Equal"), "idle"),
}
_HAPPENINGS: Final[dict[str, Promise]] = {
    Event.INDICATOR_ADDED: gettext_lazy("Entered"),
    Event.INDICATOR_CHANGED: gettext_lazy("Altered"),
    Event.INDICATOR_RETIRED: gettext_lazy("Retired"),
    Event.INDICATOR_RESTORED: gettext_lazy("Brought back"),
}


@dataclass(frozen=True, slots=True)
class WordedDifference:
    """A fact that is to change, in words."""

    fact: str | Promise
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class WordedCandidate:
    """A line of the page on which indicators are adopted."""

    code: str
    label: Any
    scoring: str
    word: Promise
    look: str
    is_new: bool
    is_equal: bool
    differences: tuple[WordedDifference, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of an indicator's history."""

    word: str | Promise
    at: datetime
    actor: str
    source: str
    last_day: date | None
    differences: tuple[WordedDifference, ...]


def crumbs(last: str) -> list[tuple[str, str]]:
    """The way to a page below the list."""
    return [(_("Indicators"), reverse("indicator_list")), (last, "")]


def worded(candidate: Candidate) -> WordedCandidate:
    """A candidate in words."""
    word, look = _STANDINGS[candidate.standing]
    return WordedCandidate(
        code=candidate.adopted.code,
        label=candidate.adopted.label,
        scoring=candidate.adopted.scoring,
        word=word,
        look=look,
        is_new=candidate.standing is Standing.NEW,
        is_equal=candidate.standing is Standing.EQUAL,
        differences=tuple(
            _difference(each.fact, each.old, each.new) for each in candidate.differences
        ),
    )


def history(events: list[AuditEvent]) -> list[Happening]:
    """What was done to an indicator, in words."""
    return [_happening(event) for event in events]


def result(points: Decimal | None, most: Decimal) -> dict[str, Any]:
    """The points of a tried answer; without ``points`` the answer gives none."""
    return {"points": None if points is None else _shown(points), "most": _shown(most)}


def _happening(event: AuditEvent) -> Happening:
    last_day = event.data.get("last_day")
    return Happening(
        word=_HAPPENINGS.get(event.kind, event.kind),
        at=event.at,
        actor=str(event.actor) if event.actor else "",
        source=event.data.get("source", ""),
        last_day=date.fromisoformat(last_day) if last_day else None,
        differences=tuple(
            _difference(each["fact"], each["old"], each["new"])
            for each in event.data.get("changes", ())
        ),
    )


def _difference(fact: str, old: Any, new: Any) -> WordedDifference:
    return WordedDifference(FACTS.get(fact, fact), _told(old), _told(new))


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{language}: {text}" for language, text in value.items())
    return "" if value is None else str(value)


def _shown(points: Decimal) -> str:
    return figure_text(round(points, 6))

"""The policy of a round and its release log as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analytics.dataset import variables_of
from analytics.gate.enums import Audience, Identity, Refusal
from analytics.gate.models import DisclosurePolicy, ReleasedTable
from surveys.campaigns.models import Round
from surveys.campaigns.queries import versions_asked
from surveys.engine import text_in
from surveys.questionnaires.queries import form_of

TARGETS: Final = "targets"
QUESTION: Final = "question:"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log in words."""

    release: ReleasedTable
    what: str
    filters: str
    audience: str
    refusal: str


def lines_of(round_: Round, releases: Iterable[ReleasedTable]) -> list[Line]:
    """The log in words. What the questionnaires of the round no longer ask stands as its code."""
    questions = _questions(round_)
    return [
        Line(
            release=each,
            what=_what(each.what, questions),
            filters="; ".join(f"{name}: {_words(value)}" for name, value in each.filters.items()),
            audience=str(Audience(each.audience).label),
            refusal=str(Refusal(each.refusal).label) if each.refusal else "",
        )
        for each in releases
    ]


def _questions(round_: Round) -> dict[str, str]:
    """Number and words of every variable by its name, in the reader's language."""
    language = get_language() or "vi"
    found: dict[str, str] = {}
    for version in versions_asked(round_):
        for each in variables_of(form_of(version)):
            words = ": ".join(filter(None, (text_in(label, language) for label in each.label)))
            found.setdefault(each.name, f"{each.number}. {words}" if each.number else words)
    return found


def _what(what: str, questions: Mapping[str, str]) -> str:
    if what == TARGETS:
        return _("Targets of the round")
    return questions.get(what.removeprefix(QUESTION), what)


def facts_of(policy: DisclosurePolicy) -> list[tuple[str, str]]:
    """The policy as words and figures."""
    facts = [(_("Who is protected"), str(Identity(policy.identity).label))]
    figures = [
        (_("Fewest organisations behind a figure"), policy.minimum),
        (_("Fewest persons behind a figure"), policy.minimum_people),
        (_("Bases of filtered tables are rounded to multiples of"), policy.base_rounding),
    ]
    return facts + [(word, str(number)) for word, number in figures]


def _words(value: Any) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)

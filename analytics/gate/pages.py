"""The policy of a round and its release log as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from analytics.gate.enums import Audience, Identity, Refusal
from analytics.gate.models import DisclosurePolicy, ReleasedTable

TARGETS = "targets"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log in words."""

    release: ReleasedTable
    what: str
    filters: str
    audience: str
    refusal: str


def lines_of(releases: Iterable[ReleasedTable]) -> list[Line]:
    """The log in words."""
    return [
        Line(
            release=each,
            what=_("Targets of the round") if each.what == TARGETS else each.what,
            filters="; ".join(f"{name}: {_words(value)}" for name, value in each.filters.items()),
            audience=str(Audience(each.audience).label),
            refusal=str(Refusal(each.refusal).label) if each.refusal else "",
        )
        for each in releases
    ]


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

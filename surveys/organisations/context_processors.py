"""What the shell of every page shows: who acts for whom, and where one can go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.models import Agency
from surveys.organisations.rules import Person, administers, department_roles, memberships

MOST: Final = 7
"""Entries beside each other: more are not read at a glance. What belongs together stands in a part."""


@dataclass(frozen=True)
class Place:
    """Where one can go: the name of its address, its icon, and what stands below it."""

    label: str | Promise
    name: str
    icon: str
    parts: tuple["Place", ...] = ()


MY_WORK: Final = Place(gettext_lazy("My tasks"), "home", "inbox")
AGENCIES: Final = Place(gettext_lazy("Agencies"), "agency_list", "diagram-3")
PUBLISHED: Final = Place(gettext_lazy("Data catalogue"), "data_catalogue", "broadcast")
ROUNDS: Final = Place(gettext_lazy("Survey rounds"), "campaign_list", "collection")
LIBRARY: Final = Place(gettext_lazy("Question library"), "library_list", "files")
INDICATORS: Final = Place(gettext_lazy("Indicators"), "indicator_list", "list-check")
QUESTIONNAIRES: Final = Place(
    gettext_lazy("Questionnaires"), "questionnaire_list", "ui-checks-grid", (LIBRARY, INDICATORS)
)
INDICES: Final = Place(gettext_lazy("Indices"), "index_list", "trophy")
ANALYSIS: Final = Place(gettext_lazy("Analysis"), "analysis", "bar-chart", (INDICES,))
EXPORTS: Final = Place(gettext_lazy("Data exports"), "export_list", "download")
DEPARTMENT: Final = (ROUNDS, QUESTIONNAIRES, AGENCIES, ANALYSIS, PUBLISHED, EXPORTS)
RESEARCH: Final = (PUBLISHED, ANALYSIS, ROUNDS, INDICATORS, EXPORTS)
"""For those whose work is to read results: what was published stands first."""

BELOW: Final = {
    "campaign_list": ("/campaigns/", "/rounds/"),
    "home": ("/assignments/",),
    "data_catalogue": ("/data/", "/data-requests/", "/releases/"),
}


@dataclass(frozen=True)
class Entry:
    """One entry of the left navigation; ``parts`` are shown while one is in it or below it.

    ``current``: the page is the entry's own or lies below it; ``within``: it lies in one of the parts.
    """

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int | None = None
    parts: tuple["Entry", ...] = ()

    @property
    def within(self) -> bool:
        """Whether the page is in one of the parts."""
        return any(part.current for part in self.parts)

    @property
    def is_open(self) -> bool:
        """Whether the parts are shown."""
        return bool(self.parts) and (self.current or self.within)


@dataclass(frozen=True)
class ActingFor:
    """The agencies a person acts for, and in which roles, in words."""

    name: str
    note: str


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The entries of the left navigation by role, and whom the person acts for.

    Nothing is read before a template asks for it; then at most three queries are made.
    """
    return {
        "navigation": SimpleLazyObject(lambda: _entries(request)),
        "acting_for": SimpleLazyObject(lambda: _acting_for(request)),
        "administers_owner": SimpleLazyObject(lambda: administers(request.user, None)),
        "searches_agencies": SimpleLazyObject(lambda: request.user.is_authenticated),
    }


def _entries(request: HttpRequest) -> list[Entry]:
    if not request.user.is_authenticated:
        return []
    wanted: list[Place] = []
    if memberships(request.user) or not department_roles(request.user):
        wanted.append(MY_WORK)
    wanted.extend(_of_department(request.user) or [AGENCIES, PUBLISHED])
    return [_entry(place, request.path) for place in wanted]


def _entry(place: Place, path: str) -> Entry:
    parts = tuple(_entry(part, path) for part in place.parts)
    current = _stands_in(path, place.name)
    return Entry(place.label, reverse(place.name), place.icon, current, parts=parts)


def _of_department(user: Person) -> Sequence[Place]:
    """The places of those with a role in a department; none for others."""
    roles = {each.role for each in department_roles(user)}
    if roles == {DepartmentRoleName.RESEARCHER}:
        return RESEARCH
    return DEPARTMENT if roles else ()


def _stands_in(path: str, name: str) -> bool:
    """Whether the page is the entry's own or lies below it."""
    own = reverse(name)
    return path == own or path.startswith(BELOW.get(name, own))


def _acting_for(request: HttpRequest) -> ActingFor | None:
    held = memberships(request.user)
    roles = department_roles(request.user)
    agencies = _unique([*(role.owner for role in roles), *(m.agency for m in held)])
    if not agencies:
        return None
    words = [*(r.get_role_display() for r in roles), *(m.get_role_display() for m in held)]
    name = agencies[0].localised_name
    if len(agencies) > 1:
        name = _("%(agency)s and %(count)s more") % {"agency": name, "count": len(agencies) - 1}
    return ActingFor(name=name, note=", ".join(dict.fromkeys(words)).lower())


def _unique(agencies: Iterable[Agency]) -> list[Agency]:
    return list({agency.pk: agency for agency in agencies}.values())

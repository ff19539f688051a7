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

MY_WORK: Final = (gettext_lazy("My tasks"), "home", "inbox")
AGENCIES: Final = (gettext_lazy("Agencies"), "agency_list", "diagram-3")
PUBLISHED: Final = (gettext_lazy("Data catalogue"), "data_catalogue", "broadcast")
ROUNDS: Final = (gettext_lazy("Survey rounds"), "campaign_list", "collection")
INDICATORS: Final = (gettext_lazy("Indicators"), "indicator_list", "list-check")
ANALYSIS: Final = (gettext_lazy("Analysis"), "analysis", "bar-chart")
INDICES: Final = (gettext_lazy("Indices"), "index_list", "trophy")
EXPORTS: Final = (gettext_lazy("Data exports"), "export_list", "download")
DEPARTMENT: Final = (
    ROUNDS,
    (gettext_lazy("Questionnaires"), "questionnaire_list", "ui-checks-grid"),
    (gettext_lazy("Question library"), "library_list", "files"),
    INDICATORS,
    AGENCIES,
    ANALYSIS,
    INDICES,
    PUBLISHED,
    EXPORTS,
)
RESEARCH: Final = (PUBLISHED, ANALYSIS, INDICES, ROUNDS, INDICATORS, EXPORTS)
"""For those whose work is to read results: what was published stands first."""

BELOW: Final = {
    "campaign_list": ("/campaigns/", "/rounds/"),
    "home": ("/assignments/",),
    "data_catalogue": ("/data/", "/data-requests/", "/releases/"),
}


@dataclass(frozen=True)
class Entry:
    """One entry of the left navigation."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int | None = None


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
    wanted: list[tuple[str | Promise, str, str]] = []
    if memberships(request.user) or not department_roles(request.user):
        wanted.append(MY_WORK)
    wanted.extend(_of_department(request.user) or [AGENCIES, PUBLISHED])
    return [
        Entry(label, reverse(name), icon, current=_stands_in(request.path, name))
        for label, name, icon in wanted
    ]


def _of_department(user: Person) -> Sequence[tuple[str | Promise, str, str]]:
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

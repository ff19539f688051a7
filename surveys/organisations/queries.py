"""Reads of agencies and people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from surveys.common.tokens import hashed
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import (
    AccountInvitation,
    Agency,
    AgencyChange,
    AgencyIdentifier,
    AgencyQuerySet,
    AgencySuccession,
    FormerName,
    Membership,
    Substitution,
)
from surveys.organisations.rules import DEPARTMENT_KEY, Person, administers, is_member
from surveys.organisations.search import search_key

MAX_WORDS = 12
BATCH = 5_000
"""Words that fit into one statement of every database."""
NEARBY = 200


@dataclass(frozen=True)
class AgencyPage:
    """What the page of one agency shows; ``members`` is None for who may not see them."""

    agency: Agency
    above: list[Agency]
    identifiers: list[AgencyIdentifier]
    predecessors: list[AgencySuccession]
    successors: list[AgencySuccession]
    children: list[Agency]
    communes: int
    members: list[Membership] | None
    invitations: list[AccountInvitation]
    changes: list[AgencyChange]
    former_names: list[FormerName]

    @property
    def lede(self) -> str:
        """The agency's type and what it belongs to: communes share names, provinces do not."""
        return ", ".join([self.agency.get_type_display(), *_names(self.above[-1:])])


def names_on(agency: Agency, day: date) -> dict[str, str]:
    """The agency's name on the day, by language; the first known one for days before it."""
    former = agency.former_names.filter(valid_to__gt=day).order_by("valid_to").first()
    found = former or agency
    return {"vi": found.name, "en": found.name_en}


def department() -> Agency:
    """The national digital-transformation department, first owner of questionnaires."""
    return Agency.objects.get(key=DEPARTMENT_KEY)


def provinces() -> AgencyQuerySet:
    """Today's provinces by name."""
    return Agency.objects.of_types([AgencyType.PROVINCE]).order_by("sort_key")


def find_agencies(
    text: str, *, types: Iterable[str] | None = None, under: Agency | None = None
) -> AgencyQuerySet:
    """Existing agencies in whose names every word of the text begins a word, or with that code.

    Case, tones, đ/d and the placement of tones do not matter, and an agency is also found by the
    names of its predecessors. An empty text finds all.
    """
    found = Agency.objects.select_related("parent")
    if types is not None:
        found = found.of_types(types)
    if under is not None:
        found = found.under(under)
    words = search_key(text).split()[:MAX_WORDS]
    if not words:
        return found
    successors = AgencySuccession.objects.filter(_named(words, "predecessor__search_key"))
    matches = _named(words, "search_key") | Q(pk__in=successors.values("successor"))
    code = text.strip()
    if code.isdigit():
        codes = AgencyIdentifier.objects.filter(value=code, valid_to=None)
        matches |= Q(pk__in=codes.values("agency"))
    return found.filter(matches)


def agencies_named(words: Iterable[str]) -> dict[str, Agency]:
    """Existing agencies by key or by a code that holds, as the words name them in small letters.

    A key goes before a code. Words that name none are absent.
    """
    wanted = sorted({word.lower() for word in words})
    found: dict[str, Agency] = {}
    for first in range(0, len(wanted), BATCH):
        part = wanted[first : first + BATCH]
        codes = AgencyIdentifier.objects.filter(
            value__in=[*part, *(word.upper() for word in part)],
            valid_to=None,
            agency__valid_to=None,
        )
        for code in codes.select_related("agency"):
            found[code.value.lower()] = code.agency
        found.update({each.key: each for each in Agency.objects.filter(key__in=part)})
    return found


def agencies_nearby(agency: Agency) -> list[Agency]:
    """Agencies that are likely to be named beside this one: its kind in its place, and those above."""
    beside = Agency.objects.filter(type=agency.type, parent=agency.parent_id)
    return [*_above(agency), *beside.exclude(pk=agency.pk)[:NEARBY]]


def agency_page(agency: Agency, *, user: Person) -> AgencyPage:
    """The agency's place in the tree, its codes, its past and, for who may see them, its people."""
    children = agency.children.exclude(type=AgencyType.COMMUNE)
    return AgencyPage(
        agency=agency,
        above=list(_above(agency)),
        identifiers=list(agency.identifiers.order_by("scheme", "valid_from")),
        predecessors=list(
            agency.precessions.select_related("predecessor").order_by("predecessor__sort_key")
        ),
        successors=list(agency.successions.select_related("successor")),
        children=list(children),
        communes=agency.children.of_types([AgencyType.COMMUNE]).count(),
        members=list(members_of(agency)) if _may_see_members(user, agency) else None,
        changes=list(agency.changes.all()),
        former_names=list(agency.former_names.all()),
        invitations=(list(agency.invitations.pending()) if _may_see_members(user, agency) else []),
    )


def members_of(agency: Agency) -> QuerySet[Membership]:
    """The agency's members by role and name."""
    return agency.memberships.select_related("user").order_by("role", "user__full_name")


def substitutions_of(agency: Agency) -> QuerySet[Substitution]:
    """Who stood, stands and will stand in for whom, the latest first."""
    return agency.substitutions.select_related("absent", "substitute")


def invitation_of(secret: str) -> AccountInvitation | None:
    """The invitation whose link holds the secret; the database compares hashes, never secrets."""
    found = AccountInvitation.objects.select_related("agency").filter(token_hash=hashed(secret))
    return found.first()


def people_with_role(agency_id: int, role: str, *, day: date) -> list[int]:
    """Ids of those with an open account who have the role in the agency on the day, in their own
    right or in somebody's place."""
    own = Membership.objects.filter(agency=agency_id, role=role, user__is_active=True)
    standing_in = Substitution.objects.in_force(day).filter(
        agency=agency_id, role=role, substitute__is_active=True
    )
    return sorted(
        {
            *own.values_list("user", flat=True),
            *standing_in.values_list("substitute", flat=True),
        }
    )


def _names(agencies: Iterable[Agency]) -> list[str]:
    return [agency.localised_name for agency in agencies]


def _named(words: list[str], field: str) -> Q:
    named = Q()
    for word in words:
        named &= Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"})
    return named


def _above(agency: Agency) -> QuerySet[Agency]:
    ids = [int(step) for step in agency.path.split("/")[:-2]]
    return Agency.ever.filter(pk__in=ids).order_by("path")


def _may_see_members(user: Person, agency: Agency) -> bool:
    return administers(user, agency) or is_member(user, agency)

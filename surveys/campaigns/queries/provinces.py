"""The map: where each of the provinces stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import OuterRef, Q, Subquery

from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment, Round
from surveys.organisations.enums import AgencyType, IdentifierScheme
from surveys.organisations.models import AgencyIdentifier

LEVELS: Final = {
    AssignmentStatus.NOT_STARTED: 0,
    AssignmentStatus.AWAITING_SIGNATURE: 3,
    AssignmentStatus.SUBMITTED: 4,
    AssignmentStatus.VERIFIED: 4,
    AssignmentStatus.PUBLISHED: 4,
}


@dataclass(frozen=True)
class ProvinceRow:
    """A province and its shade: 0 not started, 1 under half, 2 from half on, 3 waiting, 4 done.

    ``code`` is the statistics office's on the round's reference date, by which the map knows it.
    """

    code: str
    names: Mapping[str, str]
    status: AssignmentStatus
    answered: int
    total: int
    level: int


def provinces(round_: Round) -> list[ProvinceRow]:
    """The provinces that the round asks, in official order; one query."""
    asked = Assignment.objects.filter(round=round_, agency__type=AgencyType.PROVINCE)
    values = (
        asked.annotate(code=_codes(round_))
        .order_by("agency__official_order", "agency__sort_key")
        .values_list("code", "agency__name", "agency__name_en", "status", "answered", "total")
    )
    return [
        _row(code or "", {"vi": name, "en": name_en}, status, answered, total)
        for code, name, name_en, status, answered, total in values
    ]


def _codes(round_: Round) -> Subquery:
    day = round_.reference_date
    codes = (
        AgencyIdentifier.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            agency=OuterRef("agency"),
            scheme=IdentifierScheme.NSO,
        )
        .order_by("-valid_from")
        .values("value")[:1]
    )
    return Subquery(codes)


def _row(
    code: str, names: Mapping[str, str], status: str, answered: int, total: int
) -> ProvinceRow:
    standing = AssignmentStatus(status)
    half = 2 if 2 * answered >= total > 0 else 1
    return ProvinceRow(
        code=code,
        names=names,
        status=standing,
        answered=answered,
        total=total,
        level=LEVELS.get(standing, half),
    )

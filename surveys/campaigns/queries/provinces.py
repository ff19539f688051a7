"""The map: where each of the provinces stands."""

from dataclasses import dataclass
from typing import Final

from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment, Round
from surveys.organisations.enums import AgencyType

LEVELS: Final = {
    AssignmentStatus.NOT_STARTED: 0,
    AssignmentStatus.AWAITING_SIGNATURE: 3,
    AssignmentStatus.SUBMITTED: 4,
    AssignmentStatus.VERIFIED: 4,
    AssignmentStatus.PUBLISHED: 4,
}


@dataclass(frozen=True)
class ProvinceRow:
    """A province and its shade: 0 not started, 1 under half, 2 from half on, 3 waiting, 4 done."""

    name: str
    status: AssignmentStatus
    answered: int
    total: int
    level: int


def provinces(round_: Round) -> list[ProvinceRow]:
    """The provinces that the round asks, in official order; one query."""
    asked = Assignment.objects.filter(round=round_, agency__type=AgencyType.PROVINCE)
    values = asked.order_by("agency__official_order", "agency__sort_key").values_list(
        "agency__name", "status", "answered", "total"
    )
    return [_row(*value) for value in values]


def _row(name: str, status: str, answered: int, total: int) -> ProvinceRow:
    standing = AssignmentStatus(status)
    half = 2 if 2 * answered >= total > 0 else 1
    return ProvinceRow(name, standing, answered, total, LEVELS.get(standing, half))

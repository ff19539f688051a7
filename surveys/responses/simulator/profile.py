"""What kind of agency answers: its size and its maturity decide how its figures look."""

import random
from dataclasses import dataclass
from typing import Final

from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency

SIZES: Final = {
    AgencyType.MINISTRY: 1.0,
    AgencyType.MINISTERIAL_AGENCY: 0.6,
    AgencyType.GOVERNMENT_AGENCY: 0.5,
    AgencyType.PROVINCE: 0.9,
    AgencyType.COMMUNE: 0.1,
    AgencyType.ENTERPRISE: 0.8,
}
ELSEWHERE: Final = 0.3

CAPACITIES: Final = {
    AgencyType.MINISTRY: ("KT. Bộ trưởng", "Thứ trưởng"),
    AgencyType.PROVINCE: ("KT. Chủ tịch", "Phó Chủ tịch"),
}
# A ministry has no department of a province, and a province no bureau of a ministry.
ELSEWHERE_WORDS: Final = {
    AgencyType.PROVINCE: ("Cục", "Vụ"),
    AgencyType.MINISTRY: ("Sở",),
    AgencyType.MINISTERIAL_AGENCY: ("Sở",),
    AgencyType.GOVERNMENT_AGENCY: ("Sở",),
}
HEADS: Final = ("KT. Thủ trưởng", "Phó Thủ trưởng")


@dataclass(frozen=True, slots=True)
class Profile:
    """An agency that answers; ``size`` scales its figures, ``maturity`` (0 to 1) its shares.

    The higher its ``steadiness``, the closer to its maturity each choice is.
    """

    agency: Agency
    size: float
    maturity: float
    steadiness: int = 1

    @property
    def signs_as(self) -> str:
        """The capacity in which its signatory signs."""
        return ", ".join(CAPACITIES.get(AgencyType(self.agency.type), HEADS))

    def has(self, label: str) -> bool:
        """Whether an agency of this type can have what the label names."""
        return not label.startswith(ELSEWHERE_WORDS.get(AgencyType(self.agency.type), ()))


def profile_of(agency: Agency, dice: random.Random) -> Profile:
    """A plausible agency of its type; the same dice give the same one in every round."""
    size = SIZES.get(AgencyType(agency.type), ELSEWHERE) * dice.lognormvariate(0, 0.35)
    return Profile(agency, size, dice.betavariate(4, 2))

"""Which types of agency make a level."""

from collections.abc import Mapping
from typing import Final

from surveys.campaigns.enums import Level
from surveys.organisations.enums import AgencyType

TYPES_OF: Final[Mapping[Level, tuple[AgencyType, ...]]] = {
    Level.CENTRAL: (
        AgencyType.MINISTRY,
        AgencyType.MINISTERIAL_AGENCY,
        AgencyType.GOVERNMENT_AGENCY,
        AgencyType.DEPARTMENT,
    ),
    Level.PROVINCE: (AgencyType.PROVINCE,),
    Level.COMMUNE: (AgencyType.COMMUNE, AgencyType.COMMUNITY_TEAM),
    Level.ENTERPRISE: (AgencyType.ENTERPRISE,),
    Level.OTHER: (AgencyType.ASSOCIATION,),
}
LEVEL_OF: Final[Mapping[AgencyType, Level]] = {
    kind: level for level, kinds in TYPES_OF.items() for kind in kinds
}

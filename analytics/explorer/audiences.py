"""Who reads a result, and when nobody may yet."""

from dataclasses import dataclass

from analytics.explorer.enums import Audience
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.organisations.rules import Person


@dataclass(frozen=True, slots=True)
class Basis:
    """For whom a result is, on which answers it rests, and by which policy it was protected."""

    audience: Audience
    version: str
    policy: str

    @property
    def fields(self) -> dict[str, str]:
        """As the fields of a stored result."""
        return {
            "audience": self.audience.value,
            "data_version": self.version,
            "policy": self.policy,
        }


def audience_of(user: Person, round_: Round) -> Audience:
    """Those who may read the answers of single agencies get everything, the others what is protected.

    Of confidential answers nobody reads single ones.
    """
    may_read = user.has_perm(Permission.ANSWERS_CODE, round_)
    return Audience.ANSWERS if may_read else Audience.RESULTS


def audiences_of(round_: Round) -> tuple[Audience, ...]:
    """For whom results of the round are computed."""
    if round_.campaign.is_confidential:
        return (Audience.RESULTS,)
    return tuple(Audience)


def is_withheld(round_: Round) -> bool:
    """Whether nothing is shown yet: a total before and after one signature tells what was signed."""
    return round_.campaign.is_confidential and round_.status != RoundStatus.CLOSED

"""On what a result rests, who reads it, and when nobody may yet."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from analytics.gate.enums import Audience
from analytics.gate.models import DisclosurePolicy
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round

PROTECTS: Final = (
    "identity",
    "minimum",
    "minimum_people",
    "p",
    "dominance_n",
    "dominance_k",
    "base_rounding",
    "groups",
    "zeros",
)
"""What of a policy decides what is hidden."""


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


def policy_key(policy: DisclosurePolicy) -> str:
    """A policy as a short text: equal texts hide the same."""
    values = [str(getattr(policy, name)) for name in PROTECTS]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


def is_withheld(round_: Round) -> bool:
    """Whether nothing is shown yet: a total before and after one signature tells what was signed."""
    return round_.campaign.is_confidential and round_.status != RoundStatus.CLOSED

"""The life of a publication on one screen."""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from analytics.releases.enums import ReleaseStatus
from surveys.common.errors import DomainError


class ReleaseStep(StrEnum):
    """What can be done with a publication."""

    APPROVE = "approve"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


class ReleaseMovedOn(DomainError):
    """Somebody else was quicker, or it is over."""

    code = "release_moved_on"

    def __init__(self, status: ReleaseStatus, step: ReleaseStep) -> None:
        words = str(_REFUSALS[step]) % {"status": status.label}
        super().__init__(words, status=status.value, step=step.value)


TRANSITIONS: Final[dict[tuple[ReleaseStatus, ReleaseStep], ReleaseStatus]] = {
    (ReleaseStatus.PROPOSED, ReleaseStep.APPROVE): ReleaseStatus.APPROVED,
    (ReleaseStatus.PROPOSED, ReleaseStep.WITHDRAW): ReleaseStatus.WITHDRAWN,
    (ReleaseStatus.APPROVED, ReleaseStep.CORRECT): ReleaseStatus.SUPERSEDED,
    (ReleaseStatus.APPROVED, ReleaseStep.WITHDRAW): ReleaseStatus.WITHDRAWN,
}

_REFUSALS: Final = {
    ReleaseStep.APPROVE: _("The publication cannot be approved: its status is “%(status)s”."),
    ReleaseStep.CORRECT: _("The publication cannot be corrected: its status is “%(status)s”."),
    ReleaseStep.WITHDRAW: _("The publication cannot be withdrawn: its status is “%(status)s”."),
}


def next_status(status: str, step: ReleaseStep) -> ReleaseStatus:
    """The status after ``step``; raises ReleaseMovedOn where the table has no line."""
    current = ReleaseStatus(status)
    following = TRANSITIONS.get((current, step))
    if following is None:
        raise ReleaseMovedOn(current, step)
    return following

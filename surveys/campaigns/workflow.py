"""The life of a round on one screen."""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from surveys.campaigns.enums import RoundStatus
from surveys.common.errors import DomainError


class RoundStep(StrEnum):
    """What can be done with a round."""

    OPEN = "open"
    CLOSE = "close"
    CHANGE_VERSION = "change_version"


class RoundAlreadyOpen(DomainError):
    """A round is opened once."""

    code = "round_already_open"
    message = _("The round is already open.")


class RoundNotPlanned(DomainError):
    """A closed round is not opened again."""

    code = "round_not_planned"
    message = _("The round is closed and cannot be opened again. Create a new round.")


class RoundNotOpen(DomainError):
    """Only what was opened can be closed."""

    code = "round_not_open"
    message = _("The round has not been opened yet.")


class RoundAlreadyClosed(DomainError):
    """A round is closed once."""

    code = "round_already_closed"
    message = _("The round is already closed.")


TRANSITIONS: Final = {
    (RoundStatus.PLANNED, RoundStep.OPEN): RoundStatus.OPEN,
    (RoundStatus.OPEN, RoundStep.CHANGE_VERSION): RoundStatus.OPEN,
    (RoundStatus.OPEN, RoundStep.CLOSE): RoundStatus.CLOSED,
}

REFUSALS: Final[dict[tuple[RoundStatus, RoundStep], type[DomainError]]] = {
    (RoundStatus.OPEN, RoundStep.OPEN): RoundAlreadyOpen,
    (RoundStatus.CLOSED, RoundStep.OPEN): RoundNotPlanned,
    (RoundStatus.PLANNED, RoundStep.CLOSE): RoundNotOpen,
    (RoundStatus.CLOSED, RoundStep.CLOSE): RoundAlreadyClosed,
    (RoundStatus.PLANNED, RoundStep.CHANGE_VERSION): RoundNotOpen,
    (RoundStatus.CLOSED, RoundStep.CHANGE_VERSION): RoundAlreadyClosed,
}


def next_status(status: RoundStatus, step: RoundStep) -> RoundStatus:
    """The status after ``step``; raises the refusal of that step otherwise."""
    following = TRANSITIONS.get((status, step))
    if following is None:
        raise REFUSALS[status, step]
    return following

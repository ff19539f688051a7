"""The lives of a campaign and of a round, each on one screen."""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from surveys.campaigns.enums import CampaignStatus, RoundStatus
from surveys.common.errors import DomainError


class RoundStep(StrEnum):
    """What can be done with a round."""

    OPEN = "open"
    CLOSE = "close"
    CHANGE_VERSION = "change_version"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    REOPEN = "reopen"


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


class RoundCancelled(DomainError):
    """A cancelled round stays so."""

    code = "round_cancelled"
    message = _("The round is cancelled. Copy it into a new one if it is wanted after all.")


class RoundStillRunning(DomainError):
    """Only a closed round is reopened."""

    code = "round_still_running"
    message = _("The round is not closed, so there is nothing to reopen.")


TRANSITIONS: Final = {
    (RoundStatus.PLANNED, RoundStep.OPEN): RoundStatus.OPEN,
    (RoundStatus.PLANNED, RoundStep.POSTPONE): RoundStatus.PLANNED,
    (RoundStatus.PLANNED, RoundStep.CANCEL): RoundStatus.CANCELLED,
    (RoundStatus.OPEN, RoundStep.POSTPONE): RoundStatus.OPEN,
    (RoundStatus.OPEN, RoundStep.CANCEL): RoundStatus.CANCELLED,
    (RoundStatus.OPEN, RoundStep.CHANGE_VERSION): RoundStatus.OPEN,
    (RoundStatus.OPEN, RoundStep.CLOSE): RoundStatus.CLOSED,
    (RoundStatus.CLOSED, RoundStep.REOPEN): RoundStatus.OPEN,
}

REFUSALS: Final[dict[tuple[RoundStatus, RoundStep], type[DomainError]]] = {
    (RoundStatus.PLANNED, RoundStep.CLOSE): RoundNotOpen,
    (RoundStatus.PLANNED, RoundStep.CHANGE_VERSION): RoundNotOpen,
    (RoundStatus.PLANNED, RoundStep.REOPEN): RoundStillRunning,
    (RoundStatus.OPEN, RoundStep.OPEN): RoundAlreadyOpen,
    (RoundStatus.OPEN, RoundStep.REOPEN): RoundStillRunning,
    (RoundStatus.CLOSED, RoundStep.OPEN): RoundNotPlanned,
    (RoundStatus.CLOSED, RoundStep.POSTPONE): RoundAlreadyClosed,
    (RoundStatus.CLOSED, RoundStep.CANCEL): RoundAlreadyClosed,
    (RoundStatus.CLOSED, RoundStep.CLOSE): RoundAlreadyClosed,
    (RoundStatus.CLOSED, RoundStep.CHANGE_VERSION): RoundAlreadyClosed,
    **{(RoundStatus.CANCELLED, step): RoundCancelled for step in RoundStep},
}


def next_status(status: RoundStatus, step: RoundStep) -> RoundStatus:
    """The status after ``step``; raises the refusal of that step otherwise."""
    following = TRANSITIONS.get((status, step))
    if following is None:
        raise REFUSALS[status, step]
    return following


class CampaignStep(StrEnum):
    """What can be done with a campaign."""

    START = "start"
    PAUSE = "pause"
    END = "end"


class CampaignAlreadyRunning(DomainError):
    """A running campaign is not started again."""

    code = "campaign_already_running"
    message = _("The campaign is running already.")


class CampaignNotRunning(DomainError):
    """Only what runs can pause."""

    code = "campaign_not_running"
    message = _("The campaign is not running, so there is nothing to pause.")


class CampaignEnded(DomainError):
    """An ended campaign asks nobody any more."""

    code = "campaign_ended"
    message = _("The campaign has ended. Create a new one.")


CAMPAIGN_TRANSITIONS: Final = {
    (CampaignStatus.PREPARING, CampaignStep.START): CampaignStatus.RUNNING,
    (CampaignStatus.PREPARING, CampaignStep.END): CampaignStatus.ENDED,
    (CampaignStatus.RUNNING, CampaignStep.PAUSE): CampaignStatus.PAUSED,
    (CampaignStatus.RUNNING, CampaignStep.END): CampaignStatus.ENDED,
    (CampaignStatus.PAUSED, CampaignStep.START): CampaignStatus.RUNNING,
    (CampaignStatus.PAUSED, CampaignStep.END): CampaignStatus.ENDED,
}

CAMPAIGN_REFUSALS: Final[dict[tuple[CampaignStatus, CampaignStep], type[DomainError]]] = {
    (CampaignStatus.PREPARING, CampaignStep.PAUSE): CampaignNotRunning,
    (CampaignStatus.RUNNING, CampaignStep.START): CampaignAlreadyRunning,
    (CampaignStatus.PAUSED, CampaignStep.PAUSE): CampaignNotRunning,
    **{(CampaignStatus.ENDED, step): CampaignEnded for step in CampaignStep},
}


def next_campaign_status(status: CampaignStatus, step: CampaignStep) -> CampaignStatus:
    """The status after ``step``; raises the refusal of that step otherwise."""
    following = CAMPAIGN_TRANSITIONS.get((status, step))
    if following is None:
        raise CAMPAIGN_REFUSALS[status, step]
    return following

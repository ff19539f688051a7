"""Campaigns and rounds: everything that changes them or an agency's standing in them."""

from surveys.campaigns.services.creating import (
    CampaignDetails,
    CodeTaken,
    LegalBasisMissing,
    PreviousRoundOfAnotherCampaign,
    QuestionnaireNotPublished,
    RoundClosesBeforeOpening,
    RoundDetails,
    TargetTypesMissing,
    VersionOfAnotherQuestionnaire,
    create_campaign,
    create_round,
)
from surveys.campaigns.services.running import (
    NobodyToAsk,
    RoundDeadlinePassed,
    VersionOlder,
    VersionRetired,
    assign,
    change_version,
    close_round,
    open_round,
)
from surveys.campaigns.services.standing import (
    move,
    record_progress,
    take_version,
    topic,
)

__all__ = [
    "CampaignDetails",
    "CodeTaken",
    "LegalBasisMissing",
    "NobodyToAsk",
    "PreviousRoundOfAnotherCampaign",
    "QuestionnaireNotPublished",
    "RoundClosesBeforeOpening",
    "RoundDeadlinePassed",
    "RoundDetails",
    "TargetTypesMissing",
    "VersionOfAnotherQuestionnaire",
    "VersionOlder",
    "VersionRetired",
    "assign",
    "change_version",
    "close_round",
    "create_campaign",
    "create_round",
    "move",
    "open_round",
    "record_progress",
    "take_version",
    "topic",
]

"""Campaigns, their rounds, who must answer, and what was agreed with each."""

from surveys.campaigns.models.agreements import Extension, Refusal
from surveys.campaigns.models.assignments import Assignment, AssignmentQuerySet
from surveys.campaigns.models.campaigns import Campaign, CampaignQuerySet, CampaignVariant
from surveys.campaigns.models.letters import AccessLink, MailText
from surveys.campaigns.models.rounds import Round, RoundQuerySet, RoundVariant

__all__ = [
    "AccessLink",
    "Assignment",
    "AssignmentQuerySet",
    "Campaign",
    "CampaignQuerySet",
    "CampaignVariant",
    "Extension",
    "MailText",
    "Refusal",
    "Round",
    "RoundQuerySet",
    "RoundVariant",
]

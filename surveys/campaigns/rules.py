"""Who may do what with campaigns, rounds and assignments; the matrix names these predicates."""

from typing import TYPE_CHECKING, Final

from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.rules import has_role, is_member, owners_of

if TYPE_CHECKING:
    from surveys.campaigns.models import Assignment, Campaign, Round
    from surveys.organisations.models import User

STEERING: Final = (DepartmentRoleName.DESIGNER, DepartmentRoleName.ADMINISTRATOR)


def may_view_campaign(user: "User", campaign: "Campaign | None") -> bool:
    """Any role of the owner; of no campaign in particular: any role of any owner."""
    if campaign is None:
        return bool(owners_of(user))
    return has_role(user, campaign.owner)


def may_create_campaign(user: "User", _campaign: "Campaign | None") -> bool:
    """Designers and administrators of some owner."""
    return bool(owners_of(user, *STEERING))


def may_view_round(user: "User", round_: "Round | None") -> bool:
    """The owner's people see the course of it; a member of an agency that is asked, its title."""
    if round_ is None:
        return bool(owners_of(user))
    return may_follow_round(user, round_) or round_.asks_agency_of(user)


def may_follow_round(user: "User", round_: "Round") -> bool:
    """Only the owner's people see how the agencies are getting on."""
    return has_role(user, round_.campaign.owner)


def may_create_round(user: "User", campaign: "Campaign | None") -> bool:
    """Designers and administrators of the campaign's owner."""
    if campaign is None:
        return bool(owners_of(user, *STEERING))
    return has_role(user, campaign.owner, *STEERING)


def may_open_round(user: "User", round_: "Round | None") -> bool:
    """Designers and administrators of the campaign's owner."""
    return may_create_round(user, None if round_ is None else round_.campaign)


def may_close_round(user: "User", round_: "Round | None") -> bool:
    """Whoever may open it."""
    return may_open_round(user, round_)


def may_view_assignment(user: "User", assignment: "Assignment | None") -> bool:
    """The owner's people and the members of the agency that is asked."""
    if assignment is None:
        return True
    return may_follow_round(user, assignment.round) or is_member(user, assignment.agency)

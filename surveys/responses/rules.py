"""Who may do what with a response; the matrix names these predicates.

They take the assignment or its response; of none in particular, they say whether the person could
be permitted at all. *When* a step is allowed is the workflow's matter.
"""

from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment
from surveys.campaigns.signing_off import StepAct
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.organisations.rules import has_role, is_member
from surveys.responses.signoff import turns
from surveys.responses.signoff.turns import may_act_at, may_act_now

if TYPE_CHECKING:
    from surveys.organisations.models import User


class OfAssignment(Protocol):
    """Something that belongs to an assignment, as a response does."""

    @property
    def assignment(self) -> Assignment:
        """The assignment."""


Target: TypeAlias = Assignment | OfAssignment | None

WRITERS: Final = (MembershipRole.COORDINATOR, MembershipRole.CONTRIBUTOR)
SIGNERS: Final = (MembershipRole.REVIEWER, MembershipRole.SIGNATORY)
CHECKERS: Final = (DepartmentRoleName.VERIFIER, DepartmentRoleName.ADMINISTRATOR)


def may_edit_response(user: "User", target: Target) -> bool:
    """Coordinators and contributors of the agency."""
    return _is_member(user, target, *WRITERS)


def may_divide_work(user: "User", target: Target) -> bool:
    """Coordinators of the agency: they say who of it does what."""
    return _is_member(user, target, MembershipRole.COORDINATOR)


def may_send_response(user: "User", target: Target) -> bool:
    """Coordinators of the agency: they answer for the whole."""
    return _is_member(user, target, MembershipRole.COORDINATOR)


def may_sign_response(user: "User", target: Target) -> bool:
    """Who has the role of the step at which the round's chain has the agency sign."""
    assignment = _assignment(target)
    if assignment is None:
        return is_member(user, None, *SIGNERS)
    return may_act_at(user, assignment, StepAct.SIGN)


def may_approve_response(user: "User", target: Target) -> bool:
    """Who has the role of a step that approves, in the agency or in its superior."""
    assignment = _assignment(target)
    if assignment is None:
        return is_member(user, None, *SIGNERS)
    return may_act_at(user, assignment, StepAct.APPROVE)


def may_return_response(user: "User", target: Target) -> bool:
    """Whoever's step waits; the owner's verifiers and administrators too, once it is signed.

    Of a confidential campaign the owner's people judge no single answers.
    """
    assignment = _assignment(target)
    if assignment is None:
        return is_member(user, None, *SIGNERS) or has_role(user, None, *CHECKERS)
    if may_act_now(user, assignment):
        return True
    campaign = assignment.round.campaign
    return (
        assignment.status != AssignmentStatus.AWAITING_SIGNATURE
        and not campaign.is_confidential
        and has_role(user, campaign.owner_id, *CHECKERS)
    )


def may_read_as_superior(user: "User", target: Target) -> bool:
    """Who approves for the superior agency, once the agency has signed."""
    assignment = _assignment(target)
    if assignment is None:
        return is_member(user, None, *SIGNERS)
    return turns.may_read_as_superior(user, assignment)


def _is_member(user: "User", target: Target, *roles: MembershipRole) -> bool:
    assignment = _assignment(target)
    return is_member(user, None if assignment is None else assignment.agency_id, *roles)


def _assignment(target: Target) -> Assignment | None:
    if target is None or isinstance(target, Assignment):
        return target
    return target.assignment

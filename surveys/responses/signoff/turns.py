"""Whose turn it is: the step of the sign-off chain that waits, and who may act at it."""

from typing import Final

from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment
from surveys.campaigns.signing_off import (
    SignOffStep,
    StepAct,
    StepPlace,
    chain_of,
    sign_index,
    steps_for,
)
from surveys.organisations.rules import Person, is_member

OPEN_TO_SUPERIOR: Final = frozenset(
    {AssignmentStatus.SUBMITTED, AssignmentStatus.VERIFIED, AssignmentStatus.PUBLISHED}
)
"""When an agency's answers are its superior's business: once they are signed."""


def steps_of(assignment: Assignment) -> tuple[SignOffStep, ...]:
    """The steps that this agency's answers take, in order."""
    chain = chain_of(assignment.round.sign_off)
    return steps_for(chain, has_superior=assignment.agency.parent_id is not None)


def waiting_position(assignment: Assignment) -> int | None:
    """Which step waits; None before sending, and when the chain is through."""
    steps = steps_of(assignment)
    match assignment.status:
        case AssignmentStatus.AWAITING_SIGNATURE:
            position = assignment.step
        case AssignmentStatus.SUBMITTED:
            # Whatever was signed before there were chains stands at 0.
            position = max(assignment.step, sign_index(steps) + 1)
        case _:
            return None
    return position if position < len(steps) else None


def waiting_step(assignment: Assignment) -> SignOffStep | None:
    """The step that waits; None before sending, and when the chain is through."""
    position = waiting_position(assignment)
    return None if position is None else steps_of(assignment)[position]


def waits_for(assignment: Assignment) -> StepAct | None:
    """What has to happen at the step that waits."""
    step = waiting_step(assignment)
    return None if step is None else step.act


def agency_of(assignment: Assignment, step: SignOffStep) -> int | None:
    """Whose people act at a step; None where the agency has no superior."""
    return assignment.agency.parent_id if step.place is StepPlace.SUPERIOR else assignment.agency_id


def may_act(user: Person, assignment: Assignment, step: SignOffStep) -> bool:
    """Whether the person has the step's role in the step's agency."""
    agency = agency_of(assignment, step)
    return agency is not None and is_member(user, agency, step.role)


def may_act_at(user: Person, assignment: Assignment, act: StepAct) -> bool:
    """Whether the person may act at any step where this happens."""
    steps = steps_of(assignment)
    return any(may_act(user, assignment, step) for step in steps if step.act is act)


def may_act_now(user: Person, assignment: Assignment) -> bool:
    """Whether the step that waits is the person's."""
    step = waiting_step(assignment)
    return step is not None and may_act(user, assignment, step)


def may_read_as_superior(user: Person, assignment: Assignment) -> bool:
    """Whether the person acts for the superior at a step, and the answers have come so far."""
    return assignment.status in OPEN_TO_SUPERIOR and any(
        may_act(user, assignment, step)
        for step in steps_of(assignment)
        if step.place is StepPlace.SUPERIOR
    )

"""The life of a response on one screen."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from surveys.campaigns.enums import AssignmentStatus as Status
from surveys.campaigns.signing_off import StepAct
from surveys.common.errors import DomainError
from surveys.responses.enums import Step

TRANSITIONS: Final[dict[tuple[Status, Step], Status]] = {
    (Status.NOT_STARTED, Step.START): Status.DRAFT,
    (Status.DRAFT, Step.SEND): Status.AWAITING_SIGNATURE,
    (Status.RETURNED, Step.SEND): Status.AWAITING_SIGNATURE,
    (Status.AWAITING_SIGNATURE, Step.APPROVE): Status.AWAITING_SIGNATURE,
    (Status.AWAITING_SIGNATURE, Step.SIGN): Status.SUBMITTED,
    (Status.AWAITING_SIGNATURE, Step.RETURN): Status.RETURNED,
    (Status.SUBMITTED, Step.APPROVE): Status.SUBMITTED,
    (Status.SUBMITTED, Step.RETURN): Status.RETURNED,
    (Status.SUBMITTED, Step.VERIFY): Status.VERIFIED,
    (Status.SUBMITTED, Step.PUBLISH): Status.PUBLISHED,
    (Status.VERIFIED, Step.PUBLISH): Status.PUBLISHED,
}

WAITS_FOR: Final[dict[Step, StepAct | None]] = {
    Step.APPROVE: StepAct.APPROVE,
    Step.SIGN: StepAct.SIGN,
    Step.VERIFY: None,
}
"""What the sign-off chain must be waiting for; the department verifies when it is through."""

EDITABLE: Final = frozenset({Status.DRAFT, Status.RETURNED})
"""The statuses in which answers may change."""

AT_WORK: Final = EDITABLE | {Status.NOT_STARTED}
"""The statuses in which an agency is at its answers."""

SIGNED: Final = frozenset({Status.SUBMITTED, Status.VERIFIED, Status.PUBLISHED})
"""The statuses in which a signature stands."""


class TransitionNotAllowed(DomainError):
    """The step does not lead on from where the response stands."""

    code = "transition_not_allowed"

    def __init__(self, status: Status, step: Step) -> None:
        super().__init__(
            str(_REFUSALS[step]) % {"status": status.label}, status=status.value, step=step.value
        )


class OutOfTurn(DomainError):
    """The sign-off chain waits for another act."""

    code = "out_of_turn"

    def __init__(self, step: Step, waits: StepAct | None) -> None:
        words = _WAITS[waits] if step is not Step.VERIFY else _UNFINISHED
        super().__init__(str(words), step=step.value, waits=waits.value if waits else None)


_UNFINISHED = _("The superior agency has not approved the response yet, so it cannot be verified.")

_WAITS: Final = {
    StepAct.APPROVE: _("Another step comes first: the response still has to be approved."),
    StepAct.SIGN: _("This step is done already: the response now waits for the signature."),
    None: _("This step is done already: every step of the sign-off chain is."),
}

_REFUSALS: Final = {
    Step.START: _("The response cannot be started: its status is “%(status)s”."),
    Step.SEND: _("The response cannot be sent for signature: its status is “%(status)s”."),
    Step.APPROVE: _("The response cannot be approved: its status is “%(status)s”."),
    Step.SIGN: _("The response cannot be signed: its status is “%(status)s”."),
    Step.RETURN: _("The response cannot be returned: its status is “%(status)s”."),
    Step.VERIFY: _("The response cannot be verified: its status is “%(status)s”."),
    Step.PUBLISH: _("The response cannot be published: its status is “%(status)s”."),
}


def next_status(status: str, step: Step) -> Status:
    """The status after ``step``; raises TransitionNotAllowed where the table has no line."""
    current = Status(status)
    following = TRANSITIONS.get((current, step))
    if following is None:
        raise TransitionNotAllowed(current, step)
    return following


def refuse_out_of_turn(step: Step, waits: StepAct | None) -> None:
    """Raise OutOfTurn where the sign-off chain waits for something else than the step."""
    if step in WAITS_FOR and WAITS_FOR[step] is not waits:
        raise OutOfTurn(step, waits)

"""The life of a verification and of one answer under it, on one screen."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.verification.enums import ItemStatus, PlanStatus


class PlanStep(StrEnum):
    """What is done with a verification as a whole."""

    PLAN = "plan"
    BEGIN = "begin"
    HAND_OUT = "hand_out"
    WORK = "work"
    CLOSE = "close"


class ItemStep(StrEnum):
    """What is done with one answer."""

    JUDGE = "judge"
    RECONCILE = "reconcile"
    EXPLAIN = "explain"
    DECIDE = "decide"


PLAN_STEPS: Final = {
    (PlanStatus.PREPARING, PlanStep.PLAN): PlanStatus.PREPARING,
    (PlanStatus.PREPARING, PlanStep.BEGIN): PlanStatus.HANDING_OUT,
    (PlanStatus.HANDING_OUT, PlanStep.HAND_OUT): PlanStatus.UNDER_WAY,
    (PlanStatus.UNDER_WAY, PlanStep.WORK): PlanStatus.UNDER_WAY,
    (PlanStatus.UNDER_WAY, PlanStep.CLOSE): PlanStatus.CLOSED,
}
"""Nothing leads on from CLOSED."""

ITEM_STEPS: Final = frozenset(
    {
        (ItemStatus.TO_JUDGE, ItemStep.JUDGE),
        (ItemStatus.DISPUTED, ItemStep.JUDGE),
        (ItemStatus.SETTLED, ItemStep.JUDGE),
        (ItemStatus.DISPUTED, ItemStep.RECONCILE),
        (ItemStatus.SETTLED, ItemStep.EXPLAIN),
        (ItemStatus.EXPLAINED, ItemStep.DECIDE),
    }
)
"""Judging ends with the release to the agency, explaining with its last day."""

OPEN: Final = frozenset({ItemStatus.TO_JUDGE, ItemStatus.DISPUTED})
"""What keeps findings from being released."""


class VerificationMovedOn(DomainError):
    """The step does not lead on from where the verification stands."""

    code = "verification_moved_on"

    def __init__(self, status: PlanStatus, step: PlanStep) -> None:
        super().__init__(
            str(_REFUSED[step]) % {"status": status.label}, status=status.value, step=step.value
        )


class ItemMovedOn(DomainError):
    """The step does not lead on from where the answer stands."""

    code = "verified_answer_moved_on"
    message = _("This answer has moved on: its status is “%(status)s”. Load the page again.")

    def __init__(self, status: ItemStatus, step: ItemStep) -> None:
        super().__init__(
            str(self.message) % {"status": status.label}, status=status.value, step=step.value
        )


_CLOSED: Final = _("Nothing can be changed: the status of the verification is “%(status)s”.")
_REFUSED: Final[dict[PlanStep, Promise]] = {
    PlanStep.PLAN: _("The plan is fixed: the status of the verification is “%(status)s”."),
    PlanStep.BEGIN: _("It has begun already: the status of the verification is “%(status)s”."),
    PlanStep.HAND_OUT: _CLOSED,
    PlanStep.WORK: _CLOSED,
    PlanStep.CLOSE: _("It cannot be closed: the status of the verification is “%(status)s”."),
}


def next_status(status: str, step: PlanStep) -> PlanStatus:
    """The status after ``step``; raises VerificationMovedOn where the table has no line."""
    current = PlanStatus(status)
    following = PLAN_STEPS.get((current, step))
    if following is None:
        raise VerificationMovedOn(current, step)
    return following


def refuse_item(status: str, step: ItemStep) -> None:
    """Raise ItemMovedOn where the table has no line."""
    current = ItemStatus(status)
    if (current, step) not in ITEM_STEPS:
        raise ItemMovedOn(current, step)

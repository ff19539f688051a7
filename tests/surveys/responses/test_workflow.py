"""The life of a response, line by line."""

import pytest

from surveys.campaigns.enums import AssignmentStatus as Status
from surveys.responses.enums import Step
from surveys.responses.workflow import TRANSITIONS, TransitionNotAllowed, next_status

ALLOWED = [
    (Status.NOT_STARTED, Step.START, Status.DRAFT),
    (Status.DRAFT, Step.SEND, Status.AWAITING_SIGNATURE),
    (Status.RETURNED, Step.SEND, Status.AWAITING_SIGNATURE),
    (Status.AWAITING_SIGNATURE, Step.APPROVE, Status.AWAITING_SIGNATURE),
    (Status.AWAITING_SIGNATURE, Step.SIGN, Status.SUBMITTED),
    (Status.AWAITING_SIGNATURE, Step.RETURN, Status.RETURNED),
    (Status.SUBMITTED, Step.APPROVE, Status.SUBMITTED),
    (Status.SUBMITTED, Step.RETURN, Status.RETURNED),
    (Status.SUBMITTED, Step.VERIFY, Status.VERIFIED),
    (Status.SUBMITTED, Step.PUBLISH, Status.PUBLISHED),
    (Status.VERIFIED, Step.PUBLISH, Status.PUBLISHED),
]
FORBIDDEN = [
    (status, step)
    for status in Status
    for step in Step
    if (status, step) not in {(before, by) for before, by, _after in ALLOWED}
]


@pytest.mark.parametrize(("status", "step", "following"), ALLOWED)
def test_a_step_of_the_table_leads_on(status, step, following):
    assert next_status(status.value, step) == following


@pytest.mark.parametrize(("status", "step"), FORBIDDEN)
def test_every_other_step_is_refused_in_words(status, step):
    with pytest.raises(TransitionNotAllowed) as refusal:
        next_status(status.value, step)

    assert str(status.label) in str(refusal.value)


def test_the_table_has_no_line_more():
    assert len(TRANSITIONS) == len(ALLOWED)

"""The life of a round."""

import pytest

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.workflow import (
    REFUSALS,
    TRANSITIONS,
    RoundAlreadyClosed,
    RoundAlreadyOpen,
    RoundNotOpen,
    RoundNotPlanned,
    RoundStep,
    next_status,
)


@pytest.mark.parametrize(
    ("status", "step", "following"),
    [
        (RoundStatus.PLANNED, RoundStep.OPEN, RoundStatus.OPEN),
        (RoundStatus.OPEN, RoundStep.CLOSE, RoundStatus.CLOSED),
    ],
)
def test_a_round_is_opened_then_closed(status, step, following):
    assert next_status(status, step) == following


@pytest.mark.parametrize(
    ("status", "step", "refusal"),
    [
        (RoundStatus.OPEN, RoundStep.OPEN, RoundAlreadyOpen),
        (RoundStatus.CLOSED, RoundStep.OPEN, RoundNotPlanned),
        (RoundStatus.PLANNED, RoundStep.CLOSE, RoundNotOpen),
        (RoundStatus.CLOSED, RoundStep.CLOSE, RoundAlreadyClosed),
    ],
)
def test_other_steps_are_refused_by_name(status, step, refusal):
    with pytest.raises(refusal):
        next_status(status, step)


def test_every_step_of_every_status_is_either_a_transition_or_a_refusal():
    steps = {(status, step) for status in RoundStatus for step in RoundStep}

    assert set(TRANSITIONS) | set(REFUSALS) == steps
    assert not set(TRANSITIONS) & set(REFUSALS)

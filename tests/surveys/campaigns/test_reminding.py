"""The plan of reminders: which step is due on a day."""

from datetime import date

import pytest

from surveys.campaigns.enums import MailKind
from surveys.campaigns.reminding import (
    DEFAULT_REMINDERS,
    Addressee,
    PlanUnfit,
    ReminderStep,
    due_steps,
    fit_plan,
    kind_of,
)

LAST = date(2026, 11, 30)
LONG_AGO = date(2026, 1, 1)
TO = Addressee


def keys(today, *, last_day=LAST, asked_on=LONG_AGO, plan=DEFAULT_REMINDERS):
    steps = due_steps(plan, last_day=last_day, asked_on=asked_on, today=today)
    return [step.key for step in steps]


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 11, 22), []),
        (date(2026, 11, 23), ["remind-7-coordinator"]),
        (date(2026, 11, 28), ["remind-7-coordinator"]),
        (date(2026, 11, 29), ["remind-1-coordinator"]),
        (date(2026, 11, 30), ["remind-1-coordinator"]),
        (date(2026, 12, 1), ["remind+1-coordinator"]),
        (date(2026, 12, 3), ["remind+3-signatory"]),
        (date(2026, 12, 7), ["remind+7-superior"]),
        (date(2027, 5, 1), ["remind+7-superior"]),
    ],
)
def test_only_the_latest_step_that_has_come_is_due(today, due):
    assert keys(today) == due


def test_steps_count_from_the_agencys_own_deadline():
    assert keys(date(2026, 12, 3), last_day=date(2026, 12, 10)) == ["remind-7-coordinator"]


@pytest.mark.parametrize(
    ("asked_on", "due"),
    [(date(2026, 11, 22), ["remind-7-coordinator"]), (date(2026, 11, 23), [])],
)
def test_who_was_asked_on_the_day_of_a_step_is_not_reminded_on_it(asked_on, due):
    assert keys(date(2026, 11, 23), asked_on=asked_on) == due


def test_steps_of_one_day_are_due_together():
    plan = [ReminderStep(3), ReminderStep(3, TO.SIGNATORY)]

    assert keys(date(2026, 12, 3), plan=plan) == ["remind+3-coordinator", "remind+3-signatory"]


def test_each_step_has_its_words():
    steps = [ReminderStep(-1), ReminderStep(0), *DEFAULT_REMINDERS[2:]]

    assert [kind_of(step) for step in steps] == [
        MailKind.REMINDER,
        MailKind.REMINDER,
        MailKind.LATE,
        MailKind.SIGNATORY,
        MailKind.SUPERIOR,
    ]


def test_a_plan_is_put_in_order():
    assert fit_plan(reversed(DEFAULT_REMINDERS)) == DEFAULT_REMINDERS


@pytest.mark.parametrize(
    "plan",
    [
        [ReminderStep(1), ReminderStep(1)],
        [ReminderStep(days) for days in range(13)],
        [ReminderStep(181)],
        [ReminderStep(-181)],
        [ReminderStep(0, TO.SIGNATORY)],
        [ReminderStep(-1, TO.SUPERIOR)],
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan):
    with pytest.raises(PlanUnfit):
        fit_plan(plan)

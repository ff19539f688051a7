"""The reminder plan as data: when, relative to an agency's own deadline, and whom."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

from surveys.campaigns.enums import MailKind
from surveys.common.errors import DomainError

MOST_STEPS: Final = 12
MOST_DAYS: Final = 180


class Addressee(StrEnum):
    """Whom a reminder goes to."""

    COORDINATOR = "coordinator"
    SIGNATORY = "signatory"
    SUPERIOR = "superior"


@dataclass(frozen=True, slots=True)
class ReminderStep:
    """``days`` from the last day of answering: -7 is a week before it, 1 the day after."""

    days: int
    to: Addressee = Addressee.COORDINATOR

    @property
    def key(self) -> str:
        """The step's name in the outbox: ``remind-7-coordinator``, ``remind+3-signatory``."""
        return f"remind{self.days:+d}-{self.to}"

    def day(self, last_day: date) -> date:
        """The day of the step where ``last_day`` is the last one to answer."""
        return last_day + timedelta(days=self.days)

    def as_json(self) -> dict[str, Any]:
        """The step as it is stored."""
        return {"days": self.days, "to": self.to.value}


KEY: Final = re.compile(rf"remind([+-]\d+)-({'|'.join(Addressee)})")

DEFAULT_REMINDERS: Final = (
    ReminderStep(-7),
    ReminderStep(-1),
    ReminderStep(1),
    ReminderStep(3, Addressee.SIGNATORY),
    ReminderStep(7, Addressee.SUPERIOR),
)


def reminders_of(stored: Iterable[Mapping[str, Any]]) -> tuple[ReminderStep, ...]:
    """The steps as they were stored, the earliest first."""
    steps = [ReminderStep(int(each["days"]), Addressee(each["to"])) for each in stored]
    return tuple(sorted(steps, key=lambda step: (step.days, step.to)))


def step_of_key(key: str) -> ReminderStep | None:
    """The step of a name in the outbox; None of a name that is no reminder's."""
    found = KEY.fullmatch(key)
    return ReminderStep(int(found[1]), Addressee(found[2])) if found else None


def kind_of(step: ReminderStep) -> MailKind:
    """Which words a step uses."""
    match step.to:
        case Addressee.SIGNATORY:
            return MailKind.SIGNATORY
        case Addressee.SUPERIOR:
            return MailKind.SUPERIOR
        case Addressee.COORDINATOR:
            return MailKind.LATE if step.days > 0 else MailKind.REMINDER


def due_steps(
    plan: Iterable[ReminderStep], *, last_day: date, asked_on: date, today: date
) -> tuple[ReminderStep, ...]:
    """The steps of the latest day of the plan that has come; earlier ones are not caught up.

    ``last_day`` is the agency's own, with its extension. A day on or before the asking is not one:
    who was asked late gets no reminder with the invitation.
    """
    come = [step for step in plan if asked_on < step.day(last_day) <= today]
    latest = max((step.days for step in come), default=0)
    return tuple(step for step in come if step.days == latest)


class PlanUnfit(DomainError):
    """A plan that cannot be: too many steps, the same one twice, escalating before anybody is late."""

    code = "plan_unfit"


def fit_plan(steps: Iterable[ReminderStep]) -> tuple[ReminderStep, ...]:
    """The steps in order. Raises PlanUnfit."""
    plan = tuple(sorted(steps, key=lambda step: (step.days, step.to)))
    if len(plan) > MOST_STEPS:
        raise PlanUnfit(_("A plan has at most %(number)d reminders.") % {"number": MOST_STEPS})
    if len(set(plan)) < len(plan):
        raise PlanUnfit(_("The same reminder stands there twice."))
    if any(abs(step.days) > MOST_DAYS for step in plan):
        raise PlanUnfit(_("Give at most %(number)d days.") % {"number": MOST_DAYS})
    if any(step.to is not Addressee.COORDINATOR and step.days < 1 for step in plan):
        raise PlanUnfit(
            _("Signatories and superiors hear of late agencies only: at least 1 day after.")
        )
    return plan

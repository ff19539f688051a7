"""The reminder plan as data: when, relative to an agency's own deadline, and whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


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

    def as_json(self) -> dict[str, Any]:
        """The step as it is stored."""
        return {"days": self.days, "to": self.to.value}


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

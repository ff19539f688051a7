"""The sign-off chain as data: the steps of an agency's answers from being sent to being accepted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final


class StepAct(StrEnum):
    """What happens at a step."""

    APPROVE = "approve"
    SIGN = "sign"


class StepPlace(StrEnum):
    """Whose people act at a step: the agency's own or its superior's."""

    AGENCY = "agency"
    SUPERIOR = "superior"


@dataclass(frozen=True, slots=True)
class SignOffStep:
    """One step: ``role`` is a membership role (``reviewer`` or ``signatory``) of the ``place``.

    Whoever acted at an earlier step does not act at this one, unless it ``may_repeat``.
    """

    key: str
    role: str
    act: StepAct = StepAct.APPROVE
    place: StepPlace = StepPlace.AGENCY
    title: Mapping[str, str] = field(default_factory=dict)
    may_repeat: bool = False

    def as_json(self) -> dict[str, Any]:
        """The step as it is stored."""
        return {
            "key": self.key,
            "role": self.role,
            "act": self.act.value,
            "place": self.place.value,
            "title": dict(self.title),
            "may_repeat": self.may_repeat,
        }


MOST_STEPS: Final = 6

DEFAULT_CHAIN: Final = (SignOffStep("sign", "signatory", StepAct.SIGN),)


def chain_of(stored: Iterable[Mapping[str, Any]]) -> tuple[SignOffStep, ...]:
    """The steps as they were stored; without any, the agency's signatory signs."""
    steps = tuple(
        SignOffStep(
            key=each["key"],
            role=each["role"],
            act=StepAct(each["act"]),
            place=StepPlace(each["place"]),
            title=each.get("title", {}),
            may_repeat=each.get("may_repeat", False),
        )
        for each in stored
    )
    return steps or DEFAULT_CHAIN


def sign_index(chain: Sequence[SignOffStep]) -> int:
    """Where in the chain the agency signs."""
    return next(index for index, step in enumerate(chain) if step.act is StepAct.SIGN)


def steps_for(chain: Sequence[SignOffStep], *, has_superior: bool) -> tuple[SignOffStep, ...]:
    """The steps that an agency's answers take: without a superior, its steps fall away."""
    return tuple(step for step in chain if has_superior or step.place is not StepPlace.SUPERIOR)

"""The sign-off chain as data: the steps of an agency's answers from being sent to being accepted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError


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


def titles_of(step: SignOffStep) -> Mapping[str, str]:
    """The step's own titles by language; without any, what is done at it in the reader's language."""
    if own := {language: title for language, title in step.title.items() if title}:
        return own
    if step.place is StepPlace.SUPERIOR:
        return {"vi": gettext("Superior agency approves")}
    return {"vi": gettext("Sign") if step.act is StepAct.SIGN else gettext("Review")}


MOST_STEPS: Final = 6


class ChainUnfit(DomainError):
    """A chain that no answers could go through; ``problem`` says why."""

    code = "chain_unfit"
    status = 422

    def __init__(self, problem: str) -> None:
        super().__init__(str(_UNFIT[problem]), problem=problem)


_UNFIT: Final = {
    "length": _("A chain has one to six steps."),
    "signature": _("The agency signs at exactly one step."),
    "superior_signs": _("The agency itself signs; its superior approves."),
    "order": _(
        "Before the signature the agency's own people act, after it the superior agency's only."
    ),
    "twice": _("Two steps have the same key."),
}


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


def refuse_unfit(chain: Sequence[SignOffStep]) -> None:
    """Raise ChainUnfit unless it has 1 to 6 steps, one signature, the agency's, and then only steps
    of the superior."""
    if not 1 <= len(chain) <= MOST_STEPS:
        raise ChainUnfit("length")
    if sum(step.act is StepAct.SIGN for step in chain) != 1:
        raise ChainUnfit("signature")
    signs = sign_index(chain)
    if chain[signs].place is not StepPlace.AGENCY:
        raise ChainUnfit("superior_signs")
    for index, step in enumerate(chain):
        if (step.place is StepPlace.SUPERIOR) != (index > signs):
            raise ChainUnfit("order")
    if len({step.key for step in chain}) != len(chain):
        raise ChainUnfit("twice")

"""Random respondents for a version, sent through it in the background."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.engine import errors
from surveys.organisations.models import User
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of

MOST: Final = 500
LARGEST_SEED: Final = 999_999


class SimulationImpossible(DomainError):
    """The numbers are out of bounds, or the version has errors."""

    code = "simulation_impossible"
    message = _("Between 1 and 500 respondents can be simulated, with a seed up to 999,999.")
    status = 422


@transaction.atomic
def ask_for_simulation(
    version: QuestionnaireVersion,
    *,
    respondents: int,
    seed: int,
    actor: User | None,
    at: datetime,
) -> None:
    """Ask for a simulation; a background job does it. Raises SimulationImpossible."""
    if not (1 <= respondents <= MOST and 0 <= seed <= LARGEST_SEED):
        raise SimulationImpossible
    if errors(form_of(version).problems):
        raise SimulationImpossible(
            str(_("The questionnaire has errors. Mend them first, then simulate."))
        )
    data = {
        "questionnaire": version.questionnaire.code,
        "number": version.number,
        "revision": version.revision,
        "respondents": respondents,
        "seed": seed,
    }
    audit.record(Event.SIMULATION_REQUESTED, version, actor=actor, at=at, data=data)

"""Who uses a version. ``config`` fills the question; questionnaires know no response."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from surveys.questionnaires.models import QuestionnaireVersion


@dataclass(frozen=True, slots=True)
class Use:
    """How many responses were started with a version; ``drafts`` are those still being filled in."""

    drafts: int
    responses: int


class TellsUse(Protocol):
    """What the setting ``VERSION_USE`` names."""

    def __call__(self, version: "QuestionnaireVersion") -> Use:
        """The use of the version as it is now."""


def use_of(version: "QuestionnaireVersion") -> Use:
    """The use of the version, asked of those who know."""
    told: TellsUse = import_string(settings.VERSION_USE)
    return told(version)

"""Who uses a version. ``config`` fills the question; questionnaires know no response."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from surveys.questionnaires.models import QuestionnaireVersion


@dataclass(frozen=True, slots=True)
class Use:
    """How many responses were started with a version; ``drafts`` are those still being filled in.

    ``answered`` counts, for each name that was asked about, the drafts in which something stands.
    """

    drafts: int
    responses: int
    answered: Mapping[str, int] = field(default_factory=dict)


class TellsUse(Protocol):
    """What the setting ``VERSION_USE`` names."""

    def __call__(self, version: "QuestionnaireVersion", names: tuple[str, ...] = ()) -> Use:
        """The use of the version as it is now; ``names`` are top-level names of its form."""


def use_of(version: "QuestionnaireVersion", names: tuple[str, ...] = ()) -> Use:
    """The use of the version, asked of those who know."""
    told: TellsUse = import_string(settings.VERSION_USE)
    return told(version, names)

"""The open tasks that a change of agencies touches. ``config`` fills the questions: no round is known
here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from django.conf import settings
from django.utils.module_loading import import_string

from surveys.organisations.enums import Decision

if TYPE_CHECKING:
    from surveys.organisations.models import Agency, AgencyChange, User


@dataclass(frozen=True, slots=True)
class OpenTask:
    """An agency's duty to answer in an open round, in the words of a page.

    ``may_decide`` says whether whoever asks runs the round, and so decides what becomes of it.
    """

    pk: int
    agency_id: int
    agency: str
    round: str
    status: str
    due_at: datetime
    may_decide: bool


@runtime_checkable
class KnowsRounds(Protocol):
    """What the setting ``AGENCY_ROUNDS`` names."""

    def open_tasks(self, agencies: Sequence[int], *, user: "User") -> list[OpenTask]:
        """The tasks of the agencies in rounds that are open, as the person may decide on them."""

    def settle(
        self,
        change: "AgencyChange",
        decisions: Mapping[int, Decision],
        successors: Mapping[int, Sequence["Agency"]],
        *,
        actor: "User | None",
        at: datetime,
    ) -> None:
        """Carry out what was decided, by task; successors are given by the agency before them."""


def rounds() -> KnowsRounds:
    """Who knows the rounds."""
    known: KnowsRounds = import_string(settings.AGENCY_ROUNDS)
    return known

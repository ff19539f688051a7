"""By what document agencies change, and what every change has in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.organisations.enums import ChangeKind, Decision
from surveys.organisations.models import Agency, AgencyChange, User
from surveys.organisations.rounds import rounds


class AgencyDissolved(DomainError):
    """Only agencies that exist are changed."""

    code = "agency_dissolved"
    message = _("The agency has ended already.")


class ChangeInFuture(DomainError):
    """Changes are entered when they take effect, not before."""

    code = "change_in_future"
    message = _("The change takes effect later. Enter it on that day.")


class ChangeTooEarly(DomainError):
    """A change lies after the beginning of what it changes."""

    code = "change_too_early"
    message = _("On this day the agency, its name or its code did not exist yet.")


@dataclass(frozen=True, slots=True)
class Document:
    """What a change rests on, the day it takes effect, and what was decided on open tasks."""

    number: str
    dated: date
    issuer: str
    on: date
    decisions: Mapping[int, Decision] = field(default_factory=dict)

    @property
    def basis(self) -> str:
        """The document in one line."""
        return f"{self.number}, {self.issuer}"[:200]


def locked(agencies: Sequence[Agency]) -> list[Agency]:
    """The agencies as they stand now, in the given order, kept from other changes till the end.

    The roots of their trees are held with them: two moves in one tree follow one another. Raises
    AgencyDissolved.
    """
    wanted = [agency.pk for agency in agencies]
    roots = {int(path.split("/")[0]) for path in _paths(wanted)}
    held = Agency.ever.select_for_update().filter(Q(pk__in=wanted) | Q(pk__in=roots))
    found = {agency.pk: agency for agency in held.order_by("pk")}
    if any(found[pk].valid_to is not None for pk in wanted):
        raise AgencyDissolved
    return [found[pk] for pk in wanted]


def refuse_wrong_day(document: Document, agencies: Sequence[Agency], *, at: datetime) -> None:
    """Raise ChangeInFuture or ChangeTooEarly unless the agencies existed on the day before."""
    if document.on > timezone.localtime(at).date():
        raise ChangeInFuture
    begins = [agency.valid_from for agency in agencies if agency.valid_from is not None]
    if begins and document.on <= max(begins):
        raise ChangeTooEarly


def enter(
    change: AgencyChange,
    document: Document,
    successors: Mapping[int, Sequence[Agency]] | None = None,
    *,
    actor: User | None,
    at: datetime,
) -> AgencyChange:
    """Keep the change, carry out what was decided on open tasks, and audit it."""
    change.on, change.document_number = document.on, document.number
    change.document_on, change.issuer = document.dated, document.issuer
    change.made_by, change.made_at = actor, at
    change.save()
    if document.decisions:
        rounds().settle(change, document.decisions, successors or {}, actor=actor, at=at)
    data: dict[str, Any] = {
        "change": change.pk,
        "kind": str(change.kind),
        "on": document.on,
        "document": document.number,
        "before": change.before,
        "after": change.after,
    }
    audit.record(Event.AGENCY_CHANGED, change.agency, actor=actor, at=at, data=data)
    return change


def new_change(kind: ChangeKind, agency: Agency, **sides: Mapping[str, Any]) -> AgencyChange:
    """A change not yet kept; ``before`` and ``after`` as the model says."""
    return AgencyChange(kind=kind, agency=agency, **sides)


def _paths(agencies: Sequence[int]) -> list[str]:
    return list(Agency.ever.filter(pk__in=agencies).order_by().values_list("path", flat=True))

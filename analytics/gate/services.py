"""Setting the policy, and writing the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.gate.enums import Audience, Identity, Refusal
from analytics.gate.models import DisclosurePolicy, ReleasedSet, ReleasedTable
from analytics.gate.queries import policy_of
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError
from surveys.organisations.models import User

if TYPE_CHECKING:
    from analytics.methods.disclosure.differencing import UnitSet


class PolicyRefused(DomainError):
    """A policy that would protect nobody."""

    code = "policy_refused"
    message = _("These settings do not protect anybody.")
    status = 422


class LogHasGrown(Exception):
    """Something was released while this was computed: it must be held against that too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person sets."""

    identity: Identity
    minimum: int
    minimum_people: int
    p: int | None
    dominance_n: int | None
    dominance_k: int | None
    base_rounding: int
    groups: bool
    zeros: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log as it is written."""

    audience: Audience
    what: str
    filters: dict[str, Any]
    data: str
    policy: dict[str, Any]
    units: "UnitSet"
    groups: "tuple[UnitSet, ...]" = ()
    cells: int = 0
    hidden: int = 0
    content: bytes = b""
    refusal: Refusal | None = None


@transaction.atomic
def set_policy(round_: Round, settings: Settings, *, actor: User, at: datetime) -> DisclosurePolicy:
    """Set how respondents of the round are protected from now on; the former policy stays on record.

    Raises PolicyRefused, also where answers that were promised to stay confidential would be shown.
    """
    values = {name: getattr(settings, name) for name in Settings.__slots__}
    policy = DisclosurePolicy(round=round_, set_at=at, set_by=actor, **values)
    if round_.campaign.is_confidential and settings.identity is Identity.PUBLISHED:
        raise PolicyRefused(gettext("The answers of this campaign are confidential."))
    try:
        policy.full_clean(
            exclude={"set_by", *(name for name, value in values.items() if value is None)}
        )
    except ValidationError as error:
        raise PolicyRefused(" ".join(error.messages)) from error
    before = policy_of(round_)
    policy.save()
    changed = {
        name: [getattr(before, name), value]
        for name, value in values.items()
        if getattr(before, name) != value
    }
    record(Event.DISCLOSURE_POLICY_SET, round_, actor=actor, at=at, data={"changed": changed})
    return policy


@transaction.atomic
def log_release(
    round_: Round, entry: Entry, *, newest: int, actor: User | None, at: datetime
) -> ReleasedTable:
    """Append to the log. Raises LogHasGrown unless ``newest`` is still its newest line (0: none)."""
    Round.objects.select_for_update().get(pk=round_.pk)
    last = ReleasedTable.objects.filter(round=round_).order_by("-pk").values_list("pk", flat=True)
    if (last.first() or 0) != newest:
        raise LogHasGrown
    release = ReleasedTable.objects.create(
        round=round_,
        audience=entry.audience,
        what=entry.what,
        filters=entry.filters,
        data=entry.data,
        policy=entry.policy,
        units=len(entry.units),
        unit_hash=entry.units.hash,
        cells=entry.cells,
        hidden=entry.hidden,
        content=entry.content,
        refusal=entry.refusal or "",
        released_at=at,
        actor=actor,
    )
    if entry.refusal is None:
        _keep_sets(release, (entry.units, *entry.groups))
    data = {"release": release.pk, "what": entry.what, "audience": entry.audience}
    kind = Event.TABLE_RELEASED if entry.refusal is None else Event.TABLE_WITHHELD
    record(kind, round_, actor=actor, at=at, data=data)
    return release


def _keep_sets(release: ReleasedTable, sets: "Iterable[UnitSet]") -> None:
    by_hash = {units.hash: units for units in sets}
    ReleasedSet.objects.bulk_create(
        ReleasedSet(release=release, unit_hash=key, units=len(units), packed=units.packed())
        for key, units in by_hash.items()
    )

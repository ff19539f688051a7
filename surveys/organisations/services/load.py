"""Brings the units of ``data/`` into the database."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, LPad

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.organisations.enums import AgencyType, IdentifierScheme, SuccessionKind
from surveys.organisations.models import (
    Agency,
    AgencyIdentifier,
    AgencyQuerySet,
    AgencySuccession,
    User,
)
from surveys.organisations.rules import ADDRESS, DEPARTMENT_KEY
from surveys.organisations.search import search_key, sort_key
from surveys.organisations.unit_files import CODES_OF_2025, Unit, units

# Provinces and communes stand in lists by their proper name: Lào Cai, not Tỉnh Lào Cai.
SORTED_BY_PROPER_NAME: Final = {AgencyType.PROVINCE, AgencyType.COMMUNE}
FIELDS: Final = (
    "name",
    "name_en",
    "short_name",
    "type",
    "parent_id",
    "official_order",
    "search_key",
    "sort_key",
    "attributes",
    "valid_from",
    "valid_to",
)
MERGER_BASIS: Final = "Nghị quyết 202/2025/QH15"


@dataclass(frozen=True)
class LoadReport:
    """What a load did; ``by_type`` counts the units of the files that exist today."""

    created: int
    updated: int
    unchanged: int
    by_type: Mapping[AgencyType, int]


@transaction.atomic
def load_organisations(*, actor: User | None = None, at: datetime) -> LoadReport:
    """Bring central agencies, provinces, communes and state groups into the database.

    Repeatable: units are known by their key, and what the files say replaces what stood there,
    unless it was changed here by a document.
    """
    wanted = units()
    ids = {agency.key: agency for agency in Agency.ever.all()}
    created = updated = 0
    for level in _levels(wanted):
        rows = [_agency(unit, ids) for unit in level]
        new = [row for row in rows if row.key not in ids]
        changed = [row for row in rows if row.key in ids and _must_follow(row, ids[row.key])]
        for row in changed:
            row.pk = ids[row.key].pk
        Agency.ever.bulk_create(new)
        Agency.ever.bulk_update(changed, FIELDS, batch_size=200)
        ids.update({row.key: row for row in [*new, *changed]})
        created, updated = created + len(new), updated + len(changed)
    if created or updated:
        _write_paths()
    _load_codes(wanted, ids)
    _load_successions(wanted, ids)
    report = LoadReport(
        created=created,
        updated=updated,
        unchanged=len(wanted) - created - updated,
        by_type=Counter(unit.type for unit in wanted if unit.valid_to is None),
    )
    data = {"created": created, "updated": updated, "unchanged": report.unchanged}
    audit.record(Event.ORGANISATIONS_LOADED, ids[DEPARTMENT_KEY], actor=actor, at=at, data=data)
    return report


def _levels(wanted: list[Unit]) -> list[list[Unit]]:
    """The units by depth in the tree, roots first."""
    depth: dict[str, int] = {}
    levels: list[list[Unit]] = []
    for unit in wanted:
        depth[unit.key] = depth[unit.parent] + 1 if unit.parent else 0
        if depth[unit.key] == len(levels):
            levels.append([])
        levels[depth[unit.key]].append(unit)
    return levels


def _agency(unit: Unit, known: Mapping[str, Agency]) -> Agency:
    order_by = unit.short_name if unit.type in SORTED_BY_PROPER_NAME else unit.name
    return Agency(
        key=unit.key,
        name=unit.name,
        name_en=unit.name_en,
        short_name=unit.short_name,
        type=unit.type,
        parent_id=known[unit.parent].pk if unit.parent else None,
        official_order=unit.official_order,
        search_key=search_key(f"{unit.name} {unit.short_name} {unit.name_en}")[:400],
        sort_key=sort_key(order_by)[:800],
        attributes=dict(unit.attributes) | _own_address(known.get(unit.key)),
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )


def _own_address(stored: Agency | None) -> dict[str, str]:
    """The address that an agency was given here; the files know none."""
    address = stored.attributes.get(ADDRESS) if stored else None
    return {ADDRESS: address} if address else {}


def _must_follow(row: Agency, stored: Agency) -> bool:
    """Whether the files say otherwise; what a document changed here stays as it is."""
    return not stored.by_document and any(
        getattr(row, field) != getattr(stored, field) for field in FIELDS
    )


def _write_paths() -> None:
    """Write every agency's path anew, one statement a level.

    The ids of a level are listed: before statistics are gathered, PostgreSQL joins the table with
    itself once for every level, row by row, and takes longer than anybody waits.
    """
    own_step = Concat(LPad(Cast("pk", CharField(max_length=20)), 8, Value("0")), Value("/"))
    parents_path = Subquery(
        Agency.ever.filter(pk=OuterRef("parent_id")).order_by().values("path")[:1]
    )
    Agency.ever.filter(parent=None).update(path=own_step)
    level = _ids(Agency.ever.filter(parent=None))
    while level := _ids(Agency.ever.filter(parent__in=level)):
        Agency.ever.filter(pk__in=level).update(path=Concat(parents_path, own_step))


def _ids(agencies: AgencyQuerySet) -> list[int]:
    return list(agencies.order_by().values_list("pk", flat=True))


def _load_codes(wanted: list[Unit], agencies: Mapping[str, Agency]) -> None:
    stored = {
        (code.value, code.valid_from): code
        for code in AgencyIdentifier.objects.filter(scheme=IdentifierScheme.NSO)
    }
    new, changed = [], []
    for unit in wanted:
        if unit.code is None or agencies[unit.key].by_document:
            continue
        code = AgencyIdentifier(
            agency_id=agencies[unit.key].pk,
            scheme=IdentifierScheme.NSO,
            value=unit.code.value,
            valid_from=unit.code.valid_from,
            valid_to=unit.code.valid_to,
        )
        known = stored.get((code.value, code.valid_from))
        if known is None:
            new.append(code)
        elif (known.agency_id, known.valid_to) != (code.agency_id, code.valid_to):
            code.pk = known.pk
            changed.append(code)
    AgencyIdentifier.objects.bulk_create(new)
    AgencyIdentifier.objects.bulk_update(changed, ["agency", "valid_to"], batch_size=200)


def _load_successions(wanted: list[Unit], agencies: Mapping[str, Agency]) -> None:
    stored = set(AgencySuccession.objects.values_list("predecessor_id", "successor_id"))
    merged = [
        AgencySuccession(
            predecessor_id=agencies[unit.key].pk,
            successor_id=agencies[unit.successor].pk,
            kind=SuccessionKind.MERGED,
            on=CODES_OF_2025,
            basis=MERGER_BASIS,
        )
        for unit in wanted
        if unit.successor
    ]
    AgencySuccession.objects.bulk_create(
        [row for row in merged if (row.predecessor_id, row.successor_id) not in stored]
    )

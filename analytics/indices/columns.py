"""Columns beside the answers: of uploaded tables, and what the catalogue of agencies says."""

from bisect import bisect_left
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from analytics.indices.models import CompositeIndex, IndexTable
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency

COMMUNES: Final = "agency.communes"
"""How many communes an agency has below it on the day that the round is about."""

CATALOGUE: Final = (COMMUNES,)


def columns_beside(
    index: CompositeIndex, wanted: Collection[str], *, on: date
) -> dict[str, Mapping[int, str]]:
    """The wanted columns that there are, by name and agency, as texts.

    The newest table that has a column gives all its cells.
    """
    found: dict[str, Mapping[int, str]] = {}
    tables = list(tables_in_use(index)) if wanted else []
    keys = {key for table in tables for key in table.rows}
    ids = dict(Agency.ever.filter(key__in=keys).values_list("key", "pk")) if keys else {}
    for table in tables:
        for name in table.columns:
            if name in wanted and name not in found:
                found[name] = {ids[key]: row.get(name, "") for key, row in table.rows.items()}
    if COMMUNES in wanted and COMMUNES not in found:
        found[COMMUNES] = {pk: str(number) for pk, number in _communes(on).items()}
    return found


def tables_in_use(index: CompositeIndex) -> list[IndexTable]:
    """The tables that new runs read, the newest first."""
    return list(index.tables.filter(removed_at=None))


def _communes(on: date) -> dict[int, int]:
    """How many communes each province and ministry has below it."""
    existing = Agency.ever.existing_on(on)
    paths = sorted(existing.of_types([AgencyType.COMMUNE]).values_list("path", flat=True))
    others = existing.exclude(type=AgencyType.COMMUNE).values_list("pk", "path")
    return {
        pk: bisect_left(paths, f"{path[:-1]}0") - bisect_left(paths, path) for pk, path in others
    }

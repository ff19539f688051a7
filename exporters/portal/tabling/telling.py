"""A table as plain data: what stands in it, and where it comes from."""

from typing import Any

from analytics.explorer.models import Tabulation
from analytics.explorer.queries import scope_of
from analytics.releases.models import Release
from exporters.portal.tabling.grid import Grid
from exporters.portal.tabling.provenance import facts_of, protection_of, title_of
from exporters.portal.tabling.tidy import columns_of, records_of


def told_of(release: Release, grid: Grid, found: Tabulation) -> dict[str, Any]:
    """``title``, ``columns`` and ``rows`` (one for each cell, by the names of the columns), then
    ``source`` and ``protection``, in the reader's language."""
    scope = scope_of(release.round)
    columns = columns_of(grid, scope)
    names = [column.name for column in columns]
    return {
        "title": title_of(grid.wanted, scope),
        "columns": [
            {
                "name": column.name,
                "kind": column.kind.value,
                "label": column.label,
                **({"labels": dict(column.labels)} if column.labels else {}),
            }
            for column in columns
        ],
        "rows": [
            dict(zip(names, [*each.at.values(), each.value, each.n, each.is_hidden], strict=True))
            for each in records_of(grid)
        ],
        "source": dict(facts_of(release, grid, found, scope)),
        "protection": protection_of(release),
    }

"""Writes a table that somebody has made as a file: from what was stored for that reader, never computed
anew, so that a file shows what the page has shown."""

import io
import json
import zipfile
from pathlib import Path
from typing import Final

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from analytics.explorer.models import Tabulation
from analytics.explorer.queries import basis_of, scope_of, tabulation_of
from analytics.releases.models import Release
from exporters.order import Order, Progress
from exporters.portal.tabling.grid import Grid, grid_of
from exporters.portal.tabling.provenance import facts_of, protection_of, title_of
from exporters.portal.tabling.telling import told_of
from exporters.portal.tabling.tidy import data_table
from exporters.portal.tabling.wanted import Wanted, asking_of
from surveys.common.errors import DomainError

NAME: Final = "table"
"""Of the exporter."""


PACKED: Final = {
    "csv": "exporters.formats.csv.write_csv",
    "sav": "exporters.formats.spss.write_spss",
    "dta": "exporters.formats.stata.write_stata",
    "parquet": "exporters.formats.parquet.write_parquet",
    "jsonl": "exporters.formats.jsonl.write_jsonl",
}
"""The data formats, each by the function that writes a zip of tables."""


class TableNotStored(DomainError):
    """The table that was shown is not there any more: the answers or the protection have changed."""

    code = "table_not_stored"
    message = _("The table is not there any more. Open it again, then take it along.")


def write_table(order: Order, out: Path, progress: Progress) -> None:
    """The ordered table in the ordered format. Raises TableNotStored."""
    release = order.subject_as(Release)
    with override(order.language):
        progress(0, 2, "reading")
        wanted = Wanted.from_json(order.options["table"])
        scope = scope_of(release.round)
        found = _stored(release, wanted, order)
        grid = grid_of(wanted, found.result or {}, scope)
        progress(1, 2, "writing")
        match order.format:
            case "xlsx":
                out.write_bytes(_workbook(order, release, grid, found))
            case "json":
                out.write_bytes(_json(release, grid, found, order))
            case _:
                _package(order, out, release, grid, found)
        progress(2, 2, "done")


def _stored(release: Release, wanted: Wanted, order: Order) -> Tabulation:
    """What was shown to readers of the order's audience, of the answers as they are."""
    scope = scope_of(release.round)
    basis = basis_of(release.round, order.audience)
    found = tabulation_of(release.round, asking_of(wanted, scope), basis)
    if found is None or found.result is None or "refusal" in found.result:
        raise TableNotStored
    return found


def _workbook(order: Order, release: Release, grid: Grid, found: Tabulation) -> bytes:
    from exporters.formats.xlsx import write_xlsx  # noqa: PLC0415  (heavy: in jobs only)
    from exporters.portal.tabling.sheets import book_of  # noqa: PLC0415

    scope = scope_of(release.round)
    facts = facts_of(release, grid, found, scope)
    title = title_of(grid.wanted, scope)
    return write_xlsx(book_of(order, grid, title, facts, protection_of(release)))


def _package(order: Order, out: Path, release: Release, grid: Grid, found: Tabulation) -> None:
    """A zip with the table in a data format, where it comes from (``source.json``), and checksums."""
    from exporters.archives import SUMS, write_archive  # noqa: PLC0415  (heavy: in jobs only)

    scope = scope_of(release.round)
    title = title_of(grid.wanted, scope)
    table = data_table(grid, scope, name=f"{release.round.code}-{release.number}", title=title)
    packed = io.BytesIO()
    import_string(PACKED[order.format])(
        [table], packed, title=title, as_of=order.as_of, progress=lambda _d, _t, _m: None
    )
    with zipfile.ZipFile(packed) as made:
        members = {name: made.read(name) for name in made.namelist() if name != SUMS}
    members["source.json"] = _json(release, grid, found, order)
    write_archive(out, members, at=order.as_of)


def _json(release: Release, grid: Grid, found: Tabulation, order: Order) -> bytes:
    """The table with its columns and where it comes from, keys in order."""
    told = told_of(release, grid, found)
    document = {"title": told["title"], "as_of": order.as_of.isoformat(), **told}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()

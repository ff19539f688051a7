"""Tables beside the answers: populations and other figures that no questionnaire asks."""

import hashlib
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from analytics.indices.models import CompositeIndex, IndexTable
from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.organisations.models import User
from surveys.organisations.people_files import lines_of
from surveys.organisations.queries import agencies_named

MOST_CELLS: Final = 200_000
HEADING_LENGTH: Final = 100
SHOWN: Final = 5


class TableUnfit(DomainError):
    """A table that cannot be taken as a whole; nothing of it is kept."""

    code = "index_table_unfit"
    message = _("The file holds no table: headings in the first row, agencies in the first column.")
    status = 422


@transaction.atomic
def keep_table(
    index: CompositeIndex, *, data: bytes, filename: str, actor: User | None, at: datetime
) -> IndexTable:
    """Keep a CSV or the first sheet of a workbook: headings above, codes of agencies to the left.

    Raises TableUnfit, or what ``lines_of`` raises where the file cannot be read.
    """
    lines = [line for line in lines_of(data, filename) if any(cell.strip() for cell in line)]
    columns = _columns(lines)
    rows = _rows(lines[1:], columns)
    table = IndexTable.objects.create(
        index=index,
        filename=filename[:200],
        columns=list(columns.values()),
        rows=rows,
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_at=at,
        uploaded_by=actor,
    )
    told = {
        "code": index.code,
        "file": table.filename,
        "sha256": table.sha256,
        "columns": table.columns,
        "agencies": len(rows),
    }
    audit.record(Event.INDEX_TABLE_UPLOADED, table, actor=actor, at=at, data=told)
    return table


@transaction.atomic
def remove_table(table: IndexTable, *, actor: User | None, at: datetime) -> None:
    """Let new runs no longer read the table; the runs there are keep what they have read."""
    locked = IndexTable.objects.select_for_update(of=("self",)).select_related("index")
    row = locked.get(pk=table.pk)
    if row.removed_at is not None:
        return
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    told = {"code": row.index.code, "file": row.filename, "sha256": row.sha256}
    audit.record(Event.INDEX_TABLE_REMOVED, row, actor=actor, at=at, data=told)


def _columns(lines: list[list[str]]) -> dict[int, str]:
    """The headings by their place; those without a heading are not taken."""
    if len(lines) < 2 or len(lines[0]) < 2:
        raise TableUnfit
    if len(lines) * len(lines[0]) > MOST_CELLS:
        raise TableUnfit(str(_("The table has more than 200,000 cells. Divide it.")))
    found: dict[int, str] = {}
    for place, cell in enumerate(lines[0][1:], start=1):
        heading = " ".join(cell.split())
        if not heading:
            continue
        if heading in found.values():
            raise TableUnfit(str(_("Two columns are called %(name)s.")) % {"name": heading})
        if len(heading) > HEADING_LENGTH:
            raise TableUnfit(str(_("A heading has at most 100 characters.")))
        found[place] = heading
    if not found:
        raise TableUnfit
    return found


def _rows(lines: list[list[str]], columns: dict[int, str]) -> dict[str, dict[str, str]]:
    """The cells by the key of their agency. Every line names one that there is, once."""
    words = [line[0].strip() if line else "" for line in lines]
    known = agencies_named(filter(None, words))
    found: dict[str, dict[str, str]] = {}
    unknown = []
    for word, line in zip(words, lines, strict=True):
        agency = known.get(word.lower())
        if agency is None:
            unknown.append(word or "?")
            continue
        if agency.key in found:
            raise TableUnfit(str(_("%(name)s stands in two lines.")) % {"name": word})
        found[agency.key] = {
            heading: line[place].strip() if place < len(line) else ""
            for place, heading in columns.items()
        }
    if unknown:
        told = ", ".join(unknown[:SHOWN]) + ("…" if len(unknown) > SHOWN else "")
        raise TableUnfit(str(_("No existing agency has these codes: %(names)s.")) % {"names": told})
    return found

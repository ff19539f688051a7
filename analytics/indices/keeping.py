"""Where the intermediate tables of a run lie: a zip of CSV files, for this process only."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from analytics.indices.models import IndexRun
from surveys.common.errors import DomainError

FOLDER: Final = "indices"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The only time that a zip can always hold: equal tables make equal files."""

Row = Sequence[object]


class TablesLost(DomainError):
    """The file of the tables is not there, or is not what the run wrote."""

    code = "index_tables_lost"
    message = _(
        "The intermediate tables of this run are not there any more. Start it again: the same "
        "configuration and data give the same tables."
    )
    status = 410


def packed(tables: Mapping[str, Iterable[Row]]) -> bytes:
    """The tables as CSV files in a zip; equal tables give equal bytes. None stands as nothing."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, rows in tables.items():
            entry = zipfile.ZipInfo(f"{name}.csv", date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            file.writestr(entry, _csv(rows))
    return target.getvalue()


def keep_tables(run: IndexRun, content: bytes) -> str:
    """Write the file of a run; its SHA-256."""
    place = place_of(run)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = place.with_suffix(".part")
    unfinished.write_bytes(content)
    unfinished.chmod(0o600)
    unfinished.replace(place)
    return hashlib.sha256(content).hexdigest()


def read_tables(run: IndexRun) -> bytes:
    """The file as it was written. Raises TablesLost."""
    try:
        content = place_of(run).read_bytes()
    except FileNotFoundError as failure:
        raise TablesLost from failure
    if hashlib.sha256(content).hexdigest() != run.tables_sha256:
        raise TablesLost
    return content


def table_of(run: IndexRun, name: str) -> list[list[str]]:
    """The lines of one table, its headings first. Raises TablesLost, and KeyError for another name."""
    with zipfile.ZipFile(io.BytesIO(read_tables(run))) as file:
        text = file.read(f"{name}.csv").decode()
    return list(csv.reader(io.StringIO(text)))


def place_of(run: IndexRun) -> Path:
    """Where the file lies; no address leads there."""
    return Path(settings.MEDIA_ROOT) / FOLDER / f"{run.pk}.zip"


def _csv(rows: Iterable[Row]) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(
        ["" if cell is None else repr(cell) if isinstance(cell, float) else cell for cell in row]
        for row in rows
    )
    return target.getvalue().encode()

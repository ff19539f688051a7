"""Data tables as SPSS files (.sav) in a zip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

import pandas as pd
import pyreadstat

from exporters.archives import SUMS, Archive, archive, checksums, member_name
from exporters.formats.spss.values import frame_of
from exporters.formats.spss.variables import Variable, variables_of
from exporters.naming import cut
from exporters.tables import DataTable, Progress, WrittenTable

__all__ = ["SpssOptions", "write_spss", "write_spss_table"]

LONGEST_TITLE: Final = 64
PLACE_OF_TIME: Final = 92
"""Where the header of a .sav file says when it was made: ``dd mmm yy`` and ``hh:mm:ss``."""
MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True, kw_only=True)
class SpssOptions:
    """``zone``: whose wall clock moments show, because SPSS knows no zones."""

    zone: str = "UTC"


def write_spss(
    tables: Sequence[DataTable],
    out: Path | BinaryIO,
    *,
    title: str,
    as_of: datetime,
    progress: Progress,
    options: SpssOptions | None = None,
) -> tuple[WrittenTable, ...]:
    """A zip with a .sav file for each table and their SHA256SUMS.

    Equal tables give equal bytes. A table is held in memory while its file is written. A table without
    columns has no file, because SPSS knows none without variables.
    """
    with archive(out, at=as_of) as made:
        written = tuple(
            _add(made, table, (title, as_of), progress, options or SpssOptions())
            for table in tables
        )
        made.add(SUMS, checksums(made.digests))
    return written


def write_spss_table(
    table: DataTable,
    out: Path,
    *,
    title: str,
    as_of: datetime,
    progress: Progress,
    options: SpssOptions,
) -> WrittenTable:
    """One table as a .sav file.

    Names are made legal. Codes that are whole numbers stay those numbers, others stay texts; both have
    value labels. Missing codes are user-missing values with labels: their own number where no answer
    has it, else one below every answer; of texts at most three of at most eight bytes each can be
    declared. Texts are cut to 32,767 bytes and lose blanks at their ends. Whole numbers beyond what a
    double tells apart are texts. nan and inf are system-missing. Labels are cut to 255 bytes, value
    labels to 120. Raises ValueError for a table
    without columns, which SPSS does not know, and where the table has other than its ``rows`` rows.
    """
    if not table.columns:
        raise ValueError(f"{table.name}: SPSS knows no file without variables")
    variables = variables_of(table)
    frame = frame_of(table, variables, zone=options.zone, progress=progress)
    _write(frame, variables, out, title=table.title or title)
    at = as_of.astimezone(UTC)
    stamp = f"{at.day:02} {MONTHS[at.month - 1]} {at.year % 100:02}{at:%H:%M:%S}"
    with out.open("r+b") as file:
        file.seek(PLACE_OF_TIME)
        file.write(stamp.encode())
    return WrittenTable(
        table=table.name,
        places=(out.name,),
        rows=table.rows,
        columns=tuple(variable.written for variable in variables),
    )


def _write(frame: pd.DataFrame, variables: Sequence[Variable], out: Path, *, title: str) -> None:
    missing: dict[str, Any] = {each.name: each.missing for each in variables if each.missing}
    labels: dict[str, Any] = {
        each.name: dict(each.value_labels) for each in variables if each.value_labels
    }
    pyreadstat.write_sav(
        frame,
        str(out),
        file_label=cut(title, size=LONGEST_TITLE),
        column_labels={each.name: each.label for each in variables},
        row_compress=True,
        variable_value_labels=labels,
        missing_ranges=missing,
        variable_format={each.name: each.shown for each in variables if each.shown},
        variable_measure={each.name: each.measure for each in variables},
    )


def _add(
    made: Archive,
    table: DataTable,
    about: tuple[str, datetime],
    progress: Progress,
    options: SpssOptions,
) -> WrittenTable:
    if not table.columns:
        return WrittenTable(table=table.name, places=(), rows=table.rows, columns=())
    name = member_name(table.name, "sav", taken=made.digests)
    title, as_of = about
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        written = write_spss_table(
            table, file, title=title, as_of=as_of, progress=progress, options=options
        )
        made.add(name, file)
    return written

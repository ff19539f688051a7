"""Data tables as Stata files (.dta, release 118 or 119) in a zip.

Written by ourselves: the libraries that write .dta either know no extended missing values, or put the
clock into the header, or hold all rows in memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from exporters.archives import SUMS, Archive, archive, checksums, member_name
from exporters.formats.stata.file import write_file
from exporters.formats.stata.variables import variables_of
from exporters.tables import DataTable, Progress, WrittenTable

__all__ = ["StataOptions", "write_stata", "write_stata_table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StataOptions:
    """``zone``: whose wall clock moments show, because Stata knows no zones."""

    zone: str = "UTC"


def write_stata(
    tables: Sequence[DataTable],
    out: Path | BinaryIO,
    *,
    title: str,
    as_of: datetime,
    progress: Progress,
    options: StataOptions | None = None,
) -> tuple[WrittenTable, ...]:
    """A zip with a .dta file for each table and their SHA256SUMS.

    Equal tables give equal bytes. Memory does not grow with the rows.
    """
    with archive(out, at=as_of) as made:
        written = tuple(
            _add(made, table, (title, as_of), progress, options or StataOptions())
            for table in tables
        )
        made.add(SUMS, checksums(made.digests))
    return written


def write_stata_table(
    table: DataTable,
    out: Path,
    *,
    title: str,
    as_of: datetime,
    progress: Progress,
    options: StataOptions,
) -> WrittenTable:
    """One table as a .dta file.

    Names are made legal. Codes that are whole numbers stay those numbers, others are numbered from 1;
    both have value labels. The first 26 missing codes are .a to .z with labels, any further one is
    ``.``; texts hold the code itself. Texts longer than 244 bytes are strL. Whole numbers beyond what a
    double tells apart are texts. nan, inf and numbers beyond 8.98e307 are ``.``. Labels are cut to 80
    characters, value labels to 32,000 bytes. Raises ValueError for more than 120,000 columns, and where
    the table has other than its ``rows`` rows.
    """
    variables = variables_of(table, zone=options.zone)
    write_file(table, variables, out, label=table.title or title, as_of=as_of, progress=progress)
    return WrittenTable(
        table=table.name,
        places=(out.name,),
        rows=table.rows,
        columns=tuple(variable.written for variable in variables),
    )


def _add(
    made: Archive,
    table: DataTable,
    about: tuple[str, datetime],
    progress: Progress,
    options: StataOptions,
) -> WrittenTable:
    name = member_name(table.name, "dta", taken=made.digests)
    title, as_of = about
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        written = write_stata_table(
            table, file, title=title, as_of=as_of, progress=progress, options=options
        )
        made.add(name, file)
    return written

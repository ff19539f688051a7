"""Data tables as CSV in a zip, streamed.

A spreadsheet that opens a CSV file computes what looks like a formula, quoted or not. GUARDED (the
default) therefore puts an apostrophe before each sign that a formula can begin with, where a field could
begin for any separator; since apostrophes that stand there already get one more, ``unguarded`` gives back
exactly what was written. EXACT changes nothing and is for programs (docs/exports.md).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow as pa

from exporters.archives import SUMS, Archive, Member, archive, checksums, member_name
from exporters.arrow import (
    Values,
    by_dictionary,
    bytes_of,
    joined,
    kernels,
    scalars_as_text,
    slices,
)
from exporters.tables import (
    Column,
    ColumnKind,
    DataTable,
    Progress,
    WrittenColumn,
    WrittenTable,
    marks_of,
)

BOM: Final = b"\xef\xbb\xbf"
LINE_END: Final = "\r\n"
STRINGS: Final = (ColumnKind.TEXT, ColumnKind.CATEGORY)
BLANK: Final = r"[\t\n\v\f\r \"\x{85}\x{a0}\x{200b}\x{2028}\x{2029}\x{feff}]*"
"""What may lie before a formula; quotes among it, which a program drops that takes a field to begin there."""
SIGNS: Final = r"[=+\-@|%\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"
BEGINNING: Final = rf"(^|[,;\t\r\n]){BLANK}"
"""RE2: where a field can begin, if not for this separator then for another, or for none."""
RISKY: Final = rf"({BEGINNING})('*{SIGNS})"
NUMBER: Final = r"^[+-]?\d+([.,]\d+)*%?$"
"""Texts that are a number at most: the apostrophe would only hide negative codes."""
PYTHON: Final = re.compile(
    re.sub(r"\\x\{(\w+)\}", lambda found: f"\\u{found[1]:0>4}", rf"({BEGINNING})'('*{SIGNS})")
)


class Formulas(StrEnum):
    """What happens to a text that a spreadsheet would compute."""

    GUARDED = "guarded"
    EXACT = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvOptions:
    """``bom``: without it Excel does not know the file for UTF-8. ``zone``: whose offset moments have.
    ``marks_apart``: missing codes stand in a column of their own. Raises ValueError where numbers could
    not be told from separators."""

    separator: str = ","
    decimal: str = "."
    bom: bool = True
    formulas: Formulas = Formulas.GUARDED
    zone: str = "UTC"
    marks_apart: bool = False

    def __post_init__(self) -> None:
        """Refuse what no reader could tell apart."""
        if self.separator not in {",", ";", "\t"} or self.decimal not in {".", ","}:
            raise ValueError(f"{self.separator!r} and {self.decimal!r}")
        if self.separator == self.decimal:
            raise ValueError(f"{self.decimal!r} cannot both separate fields and decimals")


def write_csv(
    tables: Sequence[DataTable],
    out: Path | BinaryIO,
    *,
    title: str,
    as_of: datetime,
    progress: Progress,
    options: CsvOptions | None = None,
) -> tuple[WrittenTable, ...]:
    """A zip with a CSV file for each table and their SHA256SUMS.

    Equal tables and options give equal bytes. Memory does not grow with the rows.
    """
    with archive(out, at=as_of) as made:
        written = tuple(_add(made, table, options or CsvOptions(), progress) for table in tables)
        made.add(SUMS, checksums(made.digests))
    return written


def write_csv_table(
    table: DataTable, out: BinaryIO | Member, *, progress: Progress, options: CsvOptions
) -> None:
    """One table as the bytes of a CSV file (UTF-8, RFC 4180, lines ended by CR LF).

    The first record holds the columns' names. Texts are quoted, null is an empty field and the empty
    text is ``""``; numbers, days, moments and codes stand without quotes where they need none. Raises
    ValueError where the table has other than its ``rows`` rows.
    """
    fields = [field for column in table.columns for field in _fields(column, options)]
    if options.bom:
        out.write(BOM)
    heads = pa.array([_sound(column.name) for column, *_ in fields], pa.string())
    if fields:
        quoted = map(str, _texts(heads, options).to_pylist())
        out.write((options.separator.join(quoted) + LINE_END).encode())
    done = 0
    for batch in slices(table.batches()):
        done += batch.num_rows
        if fields:
            out.write(_records(batch, fields, options))
        progress(done, table.rows, table.title)
    if done != table.rows:
        raise ValueError(f"{table.name}: {done} rows instead of {table.rows}")


def guarded(text: str) -> str:
    """One text as GUARDED writes it."""
    made: str = _guarded(pa.array([text], pa.string()))[0].as_py()
    return made


def unguarded(text: str) -> str:
    """The text of which GUARDED made ``text``."""
    return PYTHON.sub(r"\1\3", text)


_Field = tuple[Column, str, str | None]
"""A column of the file, the field of its values, the field of the marks that share its cells."""


def _add(made: Archive, table: DataTable, options: CsvOptions, progress: Progress) -> WrittenTable:
    name = member_name(table.name, "csv", taken=made.digests)
    with made.member(name) as member:
        write_csv_table(table, member, progress=progress, options=options)
    return WrittenTable(
        table=table.name,
        places=(name,),
        rows=table.rows,
        columns=tuple(
            WrittenColumn(column=column.name, name=column.name) for column in table.columns
        ),
    )


def _fields(column: Column, options: CsvOptions) -> list[_Field]:
    if not column.missing:
        return [(column, column.name, None)]
    marks = marks_of(column.name)
    if not options.marks_apart:
        return [(column, column.name, marks)]
    apart = Column(name=marks, kind=ColumnKind.CATEGORY)
    return [(column, column.name, None), (apart, marks, None)]


def _sound(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _records(batch: pa.RecordBatch, fields: Sequence[_Field], options: CsvOptions) -> memoryview:
    cells = [_cells(batch, field, options) for field in fields]
    cells[-1] = kernels.binary_join_element_wise(
        cells[-1], LINE_END, "", null_handling="replace", null_replacement=""
    )
    return bytes_of(
        kernels.binary_join_element_wise(
            *cells, options.separator, null_handling="replace", null_replacement=""
        )
    )


def _cells(batch: pa.RecordBatch, field: _Field, options: CsvOptions) -> Values:
    column, name, marks = field
    values = batch.column(name)
    if column.kind is ColumnKind.TEXT:
        made = by_dictionary(values, lambda texts: _texts(texts, options))
    elif column.kind is ColumnKind.CATEGORY:
        made = by_dictionary(values, lambda codes: _codes(codes, options))
    else:
        made = scalars_as_text(column, values, options.zone)
        if column.kind is ColumnKind.NUMBER and options.decimal != ".":
            made = kernels.replace_substring(made, ".", options.decimal)
    if marks:
        codes = by_dictionary(batch.column(marks), lambda codes: _codes(codes, options))
        made = kernels.coalesce(made, codes)
    return made


def _texts(texts: Values, options: CsvOptions) -> Values:
    """Texts in quotes."""
    if options.formulas is Formulas.GUARDED:
        texts = _guarded(texts)
    if b'"' in bytes_of(texts).tobytes():
        texts = kernels.replace_substring(texts, '"', '""')
    return joined('"', texts, '"')


def _codes(codes: Values, options: CsvOptions) -> Values:
    """Texts in quotes where they need them."""
    plain = kernels.match_substring_regex(codes, r"^[\w+-][\w.+-]*$")
    risky = kernels.match_substring_regex(codes, RISKY)
    number = kernels.match_substring_regex(codes, r"^[+-]?\d+(\.\d+)?$")
    bare = kernels.or_(number, kernels.and_(plain, kernels.invert(risky)))
    made: Values = kernels.if_else(bare, codes, _texts(codes, options))
    return made


def _guarded(texts: Values) -> Values:
    risky = kernels.match_substring_regex(texts, RISKY)
    if not kernels.any(risky).as_py():
        return texts
    number = kernels.match_substring_regex(texts, NUMBER)
    made: Values = kernels.if_else(
        kernels.and_(risky, kernels.invert(number)),
        kernels.replace_substring_regex(texts, RISKY, r"\1'\3"),
        texts,
    )
    return made

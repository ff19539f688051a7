"""The text of a lookup table: columns and rows in one canonical CSV, and back."""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from surveys.engine.model import DataTable


class TableMalformed(ValueError):
    """The text of a table is no CSV with a header."""


def data_table(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> DataTable:
    """The table of these columns and rows; equal contents have equal texts, byte for byte."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return DataTable(name, text.getvalue())


def columns_of(table: DataTable) -> tuple[str, ...]:
    """The names of the columns. Raises TableMalformed."""
    columns = next(_lines(table), [])
    if not columns or not all(columns) or len({*columns}) < len(columns):
        raise TableMalformed(table.name)
    return tuple(columns)


def rows_of(table: DataTable) -> list[list[str]]:
    """The rows below the header, each with a text for every column. Raises TableMalformed."""
    width = len(columns_of(table))
    rows = list(_lines(table))[1:]
    if any(len(row) != width for row in rows):
        raise TableMalformed(table.name)
    return rows


def digest(table: DataTable) -> str:
    """The SHA-256 of the table's contents, in hexadecimal digits."""
    return hashlib.sha256(table.text.encode("utf-8", "surrogatepass")).hexdigest()


def _lines(table: DataTable) -> Iterator[list[str]]:
    try:
        yield from csv.reader(StringIO(table.text, newline=""), strict=True)
    except csv.Error as failure:
        raise TableMalformed(table.name) from failure

"""Raw data as Excel workbooks of any size, streamed.

openpyxl and xlsxwriter take a Python object for each cell; here Arrow makes the XML of thousands of rows
at a time and ISA-L packs it (docs/exports.md has the figures). Designed workbooks are ``xlsx``'s.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from exporters.archives import Archive, archive
from exporters.arrow import slices
from exporters.formats.streamed_xlsx import package
from exporters.formats.streamed_xlsx.fields import Field, fields_of_sheets
from exporters.formats.streamed_xlsx.long_texts import LongTexts
from exporters.formats.streamed_xlsx.options import Heads, Words, XlsxOptions
from exporters.formats.streamed_xlsx.package import WrittenSheet
from exporters.formats.streamed_xlsx.sheet_names import SheetNames
from exporters.formats.streamed_xlsx.sheets import (
    SheetStream,
    Surroundings,
    write_long_texts,
)
from exporters.formats.streamed_xlsx.strings import SharedStrings
from exporters.formats.streamed_xlsx.styles import styles_xml
from exporters.tables import DataTable, Progress, WrittenColumn, WrittenTable

__all__ = ["Heads", "Words", "XlsxOptions", "write_xlsx"]


def write_xlsx(
    tables: Sequence[DataTable],
    out: Path | BinaryIO,
    *,
    title: str,
    as_of: datetime,
    progress: Progress,
    options: XlsxOptions | None = None,
) -> tuple[WrittenTable, ...]:
    """Write the tables, each on a sheet of its own, and say where each of them stands.

    A table goes on in a next sheet where Excel's rows or columns end. Text is text, whatever it starts
    with; one that no cell holds (32,767 UTF-16 units) stands whole on a sheet of long texts, its
    beginning in the cell with a link. What Excel cannot hold as a number is text: whole numbers beyond
    2**53, inf and nan, days before 1900-03-01. Empty texts are empty cells. Equal tables give equal
    bytes. Memory does not grow with the rows. Raises ValueError where a table has other than its
    ``rows`` rows.
    """
    with archive(out, at=as_of, hashed=False) as made:
        # First, so that programs that look at the first member only know what the file is.
        made.add("_rels/.rels", package.root_links())
        book = _Book(archive=made, options=options or XlsxOptions(), progress=progress)
        with book.long_texts:
            written = tuple(book.write(table) for table in tables)
            book.finish(title, as_of)
    return written


@dataclass(slots=True)
class _Book:
    archive: Archive
    options: XlsxOptions
    progress: Progress
    names: SheetNames = field(default_factory=SheetNames)
    strings: SharedStrings = field(default_factory=SharedStrings)
    sheets: list[WrittenSheet] = field(default_factory=list)
    long_texts: LongTexts = field(init=False)

    def __post_init__(self) -> None:
        self.long_texts = LongTexts(self.options.words, self.names)

    def write(self, table: DataTable) -> WrittenTable:
        """All sheets of a table."""
        first = len(self.sheets)
        kept: set[str] = set()
        groups = fields_of_sheets(table, self.options)
        for number, fields in enumerate(groups):
            kept |= self._write_group(table, fields, (number, len(groups)))
        return WrittenTable(
            table=table.name,
            places=tuple(sheet.name for sheet in self.sheets[first:]),
            rows=table.rows,
            columns=tuple(
                WrittenColumn(
                    column=column.name,
                    name=column.name,
                    shortened=("text",) if column.name in kept else (),
                )
                for column in table.columns
            ),
        )

    def finish(self, title: str, as_of: datetime) -> None:
        """What stands beside the tables."""
        if self.long_texts.name:
            part = self._next_part()
            with self.archive.member(part) as member:
                filtered, repeated = write_long_texts(member, self.long_texts)
            self.sheets.append(
                WrittenSheet(
                    name=self.long_texts.name, part=part, filtered=filtered, repeated=repeated
                )
            )
        with self.archive.member(package.STRINGS) as member:
            for piece in self.strings.parts():
                member.write(piece)
        self.archive.add(package.STYLES, (package.XML + styles_xml()).encode())
        self.archive.add(package.WORKBOOK, package.workbook(self.sheets))
        self.archive.add("xl/_rels/workbook.xml.rels", package.workbook_links(self.sheets))
        self.archive.add(package.CORE, package.core_properties(title, self.options.creator, as_of))
        self.archive.add("[Content_Types].xml", package.content_types(self.sheets))

    def _write_group(
        self, table: DataTable, fields: list[Field], group: tuple[int, int]
    ) -> set[str]:
        """The sheets of some columns of a table; which of them had texts too long for a cell."""
        rows = _Rows(slices(table.batches()))
        kept: set[str] = set()
        while True:
            part = self._next_part()
            name = self.names.take(table.title or table.name)
            with self.archive.member(part) as member:
                around = Surroundings(
                    options=self.options, strings=self.strings, long_texts=self.long_texts
                )
                sheet = SheetStream(member, name, fields, around)
                while batch := rows.take(sheet.room):
                    sheet.add(batch)
                    self._tell(table, group, rows.taken)
                filtered, repeated = sheet.finish()
            kept |= sheet.kept
            self.sheets.append(
                WrittenSheet(name=name, part=part, filtered=filtered, repeated=repeated)
            )
            if rows.ended:
                break
        if rows.taken != table.rows:
            raise ValueError(f"{table.name}: {rows.taken} rows instead of {table.rows}")
        return kept

    def _tell(self, table: DataTable, group: tuple[int, int], done: int) -> None:
        number, count = group
        self.progress(table.rows * number + done, table.rows * count, table.title)

    def _next_part(self) -> str:
        return f"xl/worksheets/sheet{len(self.sheets) + 1}.xml"


class _Rows:
    """Rows to be taken in portions."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self._next = next(batches, None)
        self.taken = 0

    @property
    def ended(self) -> bool:
        return self._next is None

    def take(self, most: int) -> pa.RecordBatch | None:
        """The next rows, at most so many; None where there are none or none are wanted."""
        if self._next is None or not most:
            return None
        batch = self._next.slice(0, most)
        rest = self._next.slice(batch.num_rows)
        self._next = rest if rest.num_rows else next(self._batches, None)
        self.taken += batch.num_rows
        return batch

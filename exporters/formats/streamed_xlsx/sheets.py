"""One sheet on its way into the archive."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from exporters.archives import Member
from exporters.arrow import Part, bytes_of
from exporters.arrow import kernels as pc
from exporters.formats.streamed_xlsx.cells import EMPTY, ColumnCells
from exporters.formats.streamed_xlsx.fields import Field
from exporters.formats.streamed_xlsx.long_texts import LongTexts
from exporters.formats.streamed_xlsx.options import MAX_LINKS, MAX_TEXT, Heads, XlsxOptions
from exporters.formats.streamed_xlsx.package import MAIN, XML
from exporters.formats.streamed_xlsx.sheet_names import letters_of
from exporters.formats.streamed_xlsx.strings import SharedStrings
from exporters.formats.streamed_xlsx.styles import Style, style_of, width_of
from exporters.formats.streamed_xlsx.texts import pieces, xml


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the sheets of a workbook share."""

    options: XlsxOptions
    strings: SharedStrings
    long_texts: LongTexts


class SheetStream:
    """A sheet that takes rows until it is full; ``finish`` writes what follows them."""

    def __init__(
        self, member: Member, name: str, fields: Sequence[Field], around: Surroundings
    ) -> None:
        self.name = name
        self._member = member
        self._fields = fields
        self._around = around
        self._links: list[str] = []
        heads = _heads(fields, around.options.heads)
        self._heads = len(heads)
        self.rows = self._heads
        self.kept: set[str] = set()
        """The columns of which a text was too long for its cell."""
        self._columns = [
            ColumnCells(
                column=field.column,
                letters=letters_of(number),
                strings=around.strings,
                zone=around.options.zone,
                style=style_of(field.column),
                keep=self._keep,
            )
            for number, field in enumerate(fields, start=1)
        ]
        self._member.write(self._beginning(heads).encode())

    @property
    def room(self) -> int:
        """How many rows can still be added."""
        return self._around.options.most_rows - self.rows

    @property
    def data_rows(self) -> int:
        """How many rows were added."""
        return self.rows - self._heads

    def add(self, batch: pa.RecordBatch) -> None:
        """Write rows. They fit into ``room``."""
        if self._fields and batch.num_rows:
            numbers = pa.array(
                np.arange(self.rows + 1, self.rows + 1 + batch.num_rows, dtype=np.int64)
            ).cast(pa.string())
            parts: list[Part] = [pa.scalar('<row r="'), numbers, pa.scalar('">')]
            for field, cells in zip(self._fields, self._columns, strict=True):
                marks = batch.column(field.marks) if field.marks else None
                parts += cells.parts(batch.column(field.values), marks, numbers)
            rows = pc.binary_join_element_wise(
                *parts, "</row>", "", null_handling="replace", null_replacement=EMPTY
            )
            # The rows lie in one piece of memory, one after the other: it is the XML.
            self._member.write(bytes_of(rows))
        self.rows += batch.num_rows

    def finish(self) -> tuple[str, str]:
        """Write the end; the ranges that are filtered and repeated in print (or nothing)."""
        last = letters_of(len(self._fields))
        filtered = repeated = ""
        ending = "</sheetData>"
        if self._fields:
            filtered = f"$A${self._heads}:${last}${max(self.rows, self._heads)}"
            repeated = f"$1:${self._heads}"
            ending += f'<autoFilter ref="{filtered.replace("$", "")}"/>'
        if self._links:
            ending += f"<hyperlinks>{''.join(self._links)}</hyperlinks>"
        ending += '<pageSetup paperSize="9" orientation="landscape"/>'
        if self._fields:
            place = f"A1:{last}{max(self.rows, 1)}"
            ending += (
                f'<ignoredErrors><ignoredError sqref="{place}" numberStoredAsText="1"/>'
                "</ignoredErrors>"
            )
        self._member.write(f"{ending}</worksheet>".encode())
        return filtered, repeated

    def _beginning(self, heads: Sequence[Sequence[str]]) -> str:
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(
                (
                    width_of(field.column, heads[0][place])
                    for place, field in enumerate(self._fields)
                ),
                start=1,
            )
        )
        rows = "".join(
            f'<row r="{row}">{"".join(_head_cells(row, texts))}</row>'
            for row, texts in enumerate(heads, start=1)
            if texts
        )
        return (
            beginning(self._heads if self._fields else 0)
            + (f"<cols>{columns}</cols>" if columns else "")
            + f"<sheetData>{rows}"
        )

    def _keep(self, text: str, cell: str, column: str) -> str:
        shown, place = self._around.long_texts.keep(text, sheet=self.name, cell=cell, column=column)
        self.kept.add(column)
        if len(self._links) < MAX_LINKS:
            self._links.append(f'<hyperlink ref="{cell}" location="{xml(place)}"/>')
        return shown


def beginning(frozen: int) -> str:
    """How a sheet begins, so many rows frozen, up to its columns."""
    pane = (
        f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" '
        'state="frozen"/><selection pane="bottomLeft"/>'
        if frozen
        else ""
    )
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="13.5"/>'
    )


def write_long_texts(member: Member, texts: LongTexts) -> tuple[str, str]:
    """The sheet of long texts; the ranges that are filtered and repeated in print."""
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate((24, 10, 24, 8, 100), start=1)
    )
    head = "".join(_head_cells(1, texts.heads))
    member.write(f'{beginning(1)}<cols>{widths}</cols><sheetData><row r="1">{head}</row>'.encode())
    texts.copy_to(member.write)
    last = f"E{texts.last_row}"
    member.write(
        f'</sheetData><autoFilter ref="A1:{last}"/>'
        f"<hyperlinks>{''.join(texts.links)}</hyperlinks></worksheet>".encode()
    )
    return f"$A$1:$E${texts.last_row}", "$1:$1"


def _heads(fields: Sequence[Field], heads: Heads) -> list[list[str]]:
    names = [field.column.name for field in fields]
    labels = [field.column.label or field.column.name for field in fields]
    return {Heads.NAMES: [names], Heads.LABELS: [labels], Heads.BOTH: [names, labels]}[heads]


def _head_cells(row: int, texts: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(texts, start=1):
        shown = pieces(text, MAX_TEXT)[0] if text else ""
        yield (
            f'<c r="{letters_of(number)}{row}" s="{Style.HEAD}" t="inlineStr">'
            f'<is><t xml:space="preserve">{xml(shown)}</t></is></c>'
        )

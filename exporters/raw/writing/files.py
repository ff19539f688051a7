"""What files of the tables are told: their heads by the plan, the zone of their clocks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow as pa
from django.conf import settings

from exporters.formats.csv import CsvOptions
from exporters.formats.spss import SpssOptions
from exporters.formats.stata import StataOptions
from exporters.formats.streamed_xlsx import Heads, Words, XlsxOptions, write_xlsx
from exporters.raw.plans import ColumnPlan, Header
from exporters.tables import Column, DataTable, Progress, fields_of

HEADS: Final = {Header.NAME: Heads.NAMES, Header.LABEL: Heads.LABELS, Header.BOTH: Heads.BOTH}
WORDS: Final[Mapping[str, Words]] = {
    "vi": Words(
        long_texts="Văn bản dài", sheet="Trang", cell="Ô", column="Cột", part="Phần", text="Văn bản"
    ),
    "en": Words(),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of itself: its title, the state of its data, the language of its words."""

    title: str
    as_of: datetime
    language: str


class Overall:
    """The progress over all tables, told by writers that tell it of one after the other."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._before = 0
        self._last = ("", 0)

    def __call__(self, done: int, total: int, message: str) -> None:
        """So far of the table that ``message`` names."""
        title, last = self._last
        if title != message or done < last:
            self._before += last
        self._last = message, done
        self._progress(min(self._before + done, self._total), self._total, message)


def write_workbook(
    tables: Sequence[DataTable], out: Path, heading: Heading, plan: ColumnPlan, progress: Progress
) -> None:
    """All tables as the sheets of one workbook."""
    options = XlsxOptions(
        heads=HEADS[plan.header], zone=settings.TIME_ZONE, words=WORDS[heading.language]
    )
    write_xlsx(
        tables, out, title=heading.title, as_of=heading.as_of, progress=progress, options=options
    )


def options_of(file_format: str) -> CsvOptions | SpssOptions | StataOptions | None:
    """What a data format is told besides: whose clocks moments are of, where the format has no zones."""
    kind = OPTIONS.get(file_format)
    return None if kind is None else kind(zone=settings.TIME_ZONE)


OPTIONS: Final = {"csv": CsvOptions, "sav": SpssOptions, "dta": StataOptions}
HEADED: Final = frozenset({"csv"})
"""Where labels stand beside the data anyway, columns are called by their names."""


def under_header(table: DataTable, header: Header) -> DataTable:
    """The table with its columns called by their labels, or by names and labels: a file of one line of
    heads has nothing else to say them in. A label that another column has gets the name behind it."""
    if header is Header.NAME:
        return table
    labels = [each.label or each.name for each in table.columns]
    heads = [
        f"{each.name}: {label}" if header is Header.BOTH else _own(each, label, labels)
        for each, label in zip(table.columns, labels, strict=True)
    ]
    columns = tuple(
        replace(each, name=head) for each, head in zip(table.columns, heads, strict=True)
    )
    return replace(table, columns=columns, batches=partial(_renamed, table, fields_of(columns)))


def _own(column: Column, label: str, labels: Sequence[str]) -> str:
    return f"{label} ({column.name})" if labels.count(label) > 1 else label


def _renamed(table: DataTable, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    for batch in table.batches():
        yield batch.rename_columns(list(names))

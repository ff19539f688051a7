"""The tables as a file: each format by its writer, with the plan's header."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow as pa
from django.conf import settings

from exporters.formats.csv import CsvOptions, write_csv
from exporters.formats.jsonl import write_jsonl
from exporters.formats.parquet import write_parquet
from exporters.formats.spss import SpssOptions, write_spss
from exporters.formats.stata import StataOptions, write_stata
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


Write = Callable[[Sequence[DataTable], Path, Heading, ColumnPlan, Progress], object]


def _xlsx(
    tables: Sequence[DataTable], out: Path, heading: Heading, plan: ColumnPlan, progress: Progress
) -> object:
    options = XlsxOptions(
        heads=HEADS[plan.header], zone=settings.TIME_ZONE, words=WORDS[heading.language]
    )
    return write_xlsx(
        tables, out, title=heading.title, as_of=heading.as_of, progress=progress, options=options
    )


def _csv(
    tables: Sequence[DataTable], out: Path, heading: Heading, plan: ColumnPlan, progress: Progress
) -> object:
    headed = [under_header(table, plan.header) for table in tables]
    options = CsvOptions(zone=settings.TIME_ZONE)
    return write_csv(
        headed, out, title=heading.title, as_of=heading.as_of, progress=progress, options=options
    )


def _parquet(
    tables: Sequence[DataTable], out: Path, heading: Heading, _plan: ColumnPlan, progress: Progress
) -> object:
    return write_parquet(tables, out, title=heading.title, as_of=heading.as_of, progress=progress)


def _jsonl(
    tables: Sequence[DataTable], out: Path, heading: Heading, _plan: ColumnPlan, progress: Progress
) -> object:
    return write_jsonl(tables, out, title=heading.title, as_of=heading.as_of, progress=progress)


def _sav(
    tables: Sequence[DataTable], out: Path, heading: Heading, _plan: ColumnPlan, progress: Progress
) -> object:
    options = SpssOptions(zone=settings.TIME_ZONE)
    return write_spss(
        tables, out, title=heading.title, as_of=heading.as_of, progress=progress, options=options
    )


def _dta(
    tables: Sequence[DataTable], out: Path, heading: Heading, _plan: ColumnPlan, progress: Progress
) -> object:
    options = StataOptions(zone=settings.TIME_ZONE)
    return write_stata(
        tables, out, title=heading.title, as_of=heading.as_of, progress=progress, options=options
    )


WRITERS: Final[Mapping[str, Write]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "parquet": _parquet,
    "jsonl": _jsonl,
    "sav": _sav,
    "dta": _dta,
}
"""By format. Where labels stand beside the data anyway, columns are called by their names."""


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

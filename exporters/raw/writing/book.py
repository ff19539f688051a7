"""All tables of raw data."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from exporters.order import Progress
from exporters.raw.changes import CHANGE_MAP, change_columns, changes_of
from exporters.raw.columns import grids_in
from exporters.raw.plans import ColumnPlan
from exporters.raw.sources import RawSource
from exporters.raw.words import WORDS, told
from exporters.raw.writing.filling import Filling
from exporters.raw.writing.responses import grid_table, response_table
from exporters.raw.writing.rounds import OpenRound
from exporters.raw.writing.spooling import spooled_tables
from exporters.tables import DataTable
from surveys.campaigns.models import Round


def title_of(rounds: Sequence[Round], plan: ColumnPlan) -> str:
    """What the raw data of the rounds are called."""
    ordered = sorted(rounds, key=lambda each: each.reference_date)
    titles = dict.fromkeys(told(each.campaign.titles, plan.languages) for each in ordered)
    periods = dict.fromkeys(told(each.periods, plan.languages) for each in ordered)
    return f"{', '.join(titles)}: {', '.join(periods)}"


@contextmanager
def raw_tables(
    rounds: Sequence[Round], plan: ColumnPlan, progress: Progress
) -> Iterator[list[DataTable]]:
    """The tables of raw data: responses, tables of the questionnaire, repeats, remarks, changes.

    Two tables never have one name. They can be read as long as the context is open.
    """
    source = RawSource(rounds)
    opened = [OpenRound(each, source) for each in source.rounds]
    with TemporaryDirectory(prefix="raw-") as directory:
        tables = [
            response_table(source, opened, plan),
            *(grid_table(source, opened, plan, part) for part in grids_in(source, plan)),
            *spooled_tables(source, opened, plan, Path(directory), progress),
            _change_table(source, plan),
        ]
        yield _apart(tables)


def _change_table(source: RawSource, plan: ColumnPlan) -> DataTable:
    planned = change_columns(source, plan)
    lines = changes_of(source, plan)

    def batches() -> Iterator[pa.RecordBatch]:
        given = {each.source: [line[each.source] for line in lines] for each in planned}
        yield Filling(planned, plan).batch(pa.table({}), given)

    return DataTable(
        name=CHANGE_MAP,
        title=told(WORDS[CHANGE_MAP], plan.languages),
        columns=tuple(each.column for each in planned),
        batches=batches,
        rows=len(lines),
    )


def _apart(tables: Sequence[DataTable]) -> list[DataTable]:
    """The tables with names of their own: a table of the questionnaire may be called like one of ours."""
    taken: set[str] = set()
    found = []
    for table in tables:
        name, number = table.name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{table.name}__{number}"
        taken.add(name.casefold())
        found.append(replace(table, name=name))
    return found

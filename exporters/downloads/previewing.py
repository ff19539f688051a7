"""What a plan comes to: the columns, how many rows and tables, how long it takes."""

from dataclasses import dataclass

from analytics.answers import counted_revisions
from exporters.orders.estimates import estimate, recent
from exporters.orders.wording import about, size_about
from exporters.raw.columns import Planned, grids_in, repeats_in, response_columns
from exporters.raw.plans import ColumnPlan
from exporters.raw.sources import RawSource

SHOWN = 30
"""Columns that the preview shows."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The first columns of the table of responses, and figures about the whole file."""

    columns: tuple[Planned, ...]
    width: int
    rows: int
    tables: tuple[str, ...]
    time: str
    size: str

    @property
    def hidden(self) -> int:
        """How many columns are not shown."""
        return self.width - len(self.columns)


def preview(source: RawSource, plan: ColumnPlan, file_format: str) -> Preview:
    """What a file by the plan holds, from the questionnaires and the number of signed responses."""
    columns = response_columns(source, plan)
    rows = sum(counted_revisions(each).count() for each in source.rounds)
    expected = estimate("raw", file_format, rows * len(columns), recent())
    parts = (*grids_in(source, plan), *repeats_in(source, plan))
    return Preview(
        columns=columns[:SHOWN],
        width=len(columns),
        rows=rows,
        tables=tuple(each.name for each in parts),
        time=about(expected.seconds),
        size=size_about(expected.size),
    )

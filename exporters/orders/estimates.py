"""How long a file takes and how large it becomes: from earlier files of the kind, else from a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from math import inf
from statistics import median
from typing import Final

from django.db.models import F

from analytics.answers import counted_revisions
from analytics.models import IndexRun, Release
from exporters.files import FORMATS
from exporters.orders.models import Export
from surveys.background.enums import JobStatus
from surveys.campaigns.models import Round
from surveys.questionnaires.queries import form_of

RECENT: Final = 300
"""So many files, finished last, are looked at."""
ALIKE: Final = 4
"""A file at most so many times as large or as small says how long this one takes: small ones cost
mostly the loading of libraries."""
TELLING: Final = 0.05
"""From this share on the work itself says how long the rest takes."""
REPORTS: Final = ("report", "data_set_report")
CODEBOOKS: Final = (
    "codebook",
    "codebook_frequencies",
    "data_set_codebook",
    "data_set_frequencies",
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What to expect: seconds of writing, bytes."""

    seconds: float
    size: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How a file is written: seconds before the first value, values a second; bytes before the first
    value, bytes a value."""

    start: float = 0.5
    cells: float = inf
    least: int = 0
    size: float = 0.0

    @property
    def grows(self) -> bool:
        """Whether more answers make a longer file."""
        return self.size > 0


@dataclass(frozen=True, slots=True)
class Past:
    """A finished file."""

    name: str
    format: str
    cells: int
    seconds: float
    size: int


def cells_of(subject: Round | IndexRun | Release) -> int:
    """About how many values stand in the data: rows times columns."""
    if isinstance(subject, IndexRun):
        return subject.units.count() * len(subject.version.definition.get("indicators", []))
    round_ = subject if isinstance(subject, Round) else subject.round
    columns = sum(1 for _element in form_of(round_.version).definition.elements())
    return counted_revisions(round_).count() * columns


def recent() -> tuple[Past, ...]:
    """The files finished last, of all kinds; one query."""
    known = Export.objects.filter(finished_at__isnull=False, begun_at__isnull=False, cells__gt=0)
    taken = known.annotate(took=F("finished_at") - F("begun_at")).order_by("-finished_at")
    rows = taken.values_list("name", "format", "cells", "took", "size")[:RECENT]
    return tuple(
        Past(name, kind, cells, took.total_seconds(), size)
        for name, kind, cells, took, size in rows
    )


def estimate(name: str, file_format: str, cells: int, past: Iterable[Past]) -> Estimate:
    """What to expect of a file of so many values."""
    pace = pace_of(name, file_format)
    same = [each for each in past if (each.name, each.format) == (name, file_format)]
    if pace.grows:
        same = [each for each in same if cells / ALIKE <= each.cells <= cells * ALIKE]
    if not same:
        return Estimate(pace.start + cells / pace.cells, round(pace.least + cells * pace.size))
    times = [cells / each.cells if pace.grows else 1.0 for each in same]
    pairs = list(zip(same, times, strict=True))
    return Estimate(
        median(each.seconds * more for each, more in pairs),
        round(median(each.size * more for each, more in pairs)),
    )


def pace_of(name: str, file_format: str) -> Pace:
    """The pace of a kind of file that nobody has asked for yet."""
    return PACES.get((name, file_format)) or DATA.get(file_format, SLOWEST)


def remaining(export: Export, past: Iterable[Past], *, at: datetime) -> float:
    """The seconds until the file is there, from how far the job is; before it tells, from the estimate.
    Needs ``job`` loaded; of a job that waits, without what is before it."""
    job = export.job
    expected = estimate(export.name, export.format, export.cells, past).seconds
    if job is None or job.status != JobStatus.RUNNING or job.started_at is None:
        return expected
    passed = max(0.0, (at - job.started_at).total_seconds())
    share = job.progress / job.total if job.total else 0.0
    if share < TELLING:
        return max(expected - passed, 0.0)
    return passed * (1 - share) / share


def _measured(seconds: float, megabytes: float, least: int) -> Pace:
    return Pace(cells=VALUES / seconds, least=least, size=megabytes * 1e6 / VALUES)


VALUES: Final = 100_000 * 120
"""Responses times columns of the round that the formats of data were measured with."""
DATA: Final = {
    "xlsx": _measured(6.5, 98, 20_000),
    "csv": _measured(6.1, 27, 5_000),
    "parquet": _measured(5.3, 16, 45_000),
    "jsonl": _measured(6.2, 59, 5_000),
    "dta": _measured(6.9, 30, 10_000),
    "sav": _measured(18.7, 37, 10_000),
}
"""Tables of answers by format: processor seconds and megabytes of ``benchmarks/export_raw.py``, as
``docs/exports.md`` has them under "End to end", and what stands in a file of no answers."""
PACES: Final = {
    ("round", "xlsx"): Pace(cells=45_000, least=50_000, size=5.0),
    ("assessment", "xlsx"): Pace(start=1.5, cells=10_000, least=140_000, size=115.0),
    ("assessment_public", "xlsx"): Pace(start=1.0, least=60_000),
    ("profile", "pdf"): Pace(least=120_000),
    **dict.fromkeys(product(REPORTS, ("pdf",)), Pace(least=800_000)),
    **dict.fromkeys(product(CODEBOOKS, ("xml", "html", "json")), Pace(least=300_000)),
    **dict.fromkeys(product(CODEBOOKS, ("xlsx",)), Pace(start=1.0, least=55_000)),
    **dict.fromkeys(product(("table",), FORMATS), Pace(least=15_000)),
}
"""Other files by name and format, as the two closed rounds of the demonstration took them: what tells of
questions, units or totals does not grow with the answers. The workbook of a round was measured with
2,000 responses to 100 questions, too: 4.4 processor seconds, 1.07 MB; that of an assessment with 3,321
units by 120 indicators: 20 processor seconds to write, 48 MB."""
SLOWEST: Final = Pace(start=2.0, cells=50_000, size=5.0)

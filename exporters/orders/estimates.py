"""How long a file takes and how large it becomes: from earlier files of the kind, else from a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from django.db.models import F

from analytics.answers import counted_revisions
from analytics.models import IndexRun, Release
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


@dataclass(frozen=True, slots=True)
class Estimate:
    """What to expect: seconds of writing, bytes."""

    seconds: float
    size: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How a format is written: seconds before the first value, values a second, bytes a value."""

    start: float
    cells: float
    size: float


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
    alike = [
        each
        for each in past
        if (each.name, each.format) == (name, file_format)
        and cells / ALIKE <= each.cells <= cells * ALIKE
    ]
    if not alike:
        pace = PACES.get(file_format, SLOWEST)
        return Estimate(pace.start + cells / pace.cells, round(cells * pace.size))
    return Estimate(
        median(each.seconds * cells / each.cells for each in alike),
        round(median(each.size * cells / each.cells for each in alike)),
    )


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


PACES: Final = {
    "xlsx": Pace(start=1.0, cells=60_000, size=5.0),
}
"""By format."""
SLOWEST: Final = Pace(start=2.0, cells=50_000, size=5.0)

"""What every benchmark shares: measuring a piece of work, and a table at the end.

    with measured("open a round of 3,377") as m:
        number = open_round(...)
    m.check(number == 3377, f"{number} assignments")

    page, m = repeated("overview", lambda: overview(round_, at), times=20)
    m.check(page.counts.total == 4000, "4,000 agencies")

A measurement without a passed check is not reported: ``m.check`` stops the benchmark when the result
is wrong. Peak memory is that of the whole process so far; the figure in brackets is what the piece
of work added to it.
"""

import atexit
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


@dataclass
class Measurement:
    """One piece of work: its label, what it cost, whether its result was checked."""

    label: str
    bar: str = ""
    repeats: int = 1
    cpu: float = 0.0
    wall: float = 0.0
    peak: float = 0.0
    grown: float = 0.0
    checked: list[str] = field(default_factory=list)

    def check(self, holds: bool, said: str) -> None:  # noqa: FBT001  (reads like assert)
        """Stop here unless the result is right; ``said`` names what was checked."""
        if not holds:
            sys.exit(f"{self.label}: wrong result: {said}")
        self.checked.append(said)


MEASUREMENTS: list[Measurement] = []


@contextmanager
def measured(label: str, *, bar: str = "", repeats: int = 1) -> Iterator[Measurement]:
    """Measure the body; with ``repeats`` the figures are those of one of them.

    ``bar`` is what the performance document asks for, shown beside the figure.
    """
    measurement = Measurement(label=label, bar=bar, repeats=repeats)
    before = _peak()
    wall, cpu = time.perf_counter(), time.process_time()
    yield measurement
    measurement.cpu = (time.process_time() - cpu) / repeats
    measurement.wall = (time.perf_counter() - wall) / repeats
    measurement.peak = _peak()
    measurement.grown = measurement.peak - before
    MEASUREMENTS.append(measurement)


def repeated(
    label: str, work: Callable[[], Result], *, times: int, bar: str = ""
) -> tuple[Result, Measurement]:
    """Measure ``work`` done ``times`` times; its last result, and the figures of one time."""
    result = work()
    with measured(label, bar=bar, repeats=times) as measurement:
        for _ in range(times):
            result = work()
    return result, measurement


def report() -> None:
    """Print the table; with ``BENCHMARK_JSON`` set, also append the rows to that file."""
    unchecked = [each.label for each in MEASUREMENTS if not each.checked]
    if unchecked:
        sys.exit(f"nothing was checked for: {', '.join(unchecked)}")
    print(f"\n{'work':<46}{'CPU s':>10}{'wall s':>10}{'peak MiB':>16}  {'bar':<14}checked")
    for each in MEASUREMENTS:
        peak = f"{each.peak:.0f} (+{each.grown:.0f})"
        print(
            f"{each.label:<46}{each.cpu:>10.4f}{each.wall:>10.4f}{peak:>16}  {each.bar:<14}"
            + "; ".join(each.checked)
        )
    if target := os.environ.get("BENCHMARK_JSON"):
        rows = [vars(each) for each in MEASUREMENTS]
        with Path(target).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def prepare_django() -> None:
    """Set Django up on a SQLite database of its own, which goes away at the end.

    ``DATABASE_URL`` is left alone when it is set: then that (empty) database is used.
    """
    root = Path(__file__).resolve().parent.parent
    sys.path.insert(0, str(root))
    directory = tempfile.TemporaryDirectory(prefix="benchmark-")
    atexit.register(directory.cleanup)
    os.environ["VAR_DIR"] = directory.name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

    import django  # noqa: PLC0415  (after the settings are named)
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, Python {sys.version.split()[0]}, {os.cpu_count()} CPUs")


def _peak() -> float:
    """The process' peak memory in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

"""The corpus of damaged and hostile files: the worst seconds and the worst memory of a child.

Run: .venv/bin/python benchmarks/hostile_files.py
Each file goes through the service's reader; files that it would read are measured too. A file that
ends otherwise than its case says stops the benchmark.
"""

import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# The corpus stands among the tests.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from surveys.engine import errors
from surveys.limited import Unreadable, read_limited, reading_of
from surveys.xlsform import MAX_FILE_BYTES, read_workbook
from surveys.xlsform.reader import WANTED
from surveys.xlsform.worker import extract
from tests.hostile.build_corpus import corpus
from tests.hostile.case import Case
from tests.surveys.limited.functions import parent

SECONDS = 10.0
MEGABYTES = 512
SHOWN = 15


@dataclass
class Measured:
    """One file: seconds of the whole reading, and the child's CPU and peak memory in MB."""

    case: Case
    size: int
    wall: float
    cpu: float
    peak: float


def main() -> None:
    """Measure each file and hold the worst against the limits."""
    reader = read_limited(parent, b"")
    found = [measure(case) for case in corpus()]
    print(f"\n{'file':<44}{'KiB':>9}{'wall s':>9}{'child CPU s':>13}{'child MB':>10}  outcome")
    for each in sorted(found, key=lambda one: -one.wall)[:SHOWN]:
        outcome = " at ".join(each.case.expected or ("accepted",))
        print(
            f"{each.case.name:<44}{each.size / 1024:>9.0f}{each.wall:>9.2f}{each.cpu:>13.2f}"
            f"{each.peak:>10.0f}  {outcome}"
        )
    worst = max(each.wall for each in found), max(each.peak for each in found)
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{len(found)} files: at most {worst[0]:.2f} s and {worst[1]:.0f} MB in a child;")
    print(f"this process, which made them, {ours:.0f} MB; the parent lived: ", end="")
    print("yes" if read_limited(parent, b"") == reader else "NO")
    if worst[0] > SECONDS or worst[1] > MEGABYTES or read_limited(parent, b"") != reader:
        sys.exit("over the limits")


def measure(case: Case) -> Measured:
    """Read the file as an import does, then once more for what its child takes."""
    data = case.make()
    begun = time.perf_counter()
    problems = errors(read_workbook(data, case.filename, code="phieu").problems)
    wall = time.perf_counter() - begun
    outcome = (problems[0].code, problems[0].at) if problems else None
    if outcome != case.expected:
        sys.exit(f"{case.name}: {outcome} instead of {case.expected}")
    cpu = peak = 0.0
    if len(data) <= MAX_FILE_BYTES:
        try:
            reading = reading_of(extract, data, {"filename": case.filename, "wanted": WANTED})
        except Unreadable as failure:
            cpu, peak = failure.cpu_seconds, failure.peak_bytes / 2**20
        else:
            cpu, peak = reading.cpu_seconds, reading.peak_bytes / 2**20
    return Measured(case, len(data), wall, cpu, peak)


if __name__ == "__main__":
    main()

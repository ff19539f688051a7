"""A file read in a limited child: what the fork costs, and what a process for each file would.

Run: .venv/bin/python benchmarks/limited_reading.py
"""

import subprocess
import sys
from functools import partial
from pathlib import Path

from measure import repeated, report

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # nothing here needs Django

from surveys.limited import reading_of, stop  # noqa: E402  (after the path is set)
from surveys.xlsform.worker import extract  # noqa: E402
from tests.hostile.package import workbook  # noqa: E402
from tests.surveys.limited.functions import length_of  # noqa: E402

TIMES = 50
OPTIONS = {"filename": "phieu.xlsx"}
ALONE = (
    "import json, sys; from surveys.xlsform.worker import extract;"
    "print(json.dumps(extract(sys.stdin.buffer.read(), filename='phieu.xlsx')))"
)


def main() -> None:
    """Compare a warm child with a process of its own and with no process at all."""
    rows = [("text", f"q{n}", f"Câu hỏi số {n}", "Ghi chú") for n in range(500)]
    data = workbook(survey=[("type", "name", "label", "hint"), *rows])
    first, m = repeated("nothing, its parent started first", started, times=5)
    m.check(first == 0, "nothing counted")
    nothing, m = repeated("nothing, warm", partial(reading_of, length_of, b""), times=TIMES)
    m.check(nothing.result == 0, f"child {nothing.peak_bytes / 2**20:.0f} MB")
    large, m = repeated(
        "10 MB counted, warm", partial(reading_of, length_of, bytes(10_000_000)), times=TIMES
    )
    m.check(large.result == 10_000_000, f"child {large.peak_bytes / 2**20:.0f} MB")
    here, m = repeated(
        "500 rows, in this process", partial(extract, data, filename="phieu.xlsx"), times=TIMES
    )
    m.check(len(here["sheets"][0][1]) == 501, "501 rows")
    warm, m = repeated("500 rows, warm", partial(reading_of, extract, data, OPTIONS), times=TIMES)
    m.check(len(warm.result["sheets"][0][1]) == 501, f"child {warm.peak_bytes / 2**20:.0f} MB")
    alone, m = repeated("500 rows, a process of its own", partial(in_a_process, data), times=10)
    m.check(len(alone) > len(data), "it answered")
    report()
    print(f"\nno network in a child: {'yes' if warm.isolated else 'NO, the kernel refuses'}")


def started() -> object:
    """The result of a reading that finds no parent."""
    stop()
    return reading_of(length_of, b"").result


def in_a_process(data: bytes) -> bytes:
    """The same reading without a warm parent."""
    return subprocess.run(
        [sys.executable, "-c", ALONE], input=data, capture_output=True, check=True, cwd=ROOT
    ).stdout


if __name__ == "__main__":
    main()

"""The raw export of a round of 100,000 responses with 100 questions, out of its columnar copy.

Run: .venv/bin/python benchmarks/export_raw.py [ROWS [FORMAT ...]]

Each format in a process of its own by ``manage.py export``: what is measured is all of the work, from
reading the copy and the facts about units to the closed file. On SQLite.
"""

import os
import sys
from pathlib import Path

from exported import found_in
from exporting import add_product_to_path, in_a_child, tell_cost_of

add_product_to_path()

FORMATS = ("xlsx", "csv", "parquet", "jsonl", "dta", "sav")


def main() -> None:
    """Seed a round and build its copy, then measure each format."""
    rows = int(sys.argv[1]) if sys.argv[1:] else 100_000
    formats = tuple(sys.argv[2:]) or FORMATS
    os.environ.pop("DATABASE_URL", None)
    # The first import makes the database, which a child that exports must not do again.
    from columnar_copy import AT, seeded, sums_of_first_figure  # noqa: PLC0415

    from analytics.columnar import services  # noqa: PLC0415

    round_ = seeded(rows, signed=rows)
    services.rebuild(round_, at=AT)
    expected = sums_of_first_figure(round_)
    print(f"{'format':<10}{'rows':>10}{'CPU s':>9}{'wall s':>9}{'MiB':>7}{'MB file':>9}  checked")
    for name in formats:
        measure(name, round_.code, rows, expected)


def measure(name: str, code: str, rows: int, expected: float) -> None:
    """Print one line, unless the file is wrong."""
    target = Path(os.environ["VAR_DIR"]) / f"raw.{name}"
    cost = in_a_child(__file__, name, Path(code), target)
    found, total = found_in(target, name, "responses", "n0")
    if (found, total) != (rows, expected):
        sys.exit(f"wrong file: {found} rows, {total} instead of {expected}")
    size = target.stat().st_size / 1e6
    print(f"{name:<10}{rows:>10,}{cost}{size:>9.1f}  {rows:,} rows and a sum", flush=True)
    target.unlink()


def export(name: str, code: str, target: str) -> None:
    """What ``manage.py export`` does, on the database of the parent."""
    import django  # noqa: PLC0415  (what it costs is part of an export)
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    with Path(os.devnull).open("w") as silence:
        call_command(
            "export", code, "--book", "raw", "--format", name, "-o", target, stdout=silence
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        name, code, target = sys.argv[2:]
        tell_cost_of(lambda: export(name, code, target))
    else:
        main()

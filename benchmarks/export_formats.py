"""Raw data for programs: Parquet, JSON Lines, Stata and SPSS.

Run: .venv/bin/python benchmarks/export_formats.py [ROWS ...]

Without numbers: 100,000 rows of 120 columns. Each writer works in a process of its own, from a Parquet file.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exported import found_in
from exporting import (
    AT,
    COLUMNS,
    add_product_to_path,
    data_file,
    in_a_child,
    sums_of,
    table_in,
    tell_cost_of,
)

add_product_to_path()

from exporters.formats.jsonl import write_jsonl  # noqa: E402  (after the product's path)
from exporters.formats.parquet import write_parquet  # noqa: E402
from exporters.formats.spss import write_spss  # noqa: E402
from exporters.formats.stata import write_stata  # noqa: E402

WRITERS: dict[str, Callable[..., Any]] = {
    "parquet": write_parquet,
    "jsonl": write_jsonl,
    "dta": write_stata,
    "sav": write_spss,
}


def work(name: str, source: Path, target: Path) -> None:
    """Write the rows in a format."""
    WRITERS[name]([table_in(source)], target, title="Đợt 1", as_of=AT, progress=lambda *_: None)


def main() -> None:
    """Measure each in a child of its own."""
    sizes = [int(each) for each in sys.argv[1:]] or [100_000]
    print(f"{len(COLUMNS)} columns")
    print(f"{'format':<10}{'rows':>10}{'CPU s':>9}{'wall s':>9}{'MiB':>7}{'MB file':>9}  checked")
    for name in WRITERS:
        for rows in sizes:
            measure(name, rows)


def measure(name: str, rows: int) -> None:
    """Print one line, unless the file is wrong."""
    target = data_file(rows).with_name(f"{rows}.{name}.zip")
    cost = in_a_child(__file__, name, data_file(rows), target)
    found, total = found_in(target, name, "answers", "q003")
    (expected,) = sums_of(data_file(rows), ("q003",))
    if found != rows or abs(total - expected) > 1e-3 * rows:
        sys.exit(f"wrong file: {found} rows, {total} instead of {expected}")
    size = target.stat().st_size / 1e6
    print(f"{name:<10}{rows:>10,}{cost}{size:>9.1f}  {rows:,} rows and a sum", flush=True)
    target.unlink()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        name, source, target = sys.argv[2:]
        tell_cost_of(lambda: work(name, Path(source), Path(target)))
    else:
        main()

"""Raw data as CSV: memory flat in rows, beside Arrow's own writer, which guards nothing.

Run: .venv/bin/python benchmarks/export_csv.py [ROWS ...]

Without numbers: 10,000, 100,000 and 300,000 rows of 120 columns, each in a process of its own, from a
Parquet file.
"""

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
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

from exporters.formats.csv import write_csv  # noqa: E402  (after the product's path)

BARS = {100_000: "6 CPU s"}


def ours(source: Path, target: Path) -> None:
    """The streamed writer, guarded."""
    write_csv([table_in(source)], target, title="Đợt 1", as_of=AT, progress=lambda *_: None)


def by_arrow(source: Path, target: Path) -> None:
    """Arrow's writer of CSV into a zip: a column for each field, nothing guarded."""
    plain = pa.schema(
        field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field
        for field in pq.read_schema(source)
    )
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("answers.csv", "w", force_zip64=True) as member,
        pyarrow.csv.CSVWriter(member, plain) as writer,
    ):
        for batch in table_in(source).batches():
            writer.write_batch(batch.cast(plain))


WRITERS: dict[str, Callable[[Path, Path], None]] = {"ours": ours, "arrow": by_arrow}


def checked(target: Path, rows: int) -> str:
    """Stop unless the file holds so many records with the sum of a column; what was checked."""
    found, total = found_in(target, "csv", "answers", "q003")
    (expected,) = sums_of(data_file(rows), ("q003",))
    if found != rows or abs(total - expected) > 1e-3 * rows:
        sys.exit(f"wrong file: {found} records, {total} instead of {expected}")
    return f"{rows:,} records and a sum"


def main() -> None:
    """Measure each in a child of its own."""
    sizes = [int(each) for each in sys.argv[1:]] or [10_000, 100_000, 300_000]
    print(f"{len(COLUMNS)} columns")
    print(f"{'writer':<10}{'rows':>10}{'CPU s':>9}{'wall s':>9}{'MiB':>7}{'MB file':>9}  checked")
    for name in WRITERS:
        for rows in sizes:
            show(name, rows)


def show(name: str, rows: int) -> None:
    """One line."""
    target = data_file(rows).with_name(f"{name}-{rows}.zip")
    cost = in_a_child(__file__, name, data_file(rows), target)
    said = checked(target, rows)
    print(
        f"{name:<10}{rows:>10,}{cost}"
        f"{target.stat().st_size / 1e6:>9.1f}  {said}  {BARS.get(rows, '')}",
        flush=True,
    )
    target.unlink()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        name, source, target = sys.argv[2:]
        tell_cost_of(lambda: WRITERS[name](Path(source), Path(target)))
    else:
        main()

"""Raw data as a workbook: ours streamed, beside openpyxl (write-only) and xlsxwriter (constant memory).

Run: .venv/bin/python benchmarks/export_xlsx.py [ROWS ...]

120 columns. First all three write the same 10,000 rows, then ours alone as many as are named: 100,000
without numbers; 1,000,000 take minutes and 5 GB of disk. Each writes in a process of its own, from a
Parquet file.
"""

import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from exporting import (
    AT,
    COLUMNS,
    Cost,
    add_product_to_path,
    data_file,
    in_a_child,
    sums_of,
    table_in,
    tell_cost_of,
)
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from python_calamine import CalamineWorkbook

add_product_to_path()

from exporters.formats.streamed_xlsx import write_xlsx  # noqa: E402  (after the product's path)
from exporters.tables import marks_of  # noqa: E402

COMPARED = 10_000
BARS = {100_000: "9 CPU s, 500 MiB", 1_000_000: "60 CPU s, 700 MiB"}
READ_WHOLE = 100_000
"""calamine holds a sheet in memory: larger ones are counted in their XML."""


def ours(source: Path, target: Path) -> None:
    """The streamed writer."""
    write_xlsx([table_in(source)], target, title="Đợt 1", as_of=AT, progress=lambda *_: None)


def by_openpyxl(source: Path, target: Path) -> None:
    """openpyxl's write-only mode, text kept from becoming formulas."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("answers")
    sheet.append([column.name for column in COLUMNS])
    for row in rows_of(source):
        cells: list[Any] = []
        for value in row:
            if isinstance(value, str) and value[:1] == "=":
                cell = WriteOnlyCell(sheet, value)
                cell.data_type = "s"
                cells.append(cell)
            else:
                cells.append(value)
        sheet.append(cells)
    book.save(target)


def by_xlsxwriter(source: Path, target: Path) -> None:
    """xlsxwriter's constant memory."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy",
    }
    book = xlsxwriter.Workbook(str(target), options)
    sheet = book.add_worksheet("answers")
    sheet.write_row(0, 0, [column.name for column in COLUMNS])
    for number, row in enumerate(rows_of(source), start=1):
        sheet.write_row(number, 0, row)
    book.close()


def rows_of(source: Path) -> Iterator[list[Any]]:
    """Rows of Python objects, a missing code in the place of its value."""
    for batch in table_in(source).batches():
        columns = []
        for column in COLUMNS:
            values: list[Any] = batch.column(column.name).to_pylist()
            if column.missing:
                marks = batch.column(marks_of(column.name)).to_pylist()
                values = [m if v is None else v for v, m in zip(values, marks, strict=True)]
            columns.append(values)
        yield from map(list, zip(*columns, strict=True))


WRITERS: dict[str, Callable[[Path, Path], None]] = {
    "ours": ours,
    "openpyxl": by_openpyxl,
    "xlsxwriter": by_xlsxwriter,
}


def checked(target: Path, rows: int) -> str:
    """Stop unless the workbook holds so many rows with the sums of the data; what was checked."""
    if rows <= READ_WHOLE:
        return by_calamine(target, rows)
    return by_xml(target, rows)


def by_calamine(target: Path, rows: int) -> str:
    """Rows and sums of the first figures, read back."""
    read: list[list[Any]] = (
        CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    )
    found = [
        sum(row[place] for row in read[1:] if isinstance(row[place], float)) for place in (1, 3)
    ]
    expected = sums_of(data_file(rows), ("q001", "q003"))
    same = all(abs(a - b) < 1e-3 for a, b in zip(found, expected, strict=True))
    if len(read) != rows + 1 or not same:
        sys.exit(f"wrong workbook: {len(read)} rows, {found} instead of {expected}")
    return f"{rows:,} rows and two sums by calamine"


def by_xml(target: Path, rows: int) -> str:
    """Rows and the sum of the second column, read in the sheet's XML piece by piece."""
    found, total, rest = 0, 0.0, b""
    pattern = re.compile(rb'<c r="D\d+"><v>([^<]*)</v>')
    with zipfile.ZipFile(target) as package, package.open("xl/worksheets/sheet1.xml") as sheet:
        while piece := sheet.read(1 << 22):
            whole, _, rest = (rest + piece).rpartition(b"</row>")
            found += whole.count(b"<row ")
            total += sum(map(float, pattern.findall(whole)))
    (expected,) = sums_of(data_file(rows), ("q003",))
    if found != rows + 1 or abs(total - expected) > 1:
        sys.exit(f"wrong workbook: {found} rows, {total} instead of {expected}")
    return f"{rows:,} rows and a sum by the XML"


def main() -> None:
    """Measure each in a child of its own."""
    sizes = [int(each) for each in sys.argv[1:]] or [100_000]
    print(f"{len(COLUMNS)} columns")
    print(f"{'writer':<12}{'rows':>10}{'CPU s':>9}{'wall s':>9}{'MiB':>7}{'MB file':>9}  checked")
    costs = {name: measure(name, COMPARED) for name in WRITERS}
    for name in ("openpyxl", "xlsxwriter"):
        cpu, wall, peak = (
            getattr(costs[name], each) / getattr(costs["ours"], each)
            for each in ("cpu", "wall", "peak")
        )
        print(f"{name} / ours: {cpu:.1f} x CPU, {wall:.1f} x wall, {peak:.1f} x memory", flush=True)
    for rows in sizes:
        measure("ours", rows)


def measure(name: str, rows: int) -> Cost:
    """Print one line; what it cost."""
    target = data_file(rows).with_name(f"{name}-{rows}.xlsx")
    cost = in_a_child(__file__, name, data_file(rows), target)
    said = checked(target, rows)
    bar = f"  bar: {BARS[rows]}" if name == "ours" and rows in BARS else ""
    size = target.stat().st_size / 1e6
    print(f"{name:<12}{rows:>10,}{cost}{size:>9.1f}  {said}{bar}", flush=True)
    target.unlink()
    return cost


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        name, source, target = sys.argv[2:]
        tell_cost_of(lambda: WRITERS[name](Path(source), Path(target)))
    else:
        main()

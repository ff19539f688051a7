"""What the benchmarks of exports read back: the rows of a file and the sum of a column."""

import csv
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow.compute
import pyarrow.parquet as pq
import pyreadstat
from python_calamine import CalamineWorkbook

Found = tuple[int, float]


def found_in(file: Path, file_format: str, table: str, column: str) -> Found:
    """How many rows the file has of a table (a workbook: its first sheet), and the sum of a column."""
    if file_format == "xlsx":
        return _in_workbook(file, column)
    with zipfile.ZipFile(file) as archive, TemporaryDirectory() as folder:
        [name] = [each for each in archive.namelist() if each.endswith(f"{table}.{file_format}")]
        member = archive.extract(name, folder)
        return READERS[file_format](Path(member), column)


def _in_workbook(file: Path, column: str) -> Found:
    rows: list[list[Any]] = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    place = rows[0].index(column)
    figures = [row[place] for row in rows[1:] if isinstance(row[place], float)]
    return len(rows) - 1, sum(figures)


def _in_csv(file: Path, column: str) -> Found:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        records = csv.reader(lines)
        place = next(records).index(column)
        return _counted(_figure(record[place]) for record in records)


def _in_lines(file: Path, column: str) -> Found:
    with file.open(encoding="utf-8") as lines:
        return _counted(_figure(json.loads(line).get(column)) for line in lines)


def _in_parquet(file: Path, column: str) -> Found:
    values = pq.read_table(file, columns=[column])[column]
    return len(values), float(pyarrow.compute.sum(values).as_py())


def _in_sav(file: Path, column: str) -> Found:
    frame, _ = pyreadstat.read_sav(str(file), usecols=[column])
    return len(frame), float(frame[column].sum())


def _in_dta(file: Path, column: str) -> Found:
    frame, _ = pyreadstat.read_dta(str(file), usecols=[column])
    return len(frame), float(frame[column].sum())


READERS: Final[dict[str, Callable[[Path, str], Found]]] = {
    "csv": _in_csv,
    "jsonl": _in_lines,
    "parquet": _in_parquet,
    "sav": _in_sav,
    "dta": _in_dta,
}


def _figure(value: object) -> float:
    """A figure; 0 where there is none or a missing code stands in its place."""
    try:
        return float(str(value))
    except ValueError:
        return 0.0


def _counted(figures: Iterable[float]) -> Found:
    found, total = 0, 0.0
    for figure in figures:
        found += 1
        total += figure
    return found, total

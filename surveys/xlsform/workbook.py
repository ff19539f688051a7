"""Pass 1: a file becomes sheets of text cells, or problems; it cannot hurt this process."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Final

from surveys.engine.problems import Problem
from surveys.xlsform import worker
from surveys.xlsform.precheck import FileKind, precheck, unreadable

TIMEOUT_SECONDS: Final = 30
MAX_COLUMNS: Final = 702
"""As far as column ZZ."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; ``rows[0]`` is row 1."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that could be read, and what stands against using them."""

    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()


def open_workbook(data: bytes, filename: str) -> Workbook:
    """The sheets of an .xlsx, .xlsm, .xls or .csv file; never raises for what is in the file."""
    checked = precheck(data, filename)
    if checked.problems or checked.kind is None:
        return Workbook(problems=checked.problems)
    if checked.kind is FileKind.CSV:
        return _from_csv(data, filename)
    return _from_worker(data, filename)


def sheets_from(extracted: worker.Sheets) -> tuple[Sheet, ...]:
    """What the worker found, as sheets."""
    return tuple(Sheet(sheet["name"], sheet["rows"]) for sheet in extracted)


def _from_worker(data: bytes, filename: str) -> Workbook:
    """Ask a process that may die: by path, because a package import would start slower."""
    try:
        answer = subprocess.run(  # noqa: S603  (our own interpreter, our own file)
            [sys.executable, "-I", worker.__file__],
            input=data,
            capture_output=True,
            check=True,
            timeout=TIMEOUT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Workbook(problems=unreadable(filename, "(It took too long to open.)").problems)
    except subprocess.CalledProcessError:
        return Workbook(problems=unreadable(filename, "(The reader gave up on it.)").problems)
    found = json.loads(answer.stdout)
    if "refusal" in found:
        return Workbook(problems=unreadable(filename, f"({found['refusal']})").problems)
    return Workbook(sheets_from(found["sheets"]))


def _from_csv(data: bytes, filename: str) -> Workbook:
    """One file holds all sheets: a sheet's name stands in column A, its rows begin in column B.

    A file whose first cell is ``type`` is a survey sheet alone.
    """
    not_utf8 = Problem("csv_not_utf8", filename, filename, "Save it as CSV UTF-8.")
    if b"\0" in data:
        return Workbook(problems=(not_utf8,))
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError:
        return Workbook(problems=(not_utf8,))
    except csv.Error as failure:
        return Workbook(problems=unreadable(filename, f"({failure})").problems)
    if len(rows) > worker.MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
        advice = "Delete what stands far right of or below the questionnaire."
        return Workbook(problems=(Problem("sheet_too_large", filename, filename, advice),))
    if rows and rows[0] and rows[0][0].strip().lower() == "type":
        return Workbook((Sheet("survey", rows),))
    sheets: list[Sheet] = []
    for number, row in enumerate(rows):
        if row and row[0].strip():
            # Rows before the sheet's own stay as empty ones, so that problems keep the file's rows.
            sheets.append(Sheet(row[0].strip(), [[] for _ in range(number + 1)]))
        elif sheets:
            sheets[-1].rows.append(["", *row[1:]])
    return Workbook(tuple(sheets))

"""A .csv file as sheets."""

import csv
import io
from typing import Final

from surveys.engine.problems import Problem
from surveys.xlsform.precheck import Refusal, unreadable
from surveys.xlsform.sheet_inspection import MAX_COLUMNS, MAX_ROWS

Rows = list[list[str]]

_ALONE: Final = "type"


def sheets_of_csv(data: bytes, filename: str) -> list[tuple[str, Rows]]:
    """The sheets of the file; raises Refusal.

    One file holds all sheets: a sheet's name stands in column A, its rows begin in column B. A file
    whose first cell is ``type`` is a survey sheet alone.
    """
    rows = _rows(data, filename)
    if rows and rows[0] and rows[0][0].strip().lower() == _ALONE:
        return [("survey", rows)]
    sheets: list[tuple[str, Rows]] = []
    for number, row in enumerate(rows):
        if row and row[0].strip():
            # Rows before the sheet's own stay as empty ones, so that problems keep the file's rows.
            sheets.append((row[0].strip(), [[] for _ in range(number + 1)]))
        elif sheets:
            sheets[-1][1].append(["", *row[1:]])
    return sheets


def _rows(data: bytes, filename: str) -> Rows:
    not_utf8 = Problem("csv_not_utf8", filename, filename, "Save it as CSV UTF-8.")
    if b"\0" in data:
        raise Refusal(not_utf8)
    rows: Rows = []
    try:
        text = io.StringIO(data.decode("utf-8-sig"), newline="")
        for row in csv.reader(text, strict=True):
            rows.append(row)
            if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS:
                advice = "Delete what stands far right of or below the questionnaire."
                raise Refusal(Problem("sheet_too_large", filename, filename, advice))
    except UnicodeDecodeError as failure:
        raise Refusal(not_utf8) from failure
    except csv.Error as failure:
        detail = f"Its line {len(rows) + 1} has quotation marks that do not match."
        raise Refusal(unreadable(filename, detail)) from failure
    return rows

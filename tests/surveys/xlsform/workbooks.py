"""Workbooks made in memory, as a designer would save them."""

import csv
import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

from surveys.xlsform import ReadResult, read_workbook

Rows = Sequence[Sequence[object]]

SURVEY: Rows = [["type", "name", "label"], ["integer", "staff", "Số người"]]


def workbook(**sheets: Rows) -> bytes:
    """An .xlsx with the given sheets, row 1 first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something replaced in one of its parts ("" = in all)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if part in name else content)
    return stream.getvalue()


def as_csv(rows: Rows) -> bytes:
    """The rows as CSV UTF-8."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def read(**sheets: Rows) -> ReadResult:
    """What becomes of a workbook with these sheets."""
    return read_workbook(workbook(**sheets), "phieu.xlsx", code="phieu")


def found(result: ReadResult) -> list[tuple[str, str, str]]:
    """The errors: code, place and name."""
    return [
        (problem.code, problem.at, problem.name)
        for problem in result.problems
        if problem.severity == "error"
    ]

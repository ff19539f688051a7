"""A CSV as a frame of texts, with the place of what cannot be read."""

import csv
import io
import re
import unicodedata
from enum import StrEnum
from pathlib import Path
from typing import Final

import pandas as pd

_SEPARATORS: Final = (",", ";", "\t")
_NAMED_SEPARATOR: Final = re.compile(r"sep=[,;\t]\r?\n")
"""The first line by which Excel is told the separator."""
_WITH_COMMA: Final = re.compile(
    r"[+-]?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?([eE][+-]?[0-9]+)?"
)
_WITH_POINT: Final = re.compile(r"[+-]?[0-9]*\.[0-9]+([eE][+-]?[0-9]+)?")


class Decimals(StrEnum):
    """How figures are written: ``1234.5``, or ``1.234,5`` as in Vietnamese."""

    POINT = "point"
    COMMA = "comma"


class TableUnreadable(Exception):
    """A file that is no table; the text names the file and the line."""


def with_comma(text: str) -> bool:
    """Whether a text is a figure only where decimals stand behind a comma."""
    return "," in text and _WITH_COMMA.fullmatch(text.strip()) is not None


def read_table(path: Path, unit: str, decimals: Decimals = Decimals.POINT) -> pd.DataFrame:
    """The rows of a CSV as they stand, all texts, units in the column ``unit``.

    UTF-8, with or without a byte order mark; separated by commas, or by the semicolons or tabs that
    the header has instead; a line ``sep=;`` before it is passed over. Without a column ``unit`` the
    first one names the units. With a decimal comma figures come out with a point, and points
    between their thousands go. Raises TableUnreadable for a file that cannot be read, a header that
    is empty or names a column twice, a row that is longer or shorter than the header, and a figure
    with a decimal point where commas were promised.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise TableUnreadable(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise TableUnreadable(f"{path}: line {line}: this is not UTF-8") from error
    text = _NAMED_SEPARATOR.sub("", text, count=1) if text.startswith("sep=") else text
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header, body = _rows(path, rows)
    frame = _framed(header, body, unit)
    return frame if decimals is Decimals.POINT else _with_points(path, frame, unit)


def _rows(path: Path, rows: "csv.Reader") -> tuple[list[str], list[list[str]]]:  # type: ignore[name-defined]
    header: list[str] = []
    body: list[list[str]] = []
    try:
        for row in rows:
            if not row or not any(cell.strip() for cell in row):
                continue
            if not header:
                header = _header(path, row)
            elif len(row) != len(header):
                raise TableUnreadable(
                    f"{path}: line {rows.line_num}: {len(row)} cells under {len(header)} headings"
                )
            else:
                body.append(row)
    except csv.Error as error:
        raise TableUnreadable(f"{path}: line {rows.line_num}: {error}") from error
    if not header:
        raise TableUnreadable(f"{path}: line 1: there is no header")
    return header, body


def _header(path: Path, row: list[str]) -> list[str]:
    # A Mac may write a letter and its mark as two; a definition names one column.
    header = [unicodedata.normalize("NFC", cell.strip()) for cell in row]
    for number, name in enumerate(header):
        if not name:
            raise TableUnreadable(f"{path}: line 1: column {number + 1} has no name")
        if name in header[:number]:
            raise TableUnreadable(f"{path}: line 1: there are two columns {name!r}")
    return header


def _framed(header: list[str], body: list[list[str]], unit: str) -> pd.DataFrame:
    frame = pd.DataFrame(body, columns=header, dtype=object)
    return frame if unit in header else frame.rename(columns={header[0]: unit})


def _with_points(path: Path, frame: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The frame with figures as the methods read them; units stay as they are."""
    columns: dict[str, list[str]] = {}
    for name in frame.columns:
        cells = [str(cell) for cell in frame[name]]
        columns[name] = cells if name == unit else [_point(path, name, cell) for cell in cells]
    return pd.DataFrame(columns, dtype=object)


def _point(path: Path, column: str, cell: str) -> str:
    text = cell.strip()
    if _WITH_COMMA.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _WITH_POINT.fullmatch(text):
        # Read as it stands, 2.5 would be a figure of another notation: nobody could tell which.
        raise TableUnreadable(f"{path}: column {column}: {text!r} has a decimal point")
    return cell

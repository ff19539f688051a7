"""A CSV as a frame of texts, with the place of what cannot be read."""

import csv
import io
from pathlib import Path
from typing import Final

import pandas as pd

_SEPARATORS: Final = (",", ";", "\t")


class TableUnreadable(Exception):
    """A file that is no table; the text names the file and the line."""


def read_table(path: Path, unit: str) -> pd.DataFrame:
    """The rows of a CSV as they stand, all texts, units in the column ``unit``.

    UTF-8, with or without a byte order mark; separated by commas, or by the semicolons or tabs that
    the header has instead. Without a column ``unit`` the first one names the units. Raises
    TableUnreadable for a file that cannot be read, a header that is empty or names a column twice,
    and a row that is longer or shorter than the header.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise TableUnreadable(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise TableUnreadable(f"{path}: line {line}: this is not UTF-8") from error
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header, body = _rows(path, rows)
    return _framed(header, body, unit)


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
    header = [cell.strip() for cell in row]
    for number, name in enumerate(header):
        if not name:
            raise TableUnreadable(f"{path}: line 1: column {number + 1} has no name")
        if name in header[:number]:
            raise TableUnreadable(f"{path}: line 1: there are two columns {name!r}")
    return header


def _framed(header: list[str], body: list[list[str]], unit: str) -> pd.DataFrame:
    frame = pd.DataFrame(body, columns=header, dtype=object)
    return frame if unit in header else frame.rename(columns={header[0]: unit})

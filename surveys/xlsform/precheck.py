"""What is told about a file before a library opens it: its kind by its first bytes, and its size."""

from collections.abc import Collection
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Final

from surveys.engine.problems import Problem

MAX_FILE_BYTES: Final = 10 * 1024 * 1024

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")


class FileKind(StrEnum):
    """What a file is, by its first bytes; only CSV is told by its name."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


class Refusal(Exception):
    """The whole file is refused; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def kind_of(data: bytes, filename: str) -> FileKind:
    """The kind of the file; raises Refusal when it is none that is read here."""
    if data.startswith(_ZIP):
        return FileKind.XLSX
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            advice = "Remove the password and save the workbook again."
            raise Refusal(Problem("workbook_encrypted", filename, filename, advice))
        return FileKind.XLS
    if filename.lower().endswith(".csv"):
        return FileKind.CSV
    raise Refusal(unreadable(filename))


def is_wanted(name: str, wanted: Collection[str] | None) -> bool:
    """Whether a sheet is to be read: its name in small letters fits one of the patterns."""
    plain = name.strip().lower()
    return wanted is None or any(fnmatchcase(plain, pattern) for pattern in wanted)


def too_large(filename: str) -> Problem:
    """The file is larger than MAX_FILE_BYTES."""
    advice = "A workbook may have 10 MB. Remove pictures and data."
    return Problem("workbook_too_large", filename, filename, advice)


def unreadable(filename: str, detail: str = "") -> Problem:
    """The file is broken, or it is no workbook at all; ``detail`` is a sentence."""
    advice = "Open it in a spreadsheet program and save it as .xlsx."
    if detail:
        advice = f"{advice} ({detail})"
    return Problem("workbook_unreadable", filename, filename, advice)

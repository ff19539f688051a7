"""What can be told about a workbook before anything opens it: kind, size, extent, formulas."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from itertools import islice
from typing import Final
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from defusedxml.ElementTree import (  # type: ignore[import-untyped]  # has no stubs
    ParseError,
    fromstring,
)

from surveys.engine.problems import Problem

MAX_FILE_BYTES: Final = 10 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 120 * 1024 * 1024
MAX_ENTRIES: Final = 2_000
MAX_INDEX_BYTES: Final = 1024 * 1024
MAX_FORMULAS: Final = 500

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"

# Quantifiers are bounded, so that no hostile text makes a search slower than its length.
# Rows and cells that are only formatted do not count: LibreOffice writes them down to the last row.
_TOO_FAR: Final = re.compile(
    rb"<c\s[^>]{0,80}?\br\s?=\s?[\"']([A-Z]{3}[0-9]{1,7}|[A-Z]{1,2}[0-9]{6,7})[\"'][^>]{0,80}(?<!/)>"
)
_FORMULA_WITHOUT_VALUE: Final = re.compile(
    rb'<c\s[^>]{0,80}?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]{0,80}>\s{0,20}'
    rb"<f[^>]{0,200}?(?:/>|>[^<]{0,9000}</f>)\s{0,20}(?:<v\s?/>|<v></v>)?\s{0,20}</c>"
)


class FileKind(StrEnum):
    """What a file is, by its first bytes; only CSV is told by its name."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Precheck:
    """The kind of a file, ``None`` when it is none of ours, and what stands against opening it."""

    kind: FileKind | None
    problems: tuple[Problem, ...] = ()


def precheck(data: bytes, filename: str) -> Precheck:
    """Look at the bytes without trusting them."""
    if len(data) > MAX_FILE_BYTES:
        return _refused(
            "workbook_too_large", filename, "A workbook may have 10 MB. Remove pictures and data."
        )
    if data.startswith(_ZIP):
        return Precheck(FileKind.XLSX, _package_problems(data, filename))
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            return _refused(
                "workbook_encrypted", filename, "Remove the password and save the workbook again."
            )
        return Precheck(FileKind.XLS)
    if filename.lower().endswith(".csv"):
        return Precheck(FileKind.CSV)
    return unreadable(filename)


def unreadable(filename: str, detail: str = "") -> Precheck:
    """The file is broken, or it is no workbook at all."""
    advice = "Open it in a spreadsheet program and save it as .xlsx."
    return _refused("workbook_unreadable", filename, f"{advice} {detail}".strip())


def _refused(code: str, filename: str, advice: str) -> Precheck:
    return Precheck(None, (Problem(code, at=filename, name=filename, advice=advice),))


def _package_problems(data: bytes, filename: str) -> tuple[Problem, ...]:
    try:
        with ZipFile(BytesIO(data)) as package:
            if _is_bomb(package.infolist()):
                return _refused(
                    "workbook_too_large", filename, "Unpacked, the workbook is larger than 120 MB."
                ).problems
            return _sheet_problems(package)
    except (BadZipFile, LargeZipFile, KeyError, ValueError, ParseError) as failure:
        return unreadable(filename, f"({failure})").problems
    except (NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as failure:
        return unreadable(filename, f"({type(failure).__name__})").problems


def _is_bomb(entries: list[ZipInfo]) -> bool:
    return len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED_BYTES


def _sheet_problems(package: ZipFile) -> tuple[Problem, ...]:
    problems = []
    for name, part in _sheet_parts(package).items():
        xml = _read(package, part)
        if far := _TOO_FAR.search(xml):
            problems.append(
                Problem(
                    "sheet_too_large",
                    at=f"{name}!{far.group(1).decode()}",
                    name=name,
                    advice="Delete the cells far right of or below the questionnaire.",
                )
            )
        problems.extend(
            Problem(
                "formula_without_value",
                at=f"{name}!{cell.decode()}",
                name=name,
                advice="Open the workbook in a spreadsheet program and save it, or write the value.",
            )
            for cell in _formulas_without_value(xml)
        )
    return tuple(problems[:MAX_FORMULAS])


def _formulas_without_value(xml: bytes) -> Iterator[bytes]:
    """The places of the first ones: a person corrects them all in one go."""
    if b"<f" in xml:
        for found in islice(_FORMULA_WITHOUT_VALUE.finditer(xml), MAX_FORMULAS):
            yield found.group(1)


def _sheet_parts(package: ZipFile) -> dict[str, str]:
    """Worksheet files by the name of their sheet."""
    relations = {
        item.get("Id", ""): item.get("Target", "")
        for item in fromstring(_read_index(package, _RELATIONS))
    }
    present = set(package.namelist())
    parts = {}
    for sheet in fromstring(_read_index(package, _WORKBOOK)).iter():
        if not str(sheet.tag).endswith("}sheet"):
            continue
        relation = next((v for k, v in sheet.items() if k.endswith("}id")), "")
        target = relations.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in present:
            parts[sheet.get("name", "")] = part
    return parts


def _read_index(package: ZipFile, part: str) -> bytes:
    """A part that is parsed here and not in the reader's process: so it has to be small."""
    if package.getinfo(part).file_size > MAX_INDEX_BYTES:
        raise BadZipFile(f"{part} is too large")
    return _read(package, part)


def _read(package: ZipFile, part: str) -> bytes:
    """A part, never more of it than its directory entry declared."""
    size = package.getinfo(part).file_size
    with package.open(part) as stream:
        data = stream.read(size + 1)
    if len(data) > size:
        raise BadZipFile(f"{part} is larger than it says")
    return data

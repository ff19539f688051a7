"""An .xlsx file as the package it is: what its directory says, its parts, where its sheets are."""

import posixpath
import zlib
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from surveys.engine.problems import Problem
from surveys.xlsform.inspection import (
    Damaged,
    IndexWatch,
    StringsWatch,
    StylesWatch,
    Watch,
)
from surveys.xlsform.precheck import Refusal, is_wanted, unreadable
from surveys.xlsform.sheet_inspection import Enough, SheetWatch

MAX_UNPACKED_BYTES: Final = 120 * 1024 * 1024
MAX_ENTRIES: Final = 2_000
MAX_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 1024 * 1024
MAX_SHEETS: Final = 200

_CHUNK: Final = 256 * 1024
_ENCRYPTED: Final = 0x1
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STRINGS: Final = "xl/sharedStrings.xml"
_STYLES: Final = "xl/styles.xml"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What stands against reading a package, and the worksheets that can be read.

    ``sheets`` are the watches of the worksheets by name, in their order; ``None`` for a sheet that
    is not wanted.
    """

    problems: tuple[Problem, ...] = ()
    sheets: dict[str, SheetWatch | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watches:
    """Who watches the parts: what one reader takes for a problem is nothing to another.

    ``sheet`` is called with a sheet's name, the number of shared texts, and the watch of the styles,
    which has seen them by then.
    """

    sheet: Callable[[str, int, StylesWatch], SheetWatch] = lambda name, strings, _styles: (
        SheetWatch(name, strings=strings)
    )
    styles: Callable[[], StylesWatch] = StylesWatch


WATCHES: Final = Watches()


def inspect(
    data: bytes, filename: str, wanted: Collection[str] | None, *, watches: Watches = WATCHES
) -> Inspection:
    """Look through the package; of the sheets only at the ``wanted`` ones.

    Raises Refusal when the package as a whole cannot be read.
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            _check_directory(package.infolist(), filename)
            return _inspect(package, wanted, watches)
    except Damaged as flaw:
        raise Refusal(unreadable(filename, flaw.detail)) from flaw
    except (BadZipFile, LargeZipFile, ValueError, NotImplementedError, RuntimeError) as failure:
        raise Refusal(unreadable(filename, "Its packing is damaged.")) from failure
    except (OSError, EOFError, zlib.error) as failure:
        raise Refusal(unreadable(filename, "Its packing is damaged.")) from failure


def _check_directory(entries: list[ZipInfo], filename: str) -> None:
    if advice := _too_much(entries):
        raise Refusal(Problem("workbook_too_large", filename, filename, advice))
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names):
        raise Damaged("Two of its parts have the same name.")
    if any(map(_leaves_the_package, entries)):
        raise Damaged("One of its parts has a name that leads out of the file.")
    if not all(map(_is_packed_as_usual, entries)):
        raise Damaged("No spreadsheet program packs a file like this.")
    if any(posixpath.basename(name).startswith("vbaproject") for name in names):
        advice = "Save the workbook as .xlsx, without macros."
        raise Refusal(Problem("workbook_with_macros", filename, filename, advice))


def _too_much(entries: list[ZipInfo]) -> str:
    """What is too much about the package, if anything is."""
    if len(entries) > MAX_ENTRIES:
        return f"The workbook consists of more than {MAX_ENTRIES} parts."
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        return "Unpacked, the workbook is larger than 120 MB."
    if any(
        entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * entry.compress_size
        for entry in entries
    ):
        return f"A part of the workbook unpacks to more than {MAX_RATIO} times its size."
    return ""


def _leaves_the_package(entry: ZipInfo) -> bool:
    # orig_filename, because zipfile cuts a name at its first NUL.
    name = entry.orig_filename
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")


def _is_packed_as_usual(entry: ZipInfo) -> bool:
    return entry.compress_type in {ZIP_STORED, ZIP_DEFLATED} and not entry.flag_bits & _ENCRYPTED


def _inspect(package: ZipFile, wanted: Collection[str] | None, watches: Watches) -> Inspection:
    present = set(package.namelist())
    if _WORKBOOK not in present or _RELATIONS not in present:
        raise Damaged("It is no Excel workbook.")
    parts = _sheet_parts(package, present)
    strings, styles = StringsWatch(), watches.styles()
    if _STRINGS in present:
        _walk(package, _STRINGS, strings)
    if _STYLES in present:
        _walk(package, _STYLES, styles)
    sheets: dict[str, SheetWatch | None] = {}
    for name, part in parts.items():
        sheets[name] = None
        if is_wanted(name, wanted):
            watch = watches.sheet(name, strings.count, styles)
            sheets[name] = watch
            with suppress(Enough):
                _walk(package, part, watch)
    problems = [problem for watch in sheets.values() if watch for problem in watch.problems]
    return Inspection(tuple(problems), sheets)


def _sheet_parts(package: ZipFile, present: set[str]) -> dict[str, str]:
    """Worksheet parts by the name of their sheet; raises Damaged when one is not there."""
    relations, workbook = IndexWatch(), IndexWatch()
    _walk(package, _RELATIONS, relations)
    _walk(package, _WORKBOOK, workbook)
    targets = {item.get("Id", ""): item for item in relations.found["Relationship"]}
    if len(workbook.found["sheet"]) > MAX_SHEETS:
        raise Damaged(f"The workbook has more than {MAX_SHEETS} sheets.")
    parts: dict[str, str] = {}
    for sheet in workbook.found["sheet"]:
        name = sheet.get("name", "")
        relation = next((v for k, v in sheet.items() if k.endswith(":id")), "")
        target = targets.get(relation, {})
        if target.get("Type", "").endswith(("/chartsheet", "/dialogsheet")):
            continue
        # A target is given from the place of the workbook's own part.
        part = posixpath.normpath(posixpath.join("/xl", target.get("Target", ""))).lstrip("/")
        if target.get("TargetMode") == "External" or part not in present:
            raise Damaged(f"Its sheet {name} is not in the file.")
        if name in parts:
            raise Damaged(f"Two of its sheets are called {name}.")
        parts[name] = part
    return parts


def _walk(package: ZipFile, part: str, watch: Watch) -> None:
    """Have a part watched piece by piece, never more of it than its directory entry declared."""
    left = package.getinfo(part).file_size
    with package.open(part) as stream:
        while piece := stream.read(_CHUNK):
            left -= len(piece)
            if left < 0:
                raise Damaged("Its packing is damaged.")
            watch.feed(piece)
    watch.end()

"""Files that are damaged or hostile as a whole: no workbook, a broken or overfull package."""

import struct
import warnings
import zipfile
from functools import partial
from hashlib import shake_128

from tests.hostile.case import Case, too_large, unreadable
from tests.hostile.package import (
    HEADER,
    MAIN,
    RELATIONS,
    SHEET,
    SURVEY,
    WORKBOOK,
    parts,
    relations_part,
    rows_xml,
    sheet_part,
    workbook,
    workbook_part,
    zipped,
)

MEGABYTE = 1024 * 1024


def cases() -> list[Case]:
    return [
        unreadable("empty", bytes),
        unreadable("text", "Không phải bảng tính".encode),
        unreadable("html", lambda: b"<html><table><tr><td>type</td></tr></table></html>"),
        unreadable("csv_called_xlsx", lambda: b"type,name,label\ninteger,a,A\n"),
        unreadable("pdf", lambda: b"%PDF-1.7\n" + bytes(2_000)),
        unreadable("ole_header_alone", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        Case("password", password, ("workbook_encrypted", "phieu.xlsx")),
        unreadable("truncated", lambda: workbook()[:-300]),
        unreadable("half", lambda: workbook()[: len(workbook()) // 2]),
        unreadable("bad_crc", bad_crc),
        unreadable("bad_deflate", bad_deflate),
        unreadable("no_directory", lambda: workbook().replace(b"PK\x05\x06", b"PK\x05\x07")),
        unreadable("html_before_zip", lambda: b"<html>" + workbook()),
        unreadable("zip_of_something_else", lambda: zipped({"word/document.xml": b"<document/>"})),
        unreadable("ods", ods),
        unreadable("xlsb", lambda: zipped({"xl/workbook.bin": bytes(100), **_outer()})),
        too_large("over_ten_megabytes", lambda: workbook() + bytes(11 * MEGABYTE)),
        too_large("a_bomb_of_spaces", lambda: bomb(b" ", 100)),
        too_large("a_bomb_beside_the_sheets", lambda: bomb_beside(121)),
        unreadable("an_entry_that_lies_about_its_size", lying_entry),
        too_large("seventy_thousand_entries", many_entries),
        unreadable("lzma", lambda: zipped(parts(), method=zipfile.ZIP_LZMA)),
        unreadable("bzip2", lambda: zipped(parts(), method=zipfile.ZIP_BZIP2)),
        unreadable("encrypted_entry", encrypted_entry),
        unreadable("name_with_dots", lambda: zipped(parts(), extra=[("../../evil.xml", b"")])),
        unreadable("absolute_name", lambda: zipped(parts(), extra=[("/etc/evil.xml", b"")])),
        unreadable("backslash_name", lambda: zipped(parts(), extra=[("xl\\evil.xml", b"")])),
        unreadable("entry_twice", entry_twice),
        Case(
            "macros",
            lambda: zipped(parts() | {"xl/vbaProject.bin": b"\xd0\xcf"}),
            ("workbook_with_macros", "phieu.xlsx"),
        ),
        *_references(),
        *_sizes(),
    ]


def _references() -> list[Case]:
    def sheets_at(target: str, mode: str = "") -> bytes:
        return zipped(parts() | {RELATIONS: relations_part([target], mode)})

    def without(part: str) -> bytes:
        return zipped({name: data for name, data in parts().items() if name != part})

    return [
        unreadable("sheet_missing_from_package", partial(without, SHEET)),
        unreadable("relations_missing", partial(without, RELATIONS)),
        unreadable("workbook_missing", partial(without, WORKBOOK)),
        unreadable("relation_out_of_package", lambda: sheets_at("../../../etc/passwd")),
        unreadable("relation_to_a_file", lambda: sheets_at("file:///etc/passwd")),
        unreadable(
            "external_relation",
            lambda: sheets_at("http://127.0.0.1/sheet.xml", ' TargetMode="External"'),
        ),
        unreadable(
            "sheet_without_relation", lambda: zipped(parts() | {RELATIONS: relations_part([])})
        ),
        unreadable(
            "two_sheets_of_one_name",
            lambda: zipped(
                parts(survey=SURVEY, b=SURVEY) | {WORKBOOK: workbook_part(["survey", "survey"])}
            ),
        ),
    ]


def _sizes() -> list[Case]:
    return [
        unreadable("five_thousand_sheets", many_sheets),
        unreadable(
            "hundred_thousand_names", lambda: zipped(parts() | {WORKBOOK: many_names(100_000)})
        ),
        unreadable(
            "index_of_a_million_elements",
            lambda: zipped(
                parts() | {WORKBOOK: workbook_part(["survey"], "<a/>" * 1_000_000)},
                method=zipfile.ZIP_STORED,
            ),
        ),
        unreadable("shared_strings_at_the_limit", strings_at_the_limit, slow=True),
        unreadable("cells_at_the_limit", cells_at_the_limit, slow=True),
        unreadable("elements_at_the_limit", elements_at_the_limit, slow=True),
        Case(
            "one_text_at_the_limit",
            text_at_the_limit,
            ("cell_unreadable", "survey!A3"),
            slow=True,
        ),
        Case(
            "values_at_the_limit",
            partial(values, 19),
            ("column_missing", "survey!A1"),
            slow=True,
        ),
        unreadable("values_over_the_limit", partial(values, 39), slow=True),
    ]


def _outer() -> dict[str, bytes]:
    return {name: data for name, data in parts().items() if not name.startswith("xl/")}


def password() -> bytes:
    """As a spreadsheet program saves with a password: an OLE file around the encrypted package."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + "EncryptedPackage".encode("utf-16-le")
        + _noise(4_096).encode()
    )


def bad_crc() -> bytes:
    data = zipped(parts(), method=zipfile.ZIP_STORED)
    return data.replace(b"so_nguoi", b"so_ngoui")


def bad_deflate() -> bytes:
    data = bytearray(workbook())
    start = data.index(SHEET.encode()) + len(SHEET)
    data[start : start + 20] = b"\xff" * 20
    return bytes(data)


def ods() -> bytes:
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": HEADER + b"<office:document-content/>",
        }
    )


def bomb(character: bytes, megabytes: int) -> bytes:
    """A sheet of a few kilobytes that unpacks to this."""
    return zipped(
        parts() | {SHEET: sheet_part("", after=character.decode() * (megabytes * MEGABYTE))}
    )


def bomb_beside(megabytes: int) -> bytes:
    return zipped(parts() | {"xl/media/image1.png": bytes(megabytes * MEGABYTE)})


def lying_entry() -> bytes:
    """The directory says 100 bytes, the sheet has more."""
    data = bytearray(zipped(parts(), method=zipfile.ZIP_DEFLATED))
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    struct.pack_into("<I", data, place + 24, 100)
    return bytes(data)


def many_entries() -> bytes:
    return zipped(
        parts(), extra=[(f"x/{n}", b"") for n in range(70_000)], method=zipfile.ZIP_STORED
    )


def encrypted_entry() -> bytes:
    data = bytearray(workbook())
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    data[place + 8] |= 1
    return bytes(data)


def entry_twice() -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped(parts(), extra=[(SHEET, parts(survey=[["type"]])[SHEET])])


def many_sheets() -> bytes:
    return workbook(**{f"sheet{number}": [["a"]] for number in range(1_900)}, survey=SURVEY)


def many_names(number: int) -> bytes:
    names = "".join(
        f'<definedName name="n{n}">survey!$A${n + 1}</definedName>' for n in range(number)
    )
    return workbook_part(["survey"], f"<definedNames>{names}</definedNames>")


def _noise(length: int) -> str:
    """Text that does not pack well, so that the package keeps to its ratio."""
    return shake_128(b"noise").hexdigest(length // 2)


def strings_at_the_limit() -> bytes:
    strings = "<si/>" * (110 * MEGABYTE // 5)
    xml = f'<sst xmlns="{MAIN}"><!--{_noise(MEGABYTE)}-->{strings}</sst>'
    return zipped(parts() | {"xl/sharedStrings.xml": HEADER + xml.encode()})


def cells_at_the_limit() -> bytes:
    row = "<row>" + "<c><v>1</v></c>" * 200 + "</row>"
    noise = f"<!--{_noise(MEGABYTE)}-->"
    return zipped(parts() | {SHEET: sheet_part(noise + row * 39_000)})


def elements_at_the_limit() -> bytes:
    noise = f"<!--{_noise(MEGABYTE)}-->"
    return zipped(parts() | {SHEET: sheet_part(noise, after="<a/>" * (118 * MEGABYTE // 4))})


def text_at_the_limit() -> bytes:
    text = _noise(16 * MEGABYTE)[: 16 * MEGABYTE]
    cell = f'<row r="3"><c r="A3" t="inlineStr"><is><t>{"note " * (20 * MEGABYTE)}{text[:MEGABYTE]}</t></is></c></row>'
    return zipped(parts() | {SHEET: sheet_part(rows_xml(SURVEY) + cell)})


def values(columns: int) -> bytes:
    """Fifty thousand rows of numbers."""
    row = "".join(f"<c><v>{n * 7919}</v></c>" for n in range(columns))
    noise = f"<!--{_noise(MEGABYTE)}-->"
    return zipped(parts() | {SHEET: sheet_part(noise + f"<row>{row}</row>" * 50_000)})

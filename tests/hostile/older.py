"""Older and plainer files: .xls, written by hand, and .csv."""

import struct
from collections.abc import Callable, Sequence

from tests.hostile.case import Case, too_large, unreadable

SECTOR = 512
END = 0xFFFFFFFE
FREE = 0xFFFFFFFF
TABLE = 0xFFFFFFFD
STREAM_AT_LEAST = 4_096
SURVEY = (("type", "name", "label"), ("integer", "so_nguoi", "Số người"))
CSV = "type,name,label\ninteger,so_nguoi,Số người\n"


def cases() -> list[Case]:
    return [*_xls(), *_csv()]


def _xls() -> list[Case]:
    sound = xls(book(SURVEY))
    missing = ("sheet_missing", "survey!A1")
    return [
        Case("xls", lambda: sound, None, "phieu.xls"),
        Case("xls_called_xlsx", lambda: sound, None),
        unreadable("xls_cut_short", lambda: sound[:1_000], filename="phieu.xls"),
        unreadable(
            "xls_chain_without_end",
            lambda: xls(
                book([*SURVEY, *[("note", f"n{n}", "N") for n in range(40)]]),
                next_sector=lambda _n: 2,
            ),
            filename="phieu.xls",
        ),
        unreadable("xls_of_noise", lambda: xls(bytes(range(256)) * 20), filename="phieu.xls"),
        Case("xls_of_nothing", lambda: xls(bytes(5_000)), missing, "phieu.xls"),
        unreadable(
            "xls_sheet_behind_the_end",
            lambda: xls(book(SURVEY, offset=0x7FFFFFFF)),
            filename="phieu.xls",
        ),
        Case(
            "xls_strings_without_end",
            lambda: xls(record(0x0809, bof(5)) + record(0x00FC, struct.pack("<II", 2**31, 2**31))),
            missing,
            "phieu.xls",
        ),
        unreadable(
            "xls_value_in_the_last_row",
            lambda: xls(book(SURVEY, extra=label(65_535, 255, "x"))),
            filename="phieu.xls",
        ),
    ]


def _csv() -> list[Case]:
    def csv(name: str, data: bytes, code: str | None) -> Case:
        return Case(name, lambda: data, (code, "phieu.csv") if code else None, "phieu.csv")

    return [
        csv("csv", CSV.encode(), None),
        csv("csv_with_mark", b"\xef\xbb\xbf" + CSV.encode(), None),
        csv("csv_with_mixed_line_ends", CSV.encode().replace(b"\n", b"\r\n", 1), None),
        csv("csv_with_old_line_ends", CSV.encode().replace(b"\n", b"\r"), None),
        csv("csv_in_utf16", CSV.encode("utf-16"), "csv_not_utf8"),
        csv(
            "csv_in_windows_1258",
            CSV.encode("cp1258", errors="replace").replace(b"?", b"\xf4"),
            "csv_not_utf8",
        ),
        csv("csv_with_nul", b"type,name\nnote,a\0b\n", "csv_not_utf8"),
        Case(
            "csv_with_a_bell",
            lambda: CSV.encode() + b"note,a,\x07\n",
            ("cell_unreadable", "survey!C3"),
            "phieu.csv",
        ),
        csv(
            "csv_with_an_open_quote",
            b'type,name\nnote,"a\n' + b"x\n" * 1_000,
            "workbook_unreadable",
        ),
        csv(
            "csv_with_a_field_of_a_megabyte",
            CSV.encode() + b"note,a," + b"x" * 1_000_000,
            "workbook_unreadable",
        ),
        csv("csv_of_one_hundred_thousand_rows", CSV.encode() + b"\n" * 100_000, "sheet_too_large"),
        csv("csv_of_a_million_commas", b"type,name,label" + b"," * 1_000_000, "sheet_too_large"),
        too_large(
            "csv_line_of_a_hundred_megabytes", lambda: b"x" * 100_000_000, filename="phieu.csv"
        ),
        Case(
            "csv_with_semicolons",
            lambda: CSV.replace(",", ";").encode(),
            ("sheet_missing", "survey!A1"),
            "phieu.csv",
        ),
        Case("csv_empty", bytes, ("sheet_missing", "survey!A1"), "phieu.csv"),
    ]


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def bof(kind: int) -> bytes:
    return struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0)


def label(row: int, column: int, text: str) -> bytes:
    return record(
        0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le")
    )


def book(rows: Sequence[Sequence[str]], *, offset: int | None = None, extra: bytes = b"") -> bytes:
    """The stream of a workbook with a sheet called survey, which begins at ``offset``."""
    start, end = record(0x0809, bof(5)), record(0x000A, b"")
    name = struct.pack("<BB", 6, 0) + b"survey"
    place = len(start) + 4 + 6 + len(name) + len(end)
    sheet = struct.pack("<IBB", place if offset is None else offset, 0, 0) + name
    cells = b"".join(
        label(row, column, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return start + record(0x0085, sheet) + end + record(0x0809, bof(16)) + cells + extra + end


def xls(stream: bytes, *, next_sector: Callable[[int], int] | None = None) -> bytes:
    """An OLE file with this stream as its workbook."""
    stream = stream.ljust(max(STREAM_AT_LEAST, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    # Sector 0 is the table, 1 the directory, the stream follows.
    chain = [TABLE, END, *(n + 1 for n in range(2, count + 1)), END]
    if next_sector is not None:
        chain = [TABLE, END, *(next_sector(n) for n in range(count))]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(10)
        + struct.pack("<IIIIIIII", 1, 1, 0, STREAM_AT_LEAST, END, 0, END, 0)
        + struct.pack("<109I", 0, *[FREE] * 108)
    )
    directory = entry("Root Entry", 5, child=1, start=END) + entry(
        "Workbook", 2, start=2, size=len(stream)
    )
    return header[:SECTOR].ljust(SECTOR, b"\0") + table + directory.ljust(SECTOR, b"\0") + stream


def entry(name: str, kind: int, *, child: int = FREE, start: int = 0, size: int = 0) -> bytes:
    """An entry of the directory."""
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )

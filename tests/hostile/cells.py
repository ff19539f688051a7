"""Workbooks whose package is sound and whose parts or cells are not."""

import zipfile

from tests.hostile.case import Case, too_large, unreadable
from tests.hostile.package import (
    HEADER,
    MAIN,
    SHEET,
    STRINGS,
    STYLES,
    SURVEY,
    WORKBOOK,
    parts,
    rows_xml,
    sheet_part,
    text_cell,
    with_cell,
    zipped,
)

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def cases() -> list[Case]:
    return [
        *_declarations(),
        *_nesting(),
        *_damaged_parts(),
        *_styles(),
        *_places(),
        *_values(),
        *_accepted_packages(),
        *_accepted_extents(),
        *_accepted_cells(),
        *_accepted_beside(),
    ]


def sheet_with(rows: str = "", *, before: str = "", after: str = "") -> bytes:
    """The survey with more rows, and with XML before and after the cells."""
    return zipped(
        parts() | {SHEET: sheet_part(rows_xml(SURVEY) + rows, before=before, after=after)}
    )


def declared(declaration: str, text: str) -> bytes:
    """A sheet that declares something and uses it in a label."""
    body = parts()[SHEET].replace("Số người".encode(), text.encode())
    return zipped(parts() | {SHEET: body.replace(HEADER, HEADER + declaration.encode(), 1)})


def _declarations() -> list[Case]:
    return [
        unreadable("billion_laughs", lambda: declared(LAUGHS + "]>", "&i;")),
        unreadable(
            "quadratic_blow_up",
            lambda: declared(f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>', "&a;" * 20_000),
        ),
        unreadable(
            "entity_of_a_file",
            lambda: declared('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
        ),
        unreadable(
            "external_dtd",
            lambda: declared('<!DOCTYPE worksheet SYSTEM "http://127.0.0.1/a.dtd">', "a"),
        ),
    ]


def _nesting() -> list[Case]:
    deep = "<a>" * 1_000_000 + "</a>" * 1_000_000
    runs = "<r>" * 200_000 + "</r>" * 200_000
    return [
        unreadable(
            "a_million_nested_tags",
            lambda: zipped(
                parts() | {SHEET: sheet_part("", after=deep)}, method=zipfile.ZIP_STORED
            ),
        ),
        unreadable(
            "nested_runs_in_the_strings",
            lambda: zipped(
                parts() | {STRINGS: strings(runs)},
                method=zipfile.ZIP_STORED,
            ),
        ),
    ]


def _damaged_parts() -> list[Case]:
    part = parts()[SHEET]
    return [
        unreadable(
            "utf16_sheet",
            lambda: zipped(
                parts() | {SHEET: part.decode().replace("UTF-8", "UTF-16").encode("utf-16")}
            ),
        ),
        unreadable(
            "latin1_sheet", lambda: zipped(parts() | {SHEET: part.replace(b"UTF-8", b"ISO-8859-1")})
        ),
        unreadable(
            "bytes_that_are_not_utf8",
            lambda: zipped(parts() | {SHEET: part.replace("ố".encode(), b"\xff\xfe")}),
        ),
        unreadable("sheet_cut_short", lambda: zipped(parts() | {SHEET: part[:-40]})),
        unreadable("sheet_that_is_html", lambda: zipped(parts() | {SHEET: b"<html><br></html>"})),
        unreadable("workbook_part_empty", lambda: zipped(parts() | {WORKBOOK: b""})),
        Case(
            "no_sheets",
            lambda: zipped(
                parts()
                | {WORKBOOK: HEADER + f'<workbook xmlns="{MAIN}"><sheets/></workbook>'.encode()}
            ),
            ("sheet_missing", "survey!A1"),
        ),
    ]


def _styles() -> list[Case]:
    return [
        too_large("a_million_styles", lambda: zipped(parts() | {STYLES: styles(1_000_000)})),
        unreadable(
            "two_hundred_thousand_styles",
            lambda: zipped(parts() | {STYLES: styles(200_000)}, method=zipfile.ZIP_STORED),
        ),
        unreadable("fifty_thousand_merges", lambda: sheet_with(after=merges(50_000))),
    ]


def strings(*texts: str) -> bytes:
    body = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return HEADER + f'<sst xmlns="{MAIN}">{body}</sst>'.encode()


def styles(number: int) -> bytes:
    return (
        HEADER
        + f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * number}</cellXfs></styleSheet>'.encode()
    )


def merges(number: int) -> str:
    cells = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(10, number + 10))
    return f"<mergeCells>{cells}</mergeCells>"


def _places() -> list[Case]:
    def cell(place: str, row: str = "3") -> bytes:
        return sheet_with(f'<row r="{row}">{text_cell(place, "note")}</row>')

    def far(place: str, row: str) -> Case:
        return Case(
            f"value_at_{place}", lambda: cell(place, row), ("sheet_too_large", f"survey!{place}")
        )

    twice = text_cell("A3", "note") + text_cell("B3", "mot") + text_cell("B3", "hai")
    back = text_cell("C3", "note") + text_cell("B3", "mot")
    return [
        far("XFD1048576", "1048576"),
        far("A1048576", "1048576"),
        far("A65536", "65536"),
        far("XFD3", "3"),
        unreadable("column_that_no_sheet_has", lambda: cell("ZZZZZ3")),
        unreadable("column_behind_the_last", lambda: cell("XFE3")),
        unreadable("row_that_no_sheet_has", lambda: cell("A99999999999", "99999999999")),
        unreadable("row_zero", lambda: cell("A0", "0")),
        unreadable("row_of_letters", lambda: cell("A3", "ba")),
        unreadable("place_in_another_row", lambda: cell("A9")),
        unreadable("place_in_an_entity", lambda: cell("&#88;FD1048576")),
        unreadable("place_of_nonsense", lambda: cell("3A")),
        unreadable("cell_twice", lambda: sheet_with(f'<row r="3">{twice}</row>')),
        unreadable("cells_out_of_order", lambda: sheet_with(f'<row r="3">{back}</row>')),
        unreadable(
            "rows_out_of_order",
            lambda: sheet_with(
                rows_xml([["note", "b", "B"]], 5) + rows_xml([["note", "a", "A"]], 4)
            ),
        ),
        unreadable("row_twice", lambda: sheet_with(rows_xml([["note", "b", "B"]], 2))),
    ]


def _values() -> list[Case]:
    def number(text: str, style: str = "") -> bytes:
        return zipped(with_cell(f'{text_cell("A3", "integer")}<c r="B3"{style}><v>{text}</v></c>'))

    def bad(name: str, text: str, style: str = "") -> Case:
        return Case(name, lambda: number(text, style), ("cell_unreadable", "survey!B3"))

    def texted(text: str, label: str = "") -> bytes:
        cells = text_cell("A3", "note") + text_cell("B3", text) + text_cell("C3", label)
        return zipped(with_cell(cells))

    return [
        bad("number_without_end", "1e999"),
        bad("not_a_number", "NaN"),
        bad("infinity", "-Infinity"),
        bad("five_thousand_digits", "9" * 5_000),
        bad("words_as_a_number", "một"),
        bad("date_before_all_dates", "-1", ' s="1"'),
        bad("date_that_is_nan", "nan", ' s="1"'),
        bad("formula_with_an_error", "#DIV/0!", ' t="e"'),
        unreadable("string_that_is_not_there", lambda: number("7", ' t="s"')),
        unreadable("string_before_the_first", lambda: number("-1", ' t="s"')),
        unreadable("string_number_of_letters", lambda: number("x", ' t="s"')),
        Case("nul_in_a_text", lambda: texted("a_x0000_b"), ("cell_unreadable", "survey!B3")),
        Case("bell_in_a_text", lambda: texted("a_x0007_b"), ("cell_unreadable", "survey!B3")),
        Case("surrogate_in_a_text", lambda: texted("a_xD800_b", "Nhãn"), None),
        Case(
            "text_of_half_a_megabyte",
            lambda: texted("a" * 500_000),
            ("cell_unreadable", "survey!B3"),
        ),
        Case(
            "formula_without_value",
            lambda: zipped(with_cell('<c r="A3"><f>"no"&amp;"te"</f></c>')),
            ("formula_without_value", "survey!A3"),
        ),
        Case(
            "formula_with_an_empty_value",
            lambda: zipped(with_cell('<c r="A3"><f>B1</f><v></v></c>')),
            ("formula_without_value", "survey!A3"),
        ),
    ]


def _accepted_packages() -> list[Case]:
    strict = parts()
    for name, data in strict.items():
        strict[name] = data.replace(
            b"schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"purl.oclc.org/ooxml/officeDocument/relationships",
        )
    return [
        Case("the_control", lambda: zipped(parts()), None),
        Case("stored_without_packing", lambda: zipped(parts(), method=zipfile.ZIP_STORED), None),
        Case("strict_ooxml", lambda: zipped(strict), None),
    ]


def _accepted_extents() -> list[Case]:
    far = (
        '<row r="65536"><c r="A65536" s="1"/></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    formats = "".join(
        f'<conditionalFormatting sqref="A{n}"><cfRule type="expression" priority="{n}"><formula>1</formula></cfRule></conditionalFormatting>'
        for n in range(1, 20_001)
    )
    return [
        Case("formatted_cells_far_out", lambda: sheet_with(far), None),
        Case(
            "dimension_that_lies",
            lambda: sheet_with(before='<dimension ref="A1:XFD1048576"/>'),
            None,
        ),
        Case(
            "merge_of_the_whole_sheet",
            lambda: sheet_with(after='<mergeCells><mergeCell ref="A9:XFD1048576"/></mergeCells>'),
            None,
        ),
        Case(
            "twenty_thousand_conditional_formats",
            lambda: zipped(
                parts() | {SHEET: sheet_part(rows_xml(SURVEY), after=formats)},
                method=zipfile.ZIP_STORED,
            ),
            None,
        ),
    ]


def _accepted_cells() -> list[Case]:
    return [
        Case(
            "cells_without_places",
            lambda: zipped(
                parts()
                | {
                    SHEET: parts()[SHEET]
                    .replace(b' r="A1"', b"")
                    .replace(b' r="A2"', b"")
                    .replace(b' r="1"', b"")
                }
            ),
            None,
        ),
        Case(
            "empty_formula_text",
            lambda: zipped(with_cell('<c r="D3" t="str"><f>""</f><v></v></c>')),
            None,
        ),
        Case(
            "unknown_attributes",
            lambda: zipped(
                parts() | {SHEET: parts()[SHEET].replace(b"<row ", b'<row ht="NaN" x="1" ')}
            ),
            None,
        ),
    ]


def _accepted_beside() -> list[Case]:
    return [
        Case(
            "external_link_in_another_part",
            lambda: zipped(parts() | {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
            None,
        ),
        Case(
            "another_sheet_with_values_far_out",
            lambda: zipped(_two(text_cell("XFD1048576", "x"))),
            None,
        ),
        Case(
            "another_sheet_with_an_error",
            lambda: zipped(_two('<c r="A1048576" t="e"><v>#REF!</v></c>')),
            None,
        ),
        Case(
            "a_billion_laughs_in_a_part_nobody_opens",
            lambda: zipped(parts() | {"xl/theme/theme1.xml": LAUGHS.encode()}),
            None,
        ),
    ]


def _two(cell: str) -> dict[str, bytes]:
    """The survey beside a sheet that is not read."""
    both = parts(survey=SURVEY, ghi_chu=SURVEY)
    both["xl/worksheets/sheet2.xml"] = sheet_part(f'<row r="1048576">{cell}</row>')
    return both

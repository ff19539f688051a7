"""Workbooks written by hand, part by part, so that each part can be wrong in its own way."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

Parts = dict[str, bytes]

HEADER = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WHEN = (2026, 1, 1, 0, 0, 0)

SURVEY = (("type", "name", "label"), ("integer", "so_nguoi", "Số người"))
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


def parts(**sheets: Sequence[Sequence[object]]) -> Parts:
    """The parts of a workbook; without sheets it is a survey of one question."""
    given = sheets or {"survey": SURVEY}
    names = list(given)
    made = {
        "[Content_Types].xml": HEADER
        + f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'.encode(),
        "_rels/.rels": HEADER
        + f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        WORKBOOK: workbook_part(names),
        RELATIONS: relations_part(
            f"worksheets/sheet{number}.xml" for number in range(1, len(names) + 1)
        ),
        STYLES: HEADER
        + f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'.encode(),
    }
    for number, rows in enumerate(given.values(), start=1):
        made[f"xl/worksheets/sheet{number}.xml"] = sheet_part(rows_xml(rows))
    return made


def workbook_part(names: Iterable[str], extra: str = "") -> bytes:
    """``xl/workbook.xml`` with these sheets."""
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return (
        HEADER
        + f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{sheets}</sheets>{extra}</workbook>'.encode()
    )


def relations_part(targets: Iterable[str], mode: str = "") -> bytes:
    """The workbook's relations to its sheets."""
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{DOCUMENT}/worksheet" Target="{escape(target)}"{mode}/>'
        for number, target in enumerate(targets, start=1)
    )
    return (
        HEADER + f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'.encode()
    )


def sheet_part(rows: str, *, before: str = "", after: str = "") -> bytes:
    """A worksheet with these rows."""
    return (
        HEADER
        + f'<worksheet xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()
    )


def rows_xml(rows: Sequence[Sequence[object]], first: int = 1) -> str:
    """The rows with their texts in the cells."""
    return "".join(
        f'<row r="{number}">'
        + "".join(
            text_cell(f"{letter(column)}{number}", value)
            for column, value in enumerate(row)
            if value != ""
        )
        + "</row>"
        for number, row in enumerate(rows, start=first)
    )


def text_cell(place: str, value: object) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def letter(column: int) -> str:
    """The name of a column, from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def with_cell(xml: str, *, row: int = 3, **changed: bytes) -> Parts:
    """The survey with one more row that holds this XML; ``changed`` are other parts by stem."""
    body = rows_xml(SURVEY) + f'<row r="{row}">{xml}</row>'
    return (
        parts()
        | {SHEET: sheet_part(body)}
        | {
            {"strings": STRINGS, "styles": STYLES}[stem]: content
            for stem, content in changed.items()
        }
    )


def zipped(
    content: Mapping[str, bytes],
    *,
    method: int = zipfile.ZIP_DEFLATED,
    extra: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """The package; ``extra`` entries may have any name, even one that is there already."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in [*content.items(), *extra]:
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = method
            package.writestr(entry, data)
    return stream.getvalue()


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """A sound workbook."""
    return zipped(parts(**sheets))

"""Sheets of text → an .xlsx file, by hand: openpyxl and numpy stay out of the web process.

The parts follow ECMA-376; texts stand in the cells themselves, the first row is bold and stays in
view. The same sheets give the same bytes.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from surveys.xlsform.cells import letters
from surveys.xlsform.workbook import Sheet

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_WIDEST: Final = 60

_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
    '</font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment'
    ' vertical="top" wrapText="1"/></xf><xf fontId="1" applyFont="1"/></cellXfs><cellStyles'
    ' count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def pack(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as an .xlsx file; characters that XML forbids are left out."""
    written = list(sheets)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, text in _parts(written):
            package.writestr(_entry(name), text.encode())
    return stream.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _parts(sheets: list[Sheet]) -> Iterator[tuple[str, str]]:
    yield "[Content_Types].xml", _content_types(len(sheets))
    target = '<Relationship Id="rId1" Type="{0}/officeDocument" Target="xl/workbook.xml"/>'
    yield "_rels/.rels", _relationships([target.format(_RELATIONS)])
    yield "xl/workbook.xml", _workbook(sheets)
    yield (
        "xl/_rels/workbook.xml.rels",
        _relationships(
            [
                *(
                    f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet"'
                    f' Target="worksheets/sheet{number}.xml"/>'
                    for number in range(1, len(sheets) + 1)
                ),
                f'<Relationship Id="styles" Type="{_RELATIONS}/styles" Target="styles.xml"/>',
            ]
        ),
    )
    yield "xl/styles.xml", _STYLES
    for number, sheet in enumerate(sheets, start=1):
        yield f"xl/worksheets/sheet{number}.xml", _worksheet(sheet)


def _content_types(count: int) -> str:
    overrides = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    overrides += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, count + 1)]
    entries = "".join(
        f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in overrides
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    )


def _relationships(entries: list[str]) -> str:
    inner = "".join(entries)
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _workbook(sheets: list[Sheet]) -> str:
    entries = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f"<sheets>{entries}</sheets></workbook>"
    )


def _worksheet(sheet: Sheet) -> str:
    rows = "".join(_row(number, texts) for number, texts in enumerate(sheet.rows, start=1))
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(_widths(sheet), start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData>{rows}</sheetData></worksheet>"
    )


def _widths(sheet: Sheet) -> list[int]:
    return [min(_WIDEST, 2 + max(map(len, column))) for column in zip(*sheet.rows, strict=True)]


def _row(number: int, texts: list[str]) -> str:
    style = ' s="1"' if number == 1 else ""
    cells = "".join(
        f'<c r="{letters(index)}{number}"{style} t="inlineStr"><is>'
        f'<t xml:space="preserve">{_encoded(text)}</t></is></c>'
        for index, text in enumerate(texts)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def _encoded(text: str) -> str:
    """The text for XML; what looks like ``_x0041_`` is protected, spreadsheets would decode it."""
    return escape(_ESCAPE.sub("_x005F_", _FORBIDDEN.sub("", text)), {"\r": "&#13;"})

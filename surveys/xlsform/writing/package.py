"""Sheets of text → an .xlsx file, by hand: openpyxl and numpy stay out of the web process.

The parts follow ECMA-376; texts stand in the cells themselves, the first row is bold and stays in
view. The same sheets give the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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
_HIDDEN: Final = ' hidden="1"'
_OPEN: Final = ' s="2"'
_PROTECTION: Final = (
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0"'
    ' formatRows="0" autoFilter="0"/>'
)

_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
    '</font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment'
    ' vertical="top" wrapText="1"/></xf><xf fontId="1" applyFont="1"/><xf numFmtId="49"'
    ' applyNumberFormat="1" applyAlignment="1" applyProtection="1"><alignment vertical="top"'
    ' wrapText="1"/><protection locked="0"/></xf></cellXfs><cellStyles'
    ' count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out; columns are counted from 1.

    ``head`` rows stay in view, the last of them has the buttons of the filter where it is
    ``filtered``. With any ``open`` columns, only what is below the head in them can be typed in;
    whoever wants to lifts that, it is no secret. ``widths`` are in characters, by the contents for
    columns that are not named.
    """

    head: int = 1
    hidden_columns: frozenset[int] = frozenset()
    open: frozenset[int] = frozenset()
    filtered: bool = False
    widths: Mapping[int, int] = field(default_factory=dict)


def pack(sheets: Iterable[Sheet], layouts: Mapping[str, Layout] | None = None) -> bytes:
    """The sheets as an .xlsx file; characters that XML forbids are left out.

    ``layouts`` are by the names of the sheets.
    """
    written = list(sheets)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, text in _parts(written, layouts or {}):
            package.writestr(_entry(name), text.encode())
    return stream.getvalue()


_PLAIN: Final = Layout()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _parts(sheets: list[Sheet], layouts: Mapping[str, Layout]) -> Iterator[tuple[str, str]]:
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
        layout = layouts.get(sheet.name, _PLAIN)
        yield f"xl/worksheets/sheet{number}.xml", _worksheet(sheet, layout)


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


def _worksheet(sheet: Sheet, layout: Layout) -> str:
    rows = "".join(_row(number, texts, layout) for number, texts in enumerate(sheet.rows, start=1))
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{layout.widths.get(n, width)}" customWidth="1"'
        f"{_HIDDEN if n in layout.hidden_columns else ''}/>"
        for n, width in enumerate(_widths(sheet), start=1)
    )
    top = f"A{layout.head + 1}"
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{layout.head}" topLeftCell="{top}" activePane="bottomLeft"'
        ' state="frozen"/></sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData>{rows}</sheetData>"
        f"{_PROTECTION if layout.open else ''}{_filter(sheet, layout)}</worksheet>"
    )


def _filter(sheet: Sheet, layout: Layout) -> str:
    if not layout.filtered:
        return ""
    end = f"{letters(len(sheet.rows[0]) - 1)}{len(sheet.rows)}"
    return f'<autoFilter ref="A{layout.head}:{end}"/>'


def _widths(sheet: Sheet) -> list[int]:
    return [min(_WIDEST, 2 + max(map(len, column))) for column in zip(*sheet.rows, strict=True)]


def _row(number: int, texts: list[str], layout: Layout) -> str:
    is_head = number <= layout.head
    cells = "".join(
        f'<c r="{letters(index)}{number}"{_style(index + 1, layout, is_head=is_head)}'
        f' t="inlineStr"><is><t xml:space="preserve">{_encoded(text)}</t></is></c>'
        if text
        else f'<c r="{letters(index)}{number}"{_OPEN}/>'
        for index, text in enumerate(texts)
        if text or (index + 1 in layout.open and not is_head)
    )
    return f'<row r="{number}">{cells}</row>'


def _style(column: int, layout: Layout, *, is_head: bool) -> str:
    if is_head:
        return ' s="1"'
    return _OPEN if column in layout.open else ""


def _encoded(text: str) -> str:
    """The text for XML; what looks like ``_x0041_`` is protected, spreadsheets would decode it."""
    return escape(_ESCAPE.sub("_x005F_", _FORBIDDEN.sub("", text)), {"\r": "&#13;"})

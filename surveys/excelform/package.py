"""The sheets as one file: an Office Open XML package whose bytes depend on its content alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from surveys.excelform.sheet import Sheet, Strings, attribute, quoted, xml_text

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TIME: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 5
"""Of zlib: a larger one takes longer than the line saves."""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself."""

    title: str
    author: str
    made_at: datetime


def packed(
    sheets: Sequence[Sheet],
    *,
    strings: Strings,
    styles: str,
    names: Mapping[str, str],
    about: About,
) -> bytes:
    """The bytes of the workbook; ``names`` are names in formulas and what they stand for."""
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _ROOT,
        "docProps/core.xml": _core(about),
        "docProps/app.xml": _APP,
        "xl/workbook.xml": _workbook(sheets, names),
        "xl/_rels/workbook.xml.rels": _relations(len(sheets)),
        "xl/styles.xml": styles,
    }
    for place, sheet in enumerate(sheets):
        parts[f"xl/worksheets/sheet{place + 1}.xml"] = sheet.xml(is_first=place == 0)
    parts["xl/sharedStrings.xml"] = strings.xml()
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, _TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content.encode(), compresslevel=_LEVEL)
    return file.getvalue()


def _content_types(number: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{each + 1}.xml"'
        f' ContentType="{_TYPES}.worksheet+xml"/>'
        for each in range(number)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
        "</Types>"
    )


_ROOT: Final = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    '<Relationship Id="rId2"'
    f' Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/>'
    "</Relationships>"
)
_APP: Final = (
    f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>Microsoft Excel</Application></Properties>'
)


def _relations(number: int) -> str:
    targets = [("worksheet", f"worksheets/sheet{each + 1}.xml") for each in range(number)]
    targets += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    inner = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _workbook(sheets: Sequence[Sheet], names: Mapping[str, str]) -> str:
    listed = "".join(
        f'<sheet name="{attribute(sheet.name)}" sheetId="{place}"'
        f'{_state(sheet)} r:id="rId{place}"/>'
        for place, sheet in enumerate(sheets, start=1)
    )
    defined = [f'<definedName name="{name}">{xml_text(to)}</definedName>'
               for name, to in sorted(names.items(), key=lambda item: item[0].casefold())]  # fmt: skip
    for place, sheet in enumerate(sheets):
        if sheet.repeated_rows is not None:
            first, last = sheet.repeated_rows
            rows = f"{quoted(sheet.name)}!${first}:${last}"
            defined.append(
                f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
                f"{xml_text(rows)}</definedName>"
            )
    inner = f"<definedNames>{''.join(defined)}</definedNames>" if defined else ""
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<workbookProtection lockStructure="1"/>'
        '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="15000"'
        f' tabRatio="850"/></bookViews><sheets>{listed}</sheets>{inner}'
        '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )


def _state(sheet: Sheet) -> str:
    return "" if sheet.state == "visible" else f' state="{sheet.state}"'


def _core(about: About) -> str:
    moment = about.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml_text(about.title)}</dc:title><dc:creator>{xml_text(about.author)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "</cp:coreProperties>"
    )

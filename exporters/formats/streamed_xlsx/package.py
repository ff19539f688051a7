"""The parts of a workbook beside its sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from exporters.formats.streamed_xlsx.sheet_names import link_to
from exporters.formats.streamed_xlsx.texts import xml

XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SCHEMAS: Final = "http://schemas.openxmlformats.org"
OFFICE: Final = f"{SCHEMAS}/officeDocument/2006/relationships"
PACKAGE: Final = f"{SCHEMAS}/package/2006"
MAIN: Final = f"{SCHEMAS}/spreadsheetml/2006/main"
SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKBOOK: Final = "xl/workbook.xml"
STRINGS: Final = "xl/sharedStrings.xml"
STYLES: Final = "xl/styles.xml"
CORE: Final = "docProps/core.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSheet:
    """A sheet that is done: the part it is in, and the ranges that names of the workbook speak of."""

    name: str
    part: str
    filtered: str = ""
    repeated: str = ""


def root_links() -> bytes:
    """What the package consists of: the workbook and its properties."""
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    return _links([(f"{OFFICE}/officeDocument", WORKBOOK), (core, CORE)])


def content_types(sheets: Sequence[WrittenSheet]) -> bytes:
    """What each part is."""
    kinds = [
        (WORKBOOK, f"{SPREADSHEET}.sheet.main+xml"),
        (STYLES, f"{SPREADSHEET}.styles+xml"),
        (STRINGS, f"{SPREADSHEET}.sharedStrings+xml"),
        (CORE, "application/vnd.openxmlformats-package.core-properties+xml"),
        *((sheet.part, f"{SPREADSHEET}.worksheet+xml") for sheet in sheets),
    ]
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds
    )
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def workbook_links(sheets: Sequence[WrittenSheet]) -> bytes:
    """Where the workbook's parts are."""
    return _links(
        [
            *((f"{OFFICE}/worksheet", sheet.part.removeprefix("xl/")) for sheet in sheets),
            (f"{OFFICE}/styles", STYLES.removeprefix("xl/")),
            (f"{OFFICE}/sharedStrings", STRINGS.removeprefix("xl/")),
        ]
    )


def workbook(sheets: Sequence[WrittenSheet]) -> bytes:
    """The sheets in order, and the names that filters and printing need."""
    listed = "".join(
        f'<sheet name="{xml(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    names = "".join(_names(number, sheet) for number, sheet in enumerate(sheets))
    defined = f"<definedNames>{names}</definedNames>" if names else ""
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/><bookViews><workbookView/>'
        f"</bookViews><sheets>{listed}</sheets>{defined}</workbook>"
    ).encode()


def core_properties(title: str, creator: str, as_of: datetime) -> bytes:
    """The document's properties."""
    when = as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml(title)}</dc:title><dc:creator>{xml(creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _names(number: int, sheet: WrittenSheet) -> str:
    hidden = (
        ("_FilterDatabase", sheet.filtered, ' hidden="1"'),
        ("Print_Titles", sheet.repeated, ""),
    )
    return "".join(
        f'<definedName name="_xlnm.{name}" localSheetId="{number}"{also}>'
        f"{xml(link_to(sheet.name, place))}</definedName>"
        for name, place, also in hidden
        if place
    )


def _links(targets: Sequence[tuple[str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'.encode()

"""Which files are taken: one row a type. What stands in no row is refused, whatever its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class FileType(StrEnum):
    """What a file is, by its content."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"


class Purpose(StrEnum):
    """What a file is uploaded for."""

    DOCUMENT = "document"
    PICTURE = "picture"
    SIGNED = "signed"
    WORKBOOK = "workbook"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a type is named and served, and whether it is a picture."""

    extensions: tuple[str, ...]
    media_type: str
    title: str
    is_picture: bool = False


_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument"

RULES: Final[Mapping[FileType, Rule]] = {
    FileType.PDF: Rule(("pdf",), "application/pdf", "PDF"),
    FileType.DOCX: Rule(("docx",), f"{_OPEN_XML}.wordprocessingml.document", "Word"),
    FileType.XLSX: Rule(("xlsx",), f"{_OPEN_XML}.spreadsheetml.sheet", "Excel"),
    FileType.PPTX: Rule(("pptx",), f"{_OPEN_XML}.presentationml.presentation", "PowerPoint"),
    FileType.ODT: Rule(("odt",), f"{_OPEN_DOCUMENT}.text", "OpenDocument"),
    FileType.ODS: Rule(("ods",), f"{_OPEN_DOCUMENT}.spreadsheet", "OpenDocument"),
    FileType.PNG: Rule(("png",), "image/png", "PNG", is_picture=True),
    FileType.JPEG: Rule(("jpg", "jpeg"), "image/jpeg", "JPEG", is_picture=True),
    FileType.WEBP: Rule(("webp",), "image/webp", "WebP", is_picture=True),
}

TAKEN: Final[Mapping[Purpose, frozenset[FileType]]] = {
    Purpose.DOCUMENT: frozenset(RULES),
    Purpose.WORKBOOK: frozenset({FileType.XLSX}),
    Purpose.PICTURE: frozenset(kind for kind, rule in RULES.items() if rule.is_picture),
    Purpose.SIGNED: frozenset({FileType.PDF}),
}

RUNNABLE: Final = frozenset(
    [
        "app",
        "asp",
        "aspx",
        "bat",
        "cgi",
        "cmd",
        "com",
        "cpl",
        "dll",
        "docm",
        "dotm",
        "exe",
        "hta",
        "htm",
        "html",
        "jar",
        "js",
        "jse",
        "jsp",
        "lnk",
        "mht",
        "mhtml",
        "mjs",
        "msi",
        "pht",
        "phtml",
        "php",
        "phar",
        "pl",
        "potm",
        "pptm",
        "ppsm",
        "ps1",
        "py",
        "rb",
        "reg",
        "scr",
        "sh",
        "shtml",
        "svg",
        "svgz",
        "swf",
        "vb",
        "vbe",
        "vbs",
        "wsf",
        "xht",
        "xhtml",
        "xlam",
        "xlsb",
        "xlsm",
        "xltm",
        "xml",
        "xsl",
    ]
)
"""Extensions that some program runs. They stand nowhere in a name, not even before another one."""


def extensions_of(purpose: Purpose) -> tuple[str, ...]:
    """The extensions that are taken for a purpose, in the order of the table."""
    return tuple(
        extension
        for kind, rule in RULES.items()
        if kind in TAKEN[purpose]
        for extension in rule.extensions
    )

"""What a file is, by its content alone; and whether it hides something.

Written for this short table instead of taken from a library of hundreds of signatures: here a file
must be of its type from the first byte to the last, so that nothing can be two things at once.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo, is_zipfile

from surveys.files.policy import FileType
from surveys.files.refusals import (
    FileDamaged,
    FileHasMacros,
    FileIsTwoThings,
    FileUnpacksTooLarge,
)

MOST_PARTS: Final = 10_000
MOST_UNPACKED: Final = 300 * 1024 * 1024
MOST_INDEX: Final = 1024 * 1024
END_OF_ZIP: Final = b"PK\x05\x06"
END_LENGTH: Final = 22
HEAD: Final = 1024
TAIL: Final = 2048

_PICTURES: Final = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), FileType.PNG),
    (re.compile(rb"\xff\xd8\xff"), FileType.JPEG),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), FileType.WEBP),
)
_MAIN_PARTS: Final = (
    (b"wordprocessingml.document.main+xml", FileType.DOCX),
    (b"spreadsheetml.sheet.main+xml", FileType.XLSX),
    (b"presentationml.presentation.main+xml", FileType.PPTX),
)
_OPEN_DOCUMENTS: Final = {
    b"application/vnd.oasis.opendocument.text": FileType.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileType.ODS,
}
_MACRO_PARTS: Final = re.compile(
    r"(?i)(^|/)(vbaproject\.bin|vbadata\.xml|activex/.*|macrosheets/.*)$|^(basic|scripts)/."
)
# Scripts stand in actions named JavaScript or Rendition. Names as short as /JS and /XFA occur in
# compressed data by chance, so they count among text only, with a value behind them.
_PDF_NAMES: Final = re.compile(rb"/(JavaScript|Launch|Rendition|RichMedia)\b")
_PDF_SHORT_NAMES: Final = re.compile(
    rb"(?<=[\t\n\f\r -~]{8})/(JS|XFA)(?=[\0\t\n\f\r ]*[(<\[%]|[\0\t\n\f\r ]+[0-9])"
)
_PDF_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_MARKUP: Final = re.compile(rb"(?i)<\s*(!doctype|html|script|svg|body|iframe|\?php)")


def detect(data: bytes, *, ours: int = 0) -> FileType | None:
    """The type of the content, ``None`` if it is none of ours.

    Raises FileDamaged, FileHasMacros, FileIsTwoThings or FileUnpacksTooLarge for content that begins
    like one of ours. A PDF is searched for scripts as it stands: what it holds compressed is not
    unpacked, and an encrypted one is taken; its first ``ours`` bytes are not searched.
    """
    for signature, kind in _PICTURES:
        if signature.match(data):
            return kind
    if data.startswith(b"%PDF-"):
        _refuse_pdf(data, ours)
        return FileType.PDF
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    return None


def _refuse_pdf(data: bytes, ours: int) -> None:
    if b"%%EOF" not in data[-TAIL:]:
        raise FileDamaged
    if _MARKUP.search(data[:HEAD]) or is_zipfile(BytesIO(data)):
        raise FileIsTwoThings
    names = _PDF_ESCAPE.sub(lambda escaped: bytes([int(escaped[1], 16)]), data[ours:])
    if _PDF_NAMES.search(names) or _PDF_SHORT_NAMES.search(names):
        raise FileHasMacros


def _packed(data: bytes) -> FileType | None:
    end = data.rfind(END_OF_ZIP)
    if end < 0:
        raise FileDamaged
    comment = int.from_bytes(data[end + 20 : end + END_LENGTH], "little")
    if end + END_LENGTH + comment != len(data):
        raise FileIsTwoThings
    try:
        with ZipFile(BytesIO(data)) as package:
            return _type_of(package)
    except (
        BadZipFile,
        LargeZipFile,
        KeyError,
        ValueError,
        NotImplementedError,
        OSError,
    ) as failure:
        raise FileDamaged from failure
    except RuntimeError as failure:  # zipfile's word for a member with a password
        raise FileDamaged from failure


def _type_of(package: ZipFile) -> FileType | None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileUnpacksTooLarge
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names):
        raise FileDamaged
    kind = _open_xml(package, names) or _open_document(package, parts)
    if kind is not None and any(_MACRO_PARTS.search(name) for name in names):
        raise FileHasMacros
    return kind


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


def _open_xml(package: ZipFile, names: Iterable[str]) -> FileType | None:
    if "[Content_Types].xml" not in names:
        return None
    types = _read(package, "[Content_Types].xml")
    if b"macroEnabled" in types:
        raise FileHasMacros
    return next((kind for main, kind in _MAIN_PARTS if main in types), None)


def _open_document(package: ZipFile, parts: list[ZipInfo]) -> FileType | None:
    if not parts or parts[0].filename != "mimetype":
        return None
    return _OPEN_DOCUMENTS.get(_read(package, "mimetype").strip())


def _read(package: ZipFile, name: str) -> bytes:
    """A part that is small by its nature; it may lie about its size, so no more is unpacked."""
    with package.open(name) as part:
        content = part.read(MOST_INDEX + 1)
    if len(content) > MOST_INDEX:
        raise FileUnpacksTooLarge
    return content

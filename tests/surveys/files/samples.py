"""Small files of every kind that is taken, and of some that are not."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types><Override PartName="/main.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/></Types>'
)
Parts = dict[str, str | bytes]

PLACE = "21.0278 N 105.8342 E"


def pdf(body: bytes = b"1 0 obj<</Type/Catalog>>endobj") -> bytes:
    """A PDF as short as can be."""
    return b"%PDF-1.7\n" + body + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def package(parts: Parts, *, stored: bool = False) -> bytes:
    """A zip of the parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED if stored else ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(main: str = "wordprocessingml.document", more: Parts | None = None) -> bytes:
    """An Office document with parts beside the main one."""
    return package(
        {"[Content_Types].xml": CONTENT_TYPES.format(main=main), "main.xml": "", **(more or {})}
    )


def open_document(kind: str = "text", more: Parts | None = None) -> bytes:
    """An OpenDocument file."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return package({"mimetype": mimetype, "content.xml": "<x/>", **(more or {})}, stored=True)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture that says where it was taken, in EXIF and in a comment."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = PLACE
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, exif=exif, comment=PLACE.encode())
    return out.getvalue()


def bomb(side: int = 50_000) -> bytes:
    """A PNG of a few bytes that says it has ``side`` times ``side`` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
        )

    head = struct.pack("!IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def upload(name: str, content: bytes) -> "SimpleUploadedFile":
    """The content as a browser sends it, whatever type it claims."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")

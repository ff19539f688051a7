"""Zip files that are the same bytes for the same content, written as a stream.

Members are deflated by ISA-L, several times faster than zlib; times are what the caller says, and
nothing of the machine is written. ``zipfile`` cannot be given another compressor, and marks every
streamed member as ZIP64, which Excel offers to repair.
"""

import hashlib
import re
import struct
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from isal import isal_zlib

Content = bytes | Path | Callable[["Member"], None]
"""What goes into a member: the bytes, a file, or a function that writes it piece by piece."""

SUMS: Final = "SHA256SUMS"
CHUNK: Final = 1 << 20
LEVEL: Final = 1
ROOM: Final = 0xFFFFFFFF
"""Sizes and places above it stand in ZIP64 fields; the field of 32 bits then says ``ELSEWHERE``."""
ELSEWHERE: Final = 0xFFFFFFFF
STREAMED: Final = 20
"""Room kept in a streamed member's header for ZIP64 sizes: four bytes of head, twice eight."""
PADDING: Final = struct.pack("<HHHH12x", 0xA220, 16, 0xA028, 12)
"""The room where no ZIP64 is needed: a "growth hint" of the Open Packaging Conventions, which readers
skip."""
ZIP64: Final = 0x0001
UTF8: Final = 0x0800
DEFLATED: Final = 8
READABLE: Final = 0o100644 << 16
UNSAFE: Final = re.compile(r"[^\w.-]+")
RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST_NAME: Final = 180
"""In bytes: file systems take 255 at most, and a number and a suffix may follow."""


class Member:
    """A member that is being written: takes bytes, and knows their SHA-256 as far as they came."""

    def __init__(self, out: BinaryIO, level: int, *, hashed: bool) -> None:
        self._out = out
        self._deflate = isal_zlib.compressobj(level, isal_zlib.DEFLATED, -15)
        self._sha256 = hashlib.sha256() if hashed else None
        self._held = bytearray()
        self.size = 0
        self.packed = 0
        self.crc = 0

    def write(self, data: bytes | memoryview) -> int:
        """Add bytes; as many as were given.

        They are packed in pieces of one size: the packed bytes do not hang on how they came.
        """
        self._held += data
        whole = len(self._held) // CHUNK * CHUNK
        if whole:
            with memoryview(self._held) as held:
                for start in range(0, whole, CHUNK):
                    self._pack(held[start : start + CHUNK])
            del self._held[:whole]
        return len(data)

    def finish(self) -> None:
        """Write what is still held."""
        self._pack(memoryview(bytes(self._held)))
        self._held.clear()
        self._put(self._deflate.flush())

    @property
    def sha256(self) -> str:
        """The hash of everything written, in hexadecimal; empty where none is made."""
        return self._sha256.hexdigest() if self._sha256 else ""

    def _pack(self, piece: memoryview) -> None:
        self.size += len(piece)
        self.crc = isal_zlib.crc32(piece, self.crc)
        if self._sha256:
            self._sha256.update(piece)
        self._put(self._deflate.compress(piece))

    def _put(self, packed: bytes) -> None:
        self.packed += len(packed)
        self._out.write(packed)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: bytes
    place: int
    crc: int
    packed: int
    size: int


@dataclass(slots=True)
class Archive:
    """A zip on its way to ``out``, which can be written to and moved about in.

    ``at`` (aware; from 1980 to 2107) is the time of every member, in UTC. ``digests`` are the members'
    SHA-256 by name (empty ones unless ``hashed``). Members are written one after the other, in the order that the caller chooses;
    after the last one ``close`` writes the directory.
    """

    out: BinaryIO
    at: datetime
    level: int = LEVEL
    hashed: bool = True
    digests: dict[str, str] = field(default_factory=dict)
    _entries: list[_Entry] = field(default_factory=list)

    @contextmanager
    def member(self, name: str) -> Iterator[Member]:
        """A member to write into. Raises ValueError for a name that the archive already has."""
        if name in self.digests:
            raise ValueError(f"two members are named {name}")
        place, raw = self.out.tell(), name.encode()
        self.out.write(self._head(raw, _Entry(raw, place, 0, 0, 0)))
        member = Member(self.out, self.level, hashed=self.hashed)
        yield member
        member.finish()
        entry = _Entry(raw, place, member.crc, member.packed, member.size)
        end = self.out.tell()
        self.out.seek(place)
        self.out.write(self._head(raw, entry))
        self.out.seek(end)
        self._entries.append(entry)
        self.digests[name] = member.sha256

    def add(self, name: str, content: Content) -> None:
        """A member with that content."""
        with self.member(name) as member:
            if isinstance(content, bytes):
                member.write(content)
            elif isinstance(content, Path):
                with content.open("rb") as file:
                    while piece := file.read(CHUNK):
                        member.write(piece)
            else:
                content(member)

    def close(self) -> None:
        """Write the directory. ``out`` stays open."""
        start = self.out.tell()
        for entry in self._entries:
            self.out.write(self._listing(entry))
        end = self.out.tell()
        count, size = len(self._entries), end - start
        if count >= 0xFFFF or start > ROOM:
            self.out.write(
                struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
            )
            self.out.write(struct.pack("<4sIQI", b"PK\6\7", 0, end, 1))
        few = min(count, 0xFFFF)
        self.out.write(struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, few, few, size, _short(start), 0))

    def _stamp(self) -> tuple[int, int]:
        at = self.at.astimezone(UTC)
        return (
            at.hour << 11 | at.minute << 5 | at.second // 2,
            (at.year - 1980) << 9 | at.month << 5 | at.day,
        )

    def _head(self, name: bytes, entry: _Entry) -> bytes:
        large = max(entry.size, entry.packed) > ROOM
        extra = struct.pack("<HHQQ", ZIP64, 16, entry.size, entry.packed) if large else PADDING
        sizes = (ELSEWHERE, ELSEWHERE) if large else (entry.packed, entry.size)
        return (
            struct.pack(
                "<4sHHHHHIIIHH",
                b"PK\3\4",
                45 if large else 20,
                UTF8,
                DEFLATED,
                *self._stamp(),
                entry.crc,
                *sizes,
                len(name),
                STREAMED,
            )
            + name
            + extra
        )

    def _listing(self, entry: _Entry) -> bytes:
        large = [value for value in (entry.size, entry.packed, entry.place) if value > ROOM]
        extra = struct.pack(f"<HH{len(large)}Q", ZIP64, 8 * len(large), *large) if large else b""
        return (
            struct.pack(
                "<4sHHHHHHIIIHHHHHII",
                b"PK\1\2",
                3 << 8 | 45,
                45 if large else 20,
                UTF8,
                DEFLATED,
                *self._stamp(),
                entry.crc,
                _short(entry.packed),
                _short(entry.size),
                len(entry.name),
                len(extra),
                0,
                0,
                0,
                READABLE,
                _short(entry.place),
            )
            + entry.name
            + extra
        )


def _short(value: int) -> int:
    return value if value <= ROOM else ELSEWHERE


@contextmanager
def archive(
    out: Path | BinaryIO, *, at: datetime, level: int = LEVEL, hashed: bool = True
) -> Iterator[Archive]:
    """An archive to fill; its directory is written when the body ends without an error."""
    if isinstance(out, Path):
        with out.open("wb") as file, archive(file, at=at, level=level, hashed=hashed) as made:
            yield made
        return
    made = Archive(out, at, level, hashed)
    yield made
    made.close()


def write_archive(
    out: Path | BinaryIO, members: Mapping[str, Content], *, at: datetime, sums: bool = True
) -> dict[str, str]:
    """Write the members sorted by name, then (``sums``) their SHA-256 as ``SHA256SUMS``.

    The same members and time give the same bytes. Gives the SHA-256 of each by name.
    """
    with archive(out, at=at) as made:
        for name in sorted(members):
            made.add(name, members[name])
        digests = dict(made.digests)
        if sums:
            made.add(SUMS, checksums(digests))
    return digests


def checksums(digests: Mapping[str, str]) -> bytes:
    """What ``sha256sum --check`` reads: a line for each file, sorted by name."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def member_name(text: str, suffix: str, *, taken: Collection[str] = ()) -> str:
    """A file name made of ``text`` that every system takes: letters of any language, figures, ``_.-``.

    It does not begin with a dot or a sign, is no device of Windows, is at most 180 bytes long
    (without ``.suffix``), and differs from those ``taken`` by more than case.
    """
    plain = UNSAFE.sub("_", unicodedata.normalize("NFC", text)).strip("_.-")
    plain = plain.encode()[:LONGEST_NAME].decode(errors="ignore").rstrip("_.-") or "table"
    if RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    held = {name.casefold() for name in taken}
    name, number = f"{plain}.{suffix}", 1
    while name.casefold() in held:
        number += 1
        name = f"{plain}_{number}.{suffix}"
    return name

"""Archives whose bytes depend on what is in them, and on nothing else."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can say: when a part was written is nobody's business."""


def repacked(archive: bytes) -> bytes:
    """The same parts in the same order, compressed, without the time of packing."""
    file = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(file, "w") as packed:
        for name in given.namelist():
            packed.writestr(_part(name, ZIP_DEFLATED), given.read(name))
    return file.getvalue()


def packed_into(target: IO[bytes], files: Iterable[tuple[str, bytes]]) -> Iterator[int]:
    """Write a zip of the files into ``target``, one at a time; after each, how many are in.

    The files are stored as they are: PDF and DOCX are compressed already. Only one of them is held
    in memory. The archive is whole when the iterator has ended.
    """
    with ZipFile(target, "w") as archive:
        for done, (name, content) in enumerate(files, start=1):
            archive.writestr(_part(name, ZIP_STORED), content)
            yield done


def _part(name: str, compression: int) -> ZipInfo:
    part = ZipInfo(name, _TIME)
    part.compress_type = compression
    part.external_attr = 0o644 << 16
    return part

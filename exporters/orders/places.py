"""Where the files of exports lie, and how they are called.

Names on disk are made of numbers and hashes only. Each attempt of a job writes into a directory of its
own, which nobody else writes into; what is whole is moved beside the others in one step.
"""

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

from exporters.files import FORMATS
from exporters.orders.models import Export

UNSAFE: Final = re.compile(
    r'[\\/:*?"<>|\s\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+'
)
"""What no system wants in a file's name, and what turns the order of its letters round."""
LONGEST: Final = 120


def directory() -> Path:
    """Where the finished files lie."""
    return Path(settings.MEDIA_ROOT) / "exports"


def parts() -> Path:
    """Where files lie that are being written, in a directory for each attempt."""
    return directory() / "parts"


@contextmanager
def part_of(export: Export, attempt: str) -> Iterator[Path]:
    """Where one attempt writes; whatever it has left there afterwards is removed."""
    own = parts() / f"{export.pk}-{attempt}"
    own.mkdir(mode=0o700, parents=True)
    try:
        yield own / f"file.{FORMATS[export.format].suffix}"
    finally:
        # The sweep takes it away too, when the attempt has lost its lease.
        shutil.rmtree(own, ignore_errors=True)


def attempts_on_disk() -> dict[str, Path]:
    """The directories of attempts by what names the attempt."""
    if not parts().is_dir():
        return {}
    return {each.name.partition("-")[2]: each for each in parts().iterdir()}


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settle(part: Path) -> None:
    """Have a whole file on the disk, so that a power cut after ``put`` leaves it whole."""
    part.chmod(0o600)
    descriptor = os.open(part, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put(export: Export, part: Path, sha256: str) -> str:
    """Move a file to its place, in one step; its name."""
    name = f"{export.pk}-{sha256[:16]}.{FORMATS[export.format].suffix}"
    part.replace(directory() / name)
    return name


def file_of(export: Export) -> Path | None:
    """Where the kept file of an export lies; None where there is none, whatever its row says."""
    path = directory() / export.file
    is_inside = export.file and path.parent == directory() and path.name == export.file
    return path if is_inside and path.is_file() and not path.is_symlink() else None


def safe_name(*words: str, suffix: str) -> str:
    """A file's name of these words: letters of every language stay, nothing leads out of a directory
    or hides how the name ends."""
    stem = "-".join(word for word in words if word)
    cleaned = UNSAFE.sub("-", unicodedata.normalize("NFC", stem)).strip("-. ")[:LONGEST]
    return f"{cleaned.rstrip('-. ') or 'export'}.{suffix}"


def file_name(export: Export) -> str:
    """As its owner gets it: round, run or publication, what it is, language."""
    of = ""
    if export.run is not None:
        version = export.run.version
        of = f"{version.index.code}-v{version.number}-run{export.run.pk}"
    elif export.release is not None:
        of = f"release{export.release.number}"
    words = (export.round.code, of, export.name, export.language)
    return safe_name(*words, suffix=FORMATS[export.format].suffix)

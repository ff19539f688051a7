"""From what a browser sent to what may be stored: size, name, content, picture, scanner."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from surveys.files.detection import detect
from surveys.files.names import clean_name, extensions
from surveys.files.pictures import rewritten
from surveys.files.policy import RULES, RUNNABLE, TAKEN, FileType, Purpose, extensions_of
from surveys.files.refusals import (
    FileEmpty,
    FileNameMisleads,
    FileNameRunnable,
    FileTooLarge,
    FileTypeUnknown,
)
from surveys.files.scanning import scan


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be stored: its content as it will lie there, and what is known of it.

    ``name`` is text for people. A picture's content is written anew, so its hash is not that of what
    was sent. ``is_scanned`` tells that a malware scanner has seen it.
    """

    name: str
    kind: FileType
    content: bytes
    is_scanned: bool

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """The hash of the content, in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


def checked(
    upload: "UploadedFile[bytes]", purpose: Purpose, *, longest_side: int = 0, ours: int = 0
) -> CheckedFile:
    """The upload as it may be stored. Raises a FileRefused that says what is wrong with it.

    The scanner sees what was sent, not what is left of it. The first ``ours`` bytes are known to be
    of our own making: they are not searched for scripts.
    """
    name = refuse_at_sight(upload.name or "", upload.size or 0)
    upload.seek(0)
    data: bytes = upload.read()
    kind = detect(data, ours=ours)
    if kind is None or kind not in TAKEN[purpose]:
        raise FileTypeUnknown(
            str(FileTypeUnknown.message) % {"taken": ", ".join(extensions_of(purpose))}
        )
    name = _matching_name(name, kind)
    is_scanned = scan(data)
    if RULES[kind].is_picture:
        data = rewritten(data, kind, longest_side=longest_side)
    return CheckedFile(name, kind, data, is_scanned)


def refuse_at_sight(name: str, size: int) -> str:
    """The cleaned name of a file of which nothing but name and size is known.

    Raises FileEmpty, FileTooLarge or FileNameRunnable.
    """
    _refuse_size(size)
    name = clean_name(name)
    _refuse_runnable(name)
    return name


def _refuse_size(size: int) -> None:
    if not size:
        raise FileEmpty
    limit: int = settings.UPLOAD_MOST_BYTES
    if size > limit:
        words = {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        raise FileTooLarge(str(FileTooLarge.message) % words)


def _refuse_runnable(name: str) -> None:
    for extension in extensions(name):
        if extension in RUNNABLE:
            raise FileNameRunnable(str(FileNameRunnable.message) % {"extension": extension})


def _matching_name(name: str, kind: FileType) -> str:
    """The name with an extension of its type: a nameless one gets it, a wrong one is refused."""
    rule, given = RULES[kind], extensions(name)
    if not given:
        return f"{name}.{rule.extensions[0]}"
    if given[-1] not in rule.extensions:
        words = {"extension": given[-1], "found": rule.title}
        raise FileNameMisleads(str(FileNameMisleads.message) % words)
    return name

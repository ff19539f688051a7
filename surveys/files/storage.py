"""Where content lies: under generated names, outside the web root, for this process only."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from surveys.files.refusals import FileLost, StorageFull

PRIVATE: Final = "private"


def keep(file_id: UUID, content: bytes) -> None:
    """Write the content; raises StorageFull where little room is left on the disk."""
    storage = _storage()
    _refuse_full(storage)
    storage.save(place_of(file_id), ContentFile(content))


def open_content(file_id: UUID) -> IO[bytes]:
    """The content for reading; raises FileLost."""
    try:
        return _storage().open(place_of(file_id), "rb")
    except FileNotFoundError as failure:
        raise FileLost from failure


def discard(file_id: UUID) -> None:
    """Delete the content if it is there."""
    _storage().delete(place_of(file_id))


def kept_before(moment: datetime) -> Iterator[UUID]:
    """The ids of all content that was written before a moment."""
    storage = _storage()
    folders, _files = storage.listdir("") if storage.exists("") else ([], [])
    for folder in folders:
        for name in storage.listdir(folder)[1]:
            if storage.get_modified_time(f"{folder}/{name}") < moment:
                yield UUID(hex=name)


def place_of(file_id: UUID) -> str:
    """Where the content of an id lies; 256 folders hold no more than a file system likes."""
    return f"{file_id.hex[:2]}/{file_id.hex}"


def _storage() -> Storage:
    return storages[PRIVATE]


def _refuse_full(storage: Storage) -> None:
    """Answers must still be saved when there is no room for files."""
    if not isinstance(storage, FileSystemStorage):
        return
    place = Path(storage.location)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    usage = shutil.disk_usage(place)
    if usage.free < usage.total * settings.UPLOAD_FREE_SHARE:
        raise StorageFull

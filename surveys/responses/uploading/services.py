"""Beginning an upload, taking its pieces, and handing the whole over."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.files import storage
from surveys.files.checking import refuse_at_sight
from surveys.files.refusals import FileRefused
from surveys.organisations.models import User
from surveys.responses.models import Response
from surveys.responses.uploading.models import KEPT, ArrivingFile

MOST_PIECE: Final = 1024 * 1024
"""The most bytes that one piece has."""

MOST_PIECES: Final = 2_000
"""How many pieces one file may come in; each lies on the disk by itself."""

MOST_AT_ONCE: Final = 10
"""How many files one person may have on their way to one response."""

IN_MEMORY: Final = 4 * 1024 * 1024


class UploadUnknown(DomainError):
    """There is no such upload any more."""

    code = "upload_unknown"
    message = _("The upload lies too far back or is done already. Choose the file again.")
    status = 404


class PieceMisplaced(DomainError):
    """A piece begins where the pieces before it end."""

    code = "piece_misplaced"
    message = _("This piece of the file does not follow on the one before.")


class PieceTooLarge(DomainError):
    """More than a piece may have, or than was announced of the file."""

    code = "piece_too_large"
    message = _("This piece of the file is larger than it may be.")
    status = 413


class PiecesTooSmall(DomainError):
    """A file of single bytes would fill the disk's list of files, and not only its room."""

    code = "pieces_too_small"
    message = _("The file came in too many small pieces. Choose it again.")
    status = 422


class TooManyUploads(DomainError):
    """Files on their way take room too."""

    code = "too_many_uploads"
    message = _("Too many files are on their way at once. Wait until some of them are there.")
    status = 429


class UploadIncomplete(DomainError):
    """Some of the file has not come yet."""

    code = "upload_incomplete"
    message = _("The file is not whole yet. Choose it again; it goes on where it stopped.")
    status = 422


@transaction.atomic
def begin(
    response: Response | int, *, name: str, size: int, actor: User, at: datetime
) -> ArrivingFile:
    """Announce a file, before anything of it is sent.

    Raises FileEmpty, FileTooLarge or FileNameRunnable where its size or name tell already that it
    will not be taken, and TooManyUploads. What lies too far back goes.
    """
    name = refuse_at_sight(name, size)
    # One after the other, or many that begin at once would all find room.
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    ArrivingFile.objects.filter(begun_at__lt=at - KEPT).delete()
    response_id = response if isinstance(response, int) else response.pk
    if ArrivingFile.objects.filter(response=response_id, user=actor).count() >= MOST_AT_ONCE:
        raise TooManyUploads
    return ArrivingFile.objects.create(
        response_id=response_id, user=actor, name=name[:200], size=size, begun_at=at
    )


@transaction.atomic
def add_piece(upload: UUID, *, offset: int, content: bytes, actor: User) -> ArrivingFile:
    """Put a piece where the ones before it end; it is on the disk before this returns.

    One that came already is taken for the repetition that it is. Raises UploadUnknown,
    PieceMisplaced, PieceTooLarge, PiecesTooSmall or StorageFull; then the file stands as before.
    """
    file = ArrivingFile.objects.select_for_update().filter(pk=upload, user=actor).first()
    if file is None:
        raise UploadUnknown
    if offset in file.pieces and offset + len(content) <= file.received:
        return file
    if offset != file.received:
        raise PieceMisplaced(offset=file.received)
    if not 0 < len(content) <= min(MOST_PIECE, file.size - file.received):
        raise PieceTooLarge(offset=file.received)
    if len(file.pieces) >= MOST_PIECES:
        raise PiecesTooSmall
    # A piece that a process left that died before its commit lies there under the same id.
    storage.discard(file.piece_id(offset))
    storage.keep(file.piece_id(offset), content)
    file.pieces.append(offset)
    file.received += len(content)
    file.save(update_fields=["pieces", "received"])
    return file


@contextmanager
def handed_over(upload: UUID, *, actor: User) -> Iterator["UploadedFile[bytes]"]:
    """The whole file as if it had come at once.

    It is forgotten when the body ends without raising, and when the file is refused for what it is.
    Raises UploadUnknown or UploadIncomplete.
    """
    file = ArrivingFile.objects.filter(pk=upload, user=actor).first()
    if file is None:
        raise UploadUnknown
    if not file.is_whole:
        raise UploadIncomplete(offset=file.received)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as whole:
        for offset in file.pieces:
            with storage.open_content(file.piece_id(offset)) as piece:
                whole.write(piece.read())
        whole.seek(0)
        try:
            yield UploadedFile(whole, name=file.name, size=file.size)
        except FileRefused:
            forget(file)
            raise
    forget(file)


def name_of(upload: UUID, *, actor: User) -> str:
    """What a file on its way is called; empty where there is none."""
    names = ArrivingFile.objects.filter(pk=upload, user=actor).values_list("name", flat=True)
    return names.first() or ""


def forget(file: ArrivingFile) -> None:
    """Delete the row; once that is committed, the pieces."""
    pieces = [file.piece_id(offset) for offset in file.pieces]
    file.delete()
    for piece in pieces:
        transaction.on_commit(partial(storage.discard, piece))

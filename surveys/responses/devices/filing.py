"""The files of a submission: in the same request, or in later ones."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile

from surveys.common.errors import DomainError
from surveys.engine import Cell
from surveys.files.checking import CheckedFile, checked
from surveys.organisations.models import User
from surveys.responses.attached import FILE_KINDS
from surveys.responses.devices.answers import FILES, Answered
from surveys.responses.devices.ids import edit_id_of
from surveys.responses.devices.lines import Left, LeftLine
from surveys.responses.devices.models import DeviceSubmission
from surveys.responses.enums import Channel
from surveys.responses.models import Response, StoredFile
from surveys.responses.services.attaching import (
    FileMeanwhileChanged,
    answer_with_file,
    keep_beside,
)
from surveys.responses.services.drafts import Edit, lock

AWAITED: Final = "awaited"
STORED: Final = "stored"
LEFT: Final = "left"

Files = Mapping[str, "UploadedFile[bytes]"]


def file_in(
    submission: DeviceSubmission,
    given: Iterable[Answered],
    files: Files,
    *,
    actor: User,
    at: datetime,
) -> None:
    """Make each file that came the answer to the question that names it; note those still awaited.

    A file that meets another one is kept beside the answer, for a person to choose. Raises a
    FileRefused whose status says that it is worth another try.
    """
    states: dict[str, dict[str, Any]] = dict(submission.files)
    lines = list(submission.lines)
    for answered in given:
        if answered.question.kind not in FILES:
            continue
        name, path = answered.text, path_in(submission, answered)
        if path is None:
            continue  # its row is not taken, and a line says so
        done = states.get(answered.path, {}).get("state")
        if done in {STORED, LEFT}:
            continue
        upload = files.get(name)
        if upload is None:
            states[answered.path] = {"name": name, "state": AWAITED}
            continue
        line = _filed(submission, answered, path, upload, actor=actor, at=at)
        states[answered.path] = {"name": name, "state": LEFT if line else STORED}
        lines += [line.as_json()] if line else []
    if (states, lines) != (submission.files, submission.lines):
        submission.files, submission.lines = states, lines
        submission.save(update_fields=["files", "lines"])


def _filed(
    submission: DeviceSubmission,
    answered: Answered,
    path: str,
    upload: "UploadedFile[bytes]",
    *,
    actor: User,
    at: datetime,
) -> LeftLine | None:
    """None where the file is the answer now; else the line that says what became of it."""
    edit = Edit(
        edit_id=edit_id_of(submission.instance_id, f"file {answered.path}"),
        actor=actor,
        at=at,
        channel=Channel.OPENROSA,
    )
    file: CheckedFile | None = None
    try:
        file = checked(upload, FILE_KINDS[answered.question.kind])
        if _stands_there(submission.response, path, file):
            return None
        answer_with_file(submission.response, path=path, file=file, seen=Cell(), edit=edit)
    except FileMeanwhileChanged:
        assert file is not None, "it was checked"
        kept = keep_beside(submission.response, path=path, file=file, edit=edit)
        stored = lock(submission.response, at=at).state.cell(path)
        return LeftLine(
            path=path,
            left=Left.CONFLICT,
            text=answered.text,
            typed=str(kept.pk),
            is_file=True,
            stored=stored,
        )
    except DomainError as refusal:
        if refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return LeftLine(
            path=path, left=Left.FILE, text=answered.text, message=str(refusal), is_file=True
        )
    return None


def path_in(submission: DeviceSubmission, answered: Answered) -> str | None:
    """The path of an answer in the draft; None where its row is not there."""
    if not isinstance(answered.row, int):
        return answered.path
    place = submission.result["rows"].get(f"{answered.owner}/@{answered.row}")
    return None if place is None else f"{place}/{answered.question.name}"


def _stands_there(response: Response, path: str, file: CheckedFile) -> bool:
    """Whether the same content is the answer already."""
    named = lock(response, at=response.started_at).state.cell(path).value
    same = StoredFile.objects.filter(response=response, sha256=file.sha256)
    return str(named) in {str(pk) for pk in same.values_list("pk", flat=True)}

"""Files as answers, and evidence behind answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.engine import Cell, EvidenceNeed, Question
from surveys.files import storage
from surveys.files.checking import CheckedFile
from surveys.files.refusals import FileRefused
from surveys.organisations.models import User
from surveys.responses.attached import FILE_KINDS, evidence_words
from surveys.responses.enums import EvidenceKind
from surveys.responses.models import Evidence, Response, StoredFile
from surveys.responses.services.cells import CellEdit, SaveOutcome, SaveStatus, cell_json
from surveys.responses.services.drafts import (
    Draft,
    Edit,
    first_outcome,
    lock,
    refuse_outside,
    refuse_unless_editable,
    share_in,
    store,
)
from surveys.responses.services.saving import question_at, save_cells

MOST_EVIDENCE: Final = 20
"""The most pieces of evidence behind one answer."""


class FileNotAsked(DomainError):
    """The question takes no file."""

    code = "file_not_asked"
    message = _("This question takes no file.")


class EvidenceNotAsked(DomainError):
    """The question takes no evidence."""

    code = "evidence_not_asked"
    message = _("This question takes no evidence.")


class FileMeanwhileChanged(DomainError):
    """The answer is another file than the page had shown."""

    code = "file_meanwhile_changed"
    message = _(
        "A colleague has put another file here meanwhile, so yours is not stored. Look at it, then "
        "choose yours again if it is still needed."
    )


class TooMuchEvidence(DomainError):
    """An answer has at most 20 pieces of evidence."""

    code = "too_much_evidence"
    message = _("An answer takes at most 20 pieces of evidence. Remove one first.")
    status = 422


class QuotaUsedUp(FileRefused):
    """The files of one response have a common limit, those that were replaced included."""

    code = "quota_used_up"
    message = _(
        "The files of this response have reached the limit of %(limit)s together. Cite the document "
        "by its number, or make the file smaller."
    )


class EvidenceUnknown(DomainError):
    """There is no such evidence in this response."""

    code = "evidence_unknown"
    message = _("There is no such evidence any more; perhaps a colleague removed it.")
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSource:
    """A file as evidence, and where in it to look."""

    file: CheckedFile
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSource:
    """An official document, cited."""

    number: str
    issued_on: date | None = None
    issuer: str = ""
    abstract: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSource:
    """A public page."""

    url: str


Source = FileSource | DocumentSource | LinkSource


def answer_with_file(
    response: Response | int, *, path: str, file: CheckedFile, seen: Cell, edit: Edit
) -> SaveOutcome:
    """Make the file the answer, compared with the cell that the page had shown.

    The file that it replaces stays for the history. A repeated edit id stores nothing again. Raises
    FileNotAsked, FileMeanwhileChanged, QuotaUsedUp, StorageFull, and what every save raises; nothing
    is kept then.
    """
    with transaction.atomic(), _nothing_left_behind() as kept:
        draft = lock(response, at=edit.at)
        if earlier := first_outcome(draft, edit.edit_id, actor=edit.actor):
            return earlier
        refuse_unless_editable(draft, at=edit.at)
        refuse_outside(share_in(draft, actor=edit.actor), path)
        if question_at(draft.state, path).kind not in FILE_KINDS:
            raise FileNotAsked(path=path)
        stored = _keep(draft, path, file, edit)
        kept.append(stored)
        outcome = save_cells(
            draft.response,
            edit_id=edit.edit_id,
            edits=[CellEdit(path, str(stored.pk), seen=seen)],
            actor=edit.actor,
            at=edit.at,
            channel=edit.channel,
        )
        if outcome.status is SaveStatus.CONFLICT:
            raise FileMeanwhileChanged(path=path)
        if outcome.refused:
            refused = outcome.refused[0]
            raise DomainError(refused.message, code=refused.code, path=path)
        return outcome


def keep_beside(
    response: Response | int, *, path: str, file: CheckedFile, edit: Edit
) -> StoredFile:
    """Keep a file that answers nothing, until somebody chooses it for the question at ``path``.

    Raises QuotaUsedUp or StorageFull.
    """
    with transaction.atomic(), _nothing_left_behind() as kept:
        stored = _keep(lock(response, at=edit.at), path, file, edit)
        kept.append(stored)
        return stored


def add_evidence(response: Response | int, *, path: str, source: Source, edit: Edit) -> SaveOutcome:
    """Put a file, a document or a link behind the answer at ``path``.

    A repeated edit id adds nothing again. Raises EvidenceNotAsked, TooMuchEvidence, QuotaUsedUp,
    StorageFull, and what every save raises; nothing is kept then.
    """
    with transaction.atomic(), _nothing_left_behind() as kept:
        draft = lock(response, at=edit.at)
        if earlier := first_outcome(draft, edit.edit_id, actor=edit.actor):
            return earlier
        refuse_unless_editable(draft, at=edit.at)
        refuse_outside(share_in(draft, actor=edit.actor), path)
        _refuse_evidence(draft, path, question_at(draft.state, path))
        fields: dict[str, Any] = {}
        if isinstance(source, FileSource):
            kept.append(_keep(draft, path, source.file, edit))
            fields = {"kind": EvidenceKind.FILE, "file": kept[0], "page": source.page}
        else:
            is_link = isinstance(source, LinkSource)
            kind = EvidenceKind.LINK if is_link else EvidenceKind.DOCUMENT
            fields = {"kind": kind, **asdict(source)}
        evidence = Evidence.objects.create(
            response=draft.response, path=path, added_at=edit.at, added_by=edit.actor, **fields
        )
        if evidence.kind == EvidenceKind.LINK:
            data = {"evidence": evidence.pk, "path": path, "url": evidence.url}
            audit.record(Event.LINK_CITED, draft.response, actor=edit.actor, at=edit.at, data=data)
        return _count(draft, path, edit, old="", new=evidence_words(evidence))


def remove_evidence(response: Response | int, *, evidence_id: int, edit: Edit) -> SaveOutcome:
    """Take a piece of evidence away; it stays for revisions, the history and ``restore_evidence``.

    Raises EvidenceUnknown, and what every save raises.
    """
    return _in_force(response, evidence_id, edit, is_removal=True)


def restore_evidence(response: Response | int, *, evidence_id: int, edit: Edit) -> SaveOutcome:
    """Put a piece of evidence back that was taken away.

    Raises EvidenceUnknown, TooMuchEvidence, and what every save raises.
    """
    return _in_force(response, evidence_id, edit, is_removal=False)


@transaction.atomic
def record_refusal(
    response: Response, *, path: str, name: str, refusal: DomainError, by: tuple[User, datetime]
) -> None:
    """Note in the audit that a file was not taken, and why."""
    actor, at = by
    data = {"path": path, "name": name[:200], "code": refusal.code}
    audit.record(Event.FILE_REFUSED, response, actor=actor, at=at, data=data)


def _in_force(
    response: Response | int, evidence_id: int, edit: Edit, *, is_removal: bool
) -> SaveOutcome:
    with transaction.atomic():
        draft = lock(response, at=edit.at)
        if earlier := first_outcome(draft, edit.edit_id, actor=edit.actor):
            return earlier
        refuse_unless_editable(draft, at=edit.at)
        found = Evidence.objects.select_related("file").filter(
            response=draft.response, pk=evidence_id, removed_at__isnull=is_removal
        )
        evidence = found.first()
        if evidence is None:
            raise EvidenceUnknown(evidence=evidence_id)
        refuse_outside(share_in(draft, actor=edit.actor), evidence.path)
        question = question_at(draft.state, evidence.path)
        words = evidence_words(evidence)
        if is_removal:
            evidence.removed_at, evidence.removed_by = edit.at, edit.actor
            old, new = words, ""
        else:
            _refuse_evidence(draft, evidence.path, question)
            evidence.removed_at, evidence.removed_by = None, None
            old, new = "", words
        evidence.save(update_fields=["removed_at", "removed_by"])
        return _count(draft, evidence.path, edit, old=old, new=new)


def _refuse_evidence(draft: Draft, path: str, question: Question) -> None:
    if question.evidence is EvidenceNeed.NONE:
        raise EvidenceNotAsked(path=path)
    if (draft.state.evidence or {}).get(path, 0) >= MOST_EVIDENCE:
        raise TooMuchEvidence(path=path)


def _count(draft: Draft, path: str, edit: Edit, *, old: str, new: str) -> SaveOutcome:
    """Store the new number of pieces, with what came or went as one entry of the cell's history."""
    state = draft.state
    step = 1 if new else -1
    consequences = state.set_evidence(path, (state.evidence or {}).get(path, 0) + step)
    cell = cell_json(state.cell(path))
    outcome = SaveOutcome(
        number=draft.response.edits + 1,
        state=state,
        changed=consequences.changed | {path},
        sections=consequences.sections | {state.form.section_of(path)},
        redrawn=consequences.redrawn,
    )
    change = [path, cell | {"evidence": old}, cell | {"evidence": new}]
    store(draft, edit, [change], outcome)
    return outcome


def _keep(draft: Draft, path: str, file: CheckedFile, edit: Edit) -> StoredFile:
    """The content on the disk, and its row."""
    response = draft.response
    limit: int = settings.UPLOAD_MOST_BYTES_PER_RESPONSE
    used = response.files.aggregate(bytes=Sum("size"))["bytes"] or 0
    if used + file.size > limit:
        raise QuotaUsedUp(str(QuotaUsedUp.message) % {"limit": filesizeformat(limit)})
    stored = StoredFile.objects.create(
        response=response,
        path=path,
        name=file.name,
        kind=file.kind,
        size=file.size,
        sha256=file.sha256,
        is_scanned=file.is_scanned,
        uploaded_at=edit.at,
        uploaded_by=edit.actor,
    )
    storage.keep(stored.pk, file.content)
    data = {
        "response": response.pk,
        "path": path,
        "kind": stored.kind,
        "size": stored.size,
        "sha256": stored.sha256,
        "is_scanned": stored.is_scanned,
    }
    audit.record(Event.FILE_UPLOADED, stored, actor=edit.actor, at=edit.at, data=data)
    return stored


@contextmanager
def _nothing_left_behind() -> Iterator[list[StoredFile]]:
    """The content of the files named goes when the transaction does not commit.

    What a process leaves that dies here, the cleaning finds.
    """
    kept: list[StoredFile] = []
    try:
        yield kept
    except BaseException:
        for file in kept:
            storage.discard(file.pk)
        raise

"""Saving cells: compare-and-set by value, so that nobody undoes a colleague's work."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.engine import Cell, Consequences, FormState, Question, Repeat, Table
from surveys.organisations.models import User
from surveys.responses.attached import FILE_KINDS
from surveys.responses.enums import Channel
from surveys.responses.models import Response, StoredFile
from surveys.responses.queries import CellChange, last_changes
from surveys.responses.services.cells import (
    MOST_CHARACTERS,
    UNSTORABLE,
    CellEdit,
    Conflict,
    RefusedEdit,
    SaveOutcome,
    cell_json,
    same,
)
from surveys.responses.services.comparing import Met, new_cell, new_remarks
from surveys.responses.services.drafts import (
    Draft,
    Edit,
    first_outcome,
    lock,
    refuse_outside,
    refuse_unless_editable,
    share_in,
    store,
    with_remarks,
)

MOST_EDITS: Final = 20_000


class PathUnknown(DomainError):
    """There is no such cell; perhaps its row was deleted."""

    code = "path_unknown"
    message = _(
        "There is no such place in this response any more; perhaps a colleague deleted the row. "
        "What you typed is not stored."
    )
    status = 404


class TextTooLong(DomainError):
    """An answer holds at most 10,000 characters."""

    code = "text_too_long"
    message = _("An answer holds at most 10,000 characters. What you typed is not stored.")


class TextUnstorable(DomainError):
    """Characters that no text consists of."""

    code = "text_unstorable"
    message = _("The text contains characters that cannot be stored. Type it again.")


class FileUnknown(DomainError):
    """The answer names no file of this response."""

    code = "file_unknown"
    message = _("There is no such file in this response. Choose the file again.")


class TooManyEdits(DomainError):
    """A single save carries at most as many edits as a response has cells."""

    code = "too_many_edits"
    message = _("Too many changes in a single save. Nothing of it is stored.")
    status = 413


def save_cells(
    response: Response | int,
    *,
    edit_id: str,
    edits: Iterable[CellEdit],
    actor: User | None,
    at: datetime,
    channel: Channel = Channel.FORM,
) -> SaveOutcome:
    """Store the edits that meet the cell they had seen; the others come back as conflicts.

    An edit whose value is already stored succeeds. Multiple choices are merged item by item. Text
    that cannot be read is kept and reads as blank. An edit that cannot be stored at all comes back as
    refused, with its text, and does not hold up the others; so does one outside the actor's own parts
    where the work is divided. A repeated ``edit_id`` gets its first
    outcome again, whatever has happened since.

    Raises AnswersLocked or RoundClosedForEditing (nothing is stored), EditIdInvalid, EditIdReused
    or TooManyEdits. Records no audit event: the AnswerChange is the audit of a save.
    """
    wanted = list(edits)
    if len(wanted) > MOST_EDITS:
        raise TooManyEdits(edits=len(wanted))
    with transaction.atomic():
        draft = lock(response, at=at)
        if earlier := first_outcome(draft, edit_id, actor=actor):
            return earlier
        refuse_unless_editable(draft, at=at)
        return _save(draft, Edit(edit_id=edit_id, actor=actor, at=at, channel=channel), wanted)


def _save(draft: Draft, edit: Edit, wanted: list[CellEdit]) -> SaveOutcome:
    share = share_in(draft, actor=edit.actor)
    work = _Work(draft.state)
    conflicts: list[Conflict] = []
    refused: list[RefusedEdit] = []
    for cell_edit in wanted:
        try:
            refuse_outside(share, cell_edit.path)
            work.apply(draft, cell_edit)
        except Met as met:
            conflicts.append(met.conflict)
        except DomainError as refusal:
            text = text_of(cell_edit)
            refused.append(
                RefusedEdit(cell_edit.path, refusal.code, str(refusal), text, cell_edit.part)
            )
    unstored = {each.path for each in conflicts} | {each.path for each in refused}
    consequences = work.consequences()
    if work.remarks:
        draft.state = with_remarks(draft.state, work.remarks)
    outcome = SaveOutcome(
        number=draft.response.edits + 1,
        state=draft.state,
        changed=consequences.changed,
        sections=consequences.sections,
        redrawn=consequences.redrawn,
        conflicts=_with_writers(draft, conflicts),
        refused=tuple(refused),
        share=share,
        left={
            each.path: _left(draft.state, each.path) for each in wanted if each.path not in unstored
        },
    )
    store(draft, edit, work.changes, outcome)
    return outcome


class _Work:
    """The edits of one save on their way into the form state.

    Remarks that change are gathered, because they make a new form state.
    """

    def __init__(self, state: FormState) -> None:
        self.state = state
        self.batch = state.batch()
        self.changes: list[list[Any]] = []
        self.remarks: dict[str, dict[str, str]] = {}
        self.met: set[str] = set()
        """Every place that an edit was allowed at, whether or not it wrote anything new."""

    def apply(self, draft: Draft, edit: CellEdit) -> None:
        """Change the draft by one edit, and keep its entry in the history if anything changed."""
        state, path = self.state, edit.path
        refuse_text(edit)
        old = new = Cell()
        if edit.touches_value or not _is_grid(state, path):
            question = question_at(state, path)
            _refuse_file(draft, question, edit)
            old = state.cell(path)
            new = new_cell(state, question, edit) if edit.touches_value else old
        remark = state.remarks.get(path, {}) | self.remarks.get(path, {})
        changed = new_remarks(edit, remark, cell=old)
        self.met.add(path)
        is_same = same(old, new) and old.origin == new.origin
        if not is_same:
            self.batch.set(path, new)
        if changed:
            self.remarks[path] = self.remarks.get(path, {}) | changed
        if not is_same or changed:
            before = {name: remark.get(name, "") for name in changed}
            self.changes.append([path, cell_json(old) | before, cell_json(new) | changed])

    def consequences(self) -> Consequences:
        """What all edits changed together, the places of those that changed nothing included."""
        found = self.batch.consequences()
        return Consequences(
            changed=found.changed | self.met,
            sections=found.sections | {self.state.form.section_of(path) for path in self.met},
            redrawn=found.redrawn,
        )


def _left(state: FormState, path: str) -> dict[str, Any]:
    """What stands at a path: its cell, unless it is a whole grid, and its remarks."""
    cell = Cell() if _is_grid(state, path) else state.cell(path)
    return cell_json(cell) | dict(state.remarks.get(path, {}))


def question_at(state: FormState, path: str) -> Question:
    """The question of a path; raises PathUnknown unless the path leads to a cell of this draft."""
    *place, name = path.split("/")
    try:
        question = state.form.question(name)
    except KeyError:
        raise PathUnknown(path=path) from None
    match state.form.owner(name), place:
        case None, []:
            return question
        case Repeat(name=owner), [repeat, row] if repeat == owner:
            # A counted row comes to be with its first answer.
            is_stored = any(stored["_id"] == row for stored in state.answers.get(repeat, ()))
            if is_stored or row in state.rows(repeat):
                return question
        case Table(name=owner), [table, row] if table == owner and row in state.rows(table):
            return question
    raise PathUnknown(path=path)


def _is_grid(state: FormState, path: str) -> bool:
    """Whether the path names a whole repeat or table, which remarks can stand at."""
    try:
        return isinstance(state.form.element(path), Repeat | Table)
    except KeyError:
        return False


def refuse_text(edit: CellEdit) -> None:
    """Raise TextTooLong or TextUnstorable for any text of the edit."""
    for text in (text_of(edit), edit.reason or "", edit.expected or "", edit.explanation or ""):
        if len(text) > MOST_CHARACTERS:
            raise TextTooLong(path=edit.path)
        if UNSTORABLE.search(text):
            raise TextUnstorable(path=edit.path)


def _refuse_file(draft: Draft, question: Question, edit: CellEdit) -> None:
    """A file as an answer is one of this response: an id alone opens nobody else's."""
    if question.kind not in FILE_KINDS or not edit.value:
        return
    try:
        file_id = uuid.UUID(text_of(edit))
    except ValueError:
        raise FileUnknown(path=edit.path) from None
    if not StoredFile.objects.filter(pk=file_id, response=draft.response).exists():
        raise FileUnknown(path=edit.path)


def _with_writers(draft: Draft, conflicts: list[Conflict]) -> tuple[Conflict, ...]:
    """The conflicts with who wrote what is stored; the history is read once for all of them."""
    if not conflicts:
        return ()
    written = last_changes(draft.response, {each.path for each in conflicts})
    return tuple(_with_writer(each, written.get(each.path)) for each in conflicts)


def _with_writer(conflict: Conflict, change: CellChange | None) -> Conflict:
    if change is None:
        return conflict
    return replace(
        conflict, written_by="" if change.actor is None else str(change.actor), written_at=change.at
    )


def text_of(edit: CellEdit) -> str:
    """What was typed or chosen, as one text."""
    return ", ".join(edit.value) if isinstance(edit.value, list) else edit.value or ""

"""Saving cells: compare-and-set by value, so that nobody undoes a colleague's work."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.engine import Cell, Consequences, FormState, Kind, Question, Repeat, Table
from surveys.organisations.models import User
from surveys.responses.enums import Channel
from surveys.responses.models import Response
from surveys.responses.queries import last_change
from surveys.responses.services.cells import (
    CellEdit,
    Conflict,
    RefusedEdit,
    SaveOutcome,
    cell_json,
    same,
)
from surveys.responses.services.drafts import (
    Draft,
    Edit,
    first_outcome,
    lock,
    refuse_unless_editable,
    store,
    with_remarks,
)

MOST_CHARACTERS: Final = 10_000
MOST_EDITS: Final = 20_000

# PostgreSQL's jsonb takes neither NUL nor half a surrogate pair.
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")

REMARKS: Final = ("reason", "explanation")


class PathUnknown(DomainError):
    """There is no such cell; perhaps its row was deleted."""

    code = "path_unknown"
    message = _(
        "There is no such place in this response any more; perhaps a colleague deleted the row. "
        "What you typed is not stored."
    )
    status = 404


class CellReadOnly(DomainError):
    """The cell is computed, prefilled or greyed."""

    code = "cell_read_only"
    message = _("Nothing can be entered here. What you typed is not stored.")


class MissingCodeNotAllowed(DomainError):
    """The question does not offer this code."""

    code = "missing_code_not_allowed"
    message = _("This question does not accept that reason for a missing figure.")


class TextTooLong(DomainError):
    """An answer holds at most 10,000 characters."""

    code = "text_too_long"
    message = _("An answer holds at most 10,000 characters. What you typed is not stored.")


class TextUnstorable(DomainError):
    """Characters that no text consists of."""

    code = "text_unstorable"
    message = _("The text contains characters that cannot be stored. Type it again.")


class TooManyEdits(DomainError):
    """A single save carries at most as many edits as a response has cells."""

    code = "too_many_edits"
    message = _("Too many changes in a single save. Nothing of it is stored.")
    status = 413


class _Met(Exception):
    """An edit met a third value."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self.conflict = conflict


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
    refused, with its text, and does not hold up the others. A repeated ``edit_id`` gets its first
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
    changes: list[list[Any]] = []
    conflicts: list[Conflict] = []
    refused: list[RefusedEdit] = []
    changed: set[str] = set()
    sections: set[str] = set()
    remarks: dict[str, dict[str, str]] = {}
    for cell_edit in wanted:
        try:
            change, consequences = _apply(draft, cell_edit, remarks)
        except _Met as met:
            conflicts.append(met.conflict)
        except DomainError as refusal:
            refused.append(
                RefusedEdit(cell_edit.path, refusal.code, str(refusal), _text_of(cell_edit))
            )
        else:
            changed |= consequences.changed
            sections |= consequences.sections
            if change:
                changes.append(change)
    if remarks:
        draft.state = with_remarks(draft.state, remarks)
    outcome = SaveOutcome(
        number=draft.response.edits + 1,
        state=draft.state,
        changed=frozenset(changed),
        sections=frozenset(sections),
        conflicts=tuple(conflicts),
        refused=tuple(refused),
    )
    store(draft, edit, changes, outcome)
    return outcome


def _apply(
    draft: Draft, edit: CellEdit, remarks: dict[str, dict[str, str]]
) -> tuple[list[Any], Consequences]:
    """Change the draft by one edit: its entry in the history (empty if nothing changed).

    Remarks that change are gathered in ``remarks``, because they make a new form state.
    """
    state = draft.state
    _refuse_text(edit)
    old = new = Cell()
    if edit.touches_value or not _is_grid(state, edit.path):
        question = _question_at(state, edit.path)
        old = state.cell(edit.path)
        new = _new_cell(draft, question, edit) if edit.touches_value else old
    remark = state.remarks.get(edit.path, {}) | remarks.get(edit.path, {})
    changed = _new_remarks(draft, edit, remark, cell=old)
    if same(old, new):
        consequences = Consequences(
            frozenset([edit.path]), frozenset([state.form.section_of(edit.path)])
        )
    else:
        consequences = state.set(edit.path, new)
    if changed:
        remarks[edit.path] = remarks.get(edit.path, {}) | changed
    if same(old, new) and not changed:
        return [], consequences
    before = {name: remark.get(name, "") for name in changed}
    return [edit.path, cell_json(old) | before, cell_json(new) | changed], consequences


def _question_at(state: FormState, path: str) -> Question:
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
            if any(stored["_id"] == row for stored in state.answers.get(repeat, ())):
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


def _refuse_text(edit: CellEdit) -> None:
    for text in (_text_of(edit), edit.reason or "", edit.explanation or ""):
        if len(text) > MOST_CHARACTERS:
            raise TextTooLong(path=edit.path)
        if UNSTORABLE.search(text):
            raise TextUnstorable(path=edit.path)


def _new_cell(draft: Draft, question: Question, edit: CellEdit) -> Cell:
    """The cell to store; raises a refusal, or _Met where the stored cell is a third one."""
    state, path = draft.state, edit.path
    if not question.is_answerable or state.is_read_only(path) or state.is_closed(path):
        raise CellReadOnly(path=path)
    stored = state.cell(path)
    wanted = _wanted_cell(state, question, edit)
    if same(stored, wanted):
        return stored
    if same(stored, edit.seen):
        return wanted
    merged = _merged(state, question, edit, wanted=wanted)
    if merged is not None:
        return merged
    raise _Met(_conflict(draft, Conflict(path, stored, wanted)))


def _wanted_cell(state: FormState, question: Question, edit: CellEdit) -> Cell:
    if edit.missing and edit.missing not in question.missing:
        raise MissingCodeNotAllowed(path=edit.path, given=edit.missing)
    if edit.missing and (not edit.value or edit.missing != edit.seen.missing):
        return Cell(missing=edit.missing)
    if edit.value is None:
        return replace(state.cell(edit.path), missing="")
    read = state.read_input(edit.path, edit.value)
    if read.value is None and not read.typed and edit.missing is None:
        return Cell(missing=edit.seen.missing)
    return read


def _merged(state: FormState, question: Question, edit: CellEdit, *, wanted: Cell) -> Cell | None:
    """Both people's choices: the items this person added and removed, applied to what is stored."""
    stored, seen = state.cell(edit.path), edit.seen
    if question.kind is not Kind.SELECT_MULTIPLE:
        return None
    if any(cell.missing or cell.typed for cell in (stored, seen, wanted)):
        return None
    before, after, now = (_items(cell) for cell in (seen, wanted, stored))
    removed = set(before) - set(after)
    kept = [item for item in now if item not in removed]
    added = [item for item in after if item not in before and item not in kept]
    return state.read_input(edit.path, kept + added)


def _items(cell: Cell) -> list[str]:
    return cell.value if isinstance(cell.value, list) else []


def _new_remarks(
    draft: Draft, edit: CellEdit, stored: dict[str, str], *, cell: Cell
) -> dict[str, str]:
    """The remarks that change; raises _Met where one was rewritten by somebody else."""
    changed: dict[str, str] = {}
    for part in REMARKS:
        wanted: str | None = getattr(edit, part)
        seen: str | None = getattr(edit, f"seen_{part}")
        now = stored.get(part, "")
        if wanted is None or wanted.strip() == now:
            continue
        if seen is not None and seen.strip() != now:
            conflict = Conflict(
                edit.path, cell, cell, part=part, stored_text=now, your_text=wanted.strip()
            )
            raise _Met(_conflict(draft, conflict))
        changed[part] = wanted.strip()
    return changed


def _conflict(draft: Draft, conflict: Conflict) -> Conflict:
    change = last_change(draft.response, conflict.path)
    if change is None:
        return conflict
    return replace(
        conflict, written_by="" if change.actor is None else str(change.actor), written_at=change.at
    )


def _text_of(edit: CellEdit) -> str:
    return ", ".join(edit.value) if isinstance(edit.value, list) else edit.value or ""

"""Compare-and-set of one cell: what is stored, what was seen, and what is wanted now."""

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.engine import Cell, EvaluationError, FormState, Kind, Origin, Question, read_date
from surveys.responses.services.cells import CellAct, CellEdit, Conflict, same

REMARKS: Final = ("reason", "expected", "explanation")


class CellReadOnly(DomainError):
    """The cell is computed, prefilled or greyed."""

    code = "cell_read_only"
    message = _("Nothing can be entered here. What you typed is not stored.")


class MissingCodeNotAllowed(DomainError):
    """The question does not offer this code."""

    code = "missing_code_not_allowed"
    message = _("This question does not accept that reason for a missing figure.")


class NothingToKeep(DomainError):
    """The last round proposes nothing here, or nothing any more."""

    code = "nothing_to_keep"
    message = _("The last round proposes nothing here any more: the place was answered meanwhile.")


class ExpectedDateUnreadable(DomainError):
    """The day on which a figure will be there is no date."""

    code = "expected_date_unreadable"
    message = _("The day on which the figure will be there is not a date. Write day/month/year.")


class Met(Exception):
    """An edit met a third value."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self.conflict = conflict


def new_cell(state: FormState, question: Question, edit: CellEdit) -> Cell:
    """The cell to store; raises a refusal, or Met where the stored cell is a third one."""
    path = edit.path
    if edit.act is not None:
        return _acted(state, edit)
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
    raise Met(Conflict(path, stored, wanted))


def _acted(state: FormState, edit: CellEdit) -> Cell:
    """The cell after an act; raises NothingToKeep."""
    stored = state.cell(edit.path)
    if edit.act is CellAct.UNLOCK:
        return replace(stored, origin="") if stored.origin == Origin.CARRIED else stored
    proposed = state.proposal(edit.path)
    if proposed is not None:
        return Cell(value=proposed, origin=Origin.KEPT)
    if stored.origin == Origin.KEPT:
        return stored
    raise NothingToKeep(path=edit.path)


def _wanted_cell(state: FormState, question: Question, edit: CellEdit) -> Cell:
    if edit.missing and edit.missing not in question.missing:
        raise MissingCodeNotAllowed(path=edit.path, given=edit.missing)
    if edit.missing and (not edit.value or edit.missing != edit.seen.missing):
        return Cell(missing=edit.missing)
    if edit.value is None:
        return replace(state.cell(edit.path), missing="")
    read = state.read_input(edit.path, edit.value)
    if read == Cell() and edit.missing is None:
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


def new_remarks(edit: CellEdit, stored: dict[str, str], *, cell: Cell) -> dict[str, str]:
    """The remarks that change; raises Met where one was rewritten by somebody else."""
    changed: dict[str, str] = {}
    for part in REMARKS:
        wanted = _wanted_remark(edit, part)
        seen: str | None = getattr(edit, f"seen_{part}")
        now = stored.get(part, "")
        if wanted is None or wanted == now:
            continue
        if seen is not None and seen.strip() != now:
            conflict = Conflict(edit.path, cell, cell, part=part, stored_text=now, your_text=wanted)
            raise Met(conflict)
        changed[part] = wanted
    return changed


def _wanted_remark(edit: CellEdit, part: str) -> str | None:
    """A remark as it is stored; raises ExpectedDateUnreadable."""
    typed: str | None = getattr(edit, part)
    text = None if typed is None else typed.strip()
    if part != "expected" or not text:
        return text
    try:
        return read_date(text).isoformat()
    except EvaluationError as unreadable:
        raise ExpectedDateUnreadable(path=edit.path) from unreadable

"""Everything that changes the answers of a preview. None of it makes a response or is audited."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.engine import (
    Cell,
    Consequences,
    FormState,
    FormUnusable,
    Repeat,
    answer_at_random,
    new_row_id,
)
from surveys.organisations.models import User
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.questionnaires.services import NotADraft
from surveys.responses.attached import FILE_KINDS
from surveys.responses.preview.models import PreviewAnswers
from surveys.responses.preview.queries import preview_context, starting, state_from
from surveys.responses.services.cells import CellEdit, RefusedEdit, same
from surveys.responses.services.comparing import new_cell, new_remarks
from surveys.responses.services.drafts import with_documents, with_remarks
from surveys.responses.services.rows import MOST_ROWS, RowsNotAddable, RowUnknown, TooManyRows
from surveys.responses.services.saving import question_at, refuse_text, text_of

LARGEST_SEED = 999_999


class NothingStoredInPreview(DomainError):
    """Files and evidence need a response."""

    code = "nothing_stored_in_preview"
    message = _("A preview stores no files. Respondents upload them here.")


class SeedInvalid(DomainError):
    """A seed is a whole number up to 999,999."""

    code = "seed_invalid"
    message = _("A seed is a whole number from 0 to 999,999.")
    status = 422


class DraftUnanswerable(DomainError):
    """A draft with errors is not filled in at random."""

    code = "draft_unanswerable"
    message = _("The questionnaire has errors. Mend them first, then fill it in at random.")
    status = 422


@dataclass(frozen=True, slots=True)
class Tried:
    """A preview after a change: the form as it stands, and what looks different now."""

    state: FormState
    changed: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    refused: tuple[RefusedEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """Whose preview of which draft, when and in which language."""

    draft: QuestionnaireVersion
    person: User
    at: datetime
    language: str


def try_cells(trial: Trial, edits: Iterable[CellEdit]) -> Tried:
    """Store what was typed; what cannot be stored comes back as refused. The last writer wins."""
    wanted = list(edits)
    return _changed(trial, lambda state: _apply_all(state, wanted))


def add_row(trial: Trial, repeat: str) -> Tried:
    """Append a row. Raises RowsNotAddable and TooManyRows."""

    def add(state: FormState) -> Tried:
        _refuse_unless_addable(state, repeat)
        if len(state.answers.get(repeat, ())) >= MOST_ROWS:
            raise TooManyRows(repeat=repeat)
        return _told(state, state.add_row(repeat, new_row_id(random.randbytes(6))))  # noqa: S311

    return _changed(trial, add)


def delete_row(trial: Trial, row: str) -> Tried:
    """Take a row out. Raises RowsNotAddable and RowUnknown."""

    def delete(state: FormState) -> Tried:
        repeat, row_id = _place(state, row)
        _refuse_unless_addable(state, repeat)
        consequences = state.delete_row(repeat, row_id)
        inside = f"{row}/"
        remarks = {path: each for path, each in state.remarks.items() if inside not in path}
        typed = {path: each for path, each in state.typed.items() if inside not in path}
        return _told(with_documents(state, remarks=remarks, typed=typed), consequences)

    return _changed(trial, delete)


def move_row(trial: Trial, row: str, by: int) -> Tried:
    """Move a row up (-1) or down (1). Raises RowUnknown."""

    def move(state: FormState) -> Tried:
        repeat, row_id = _place(state, row)
        rows = [each["_id"] for each in state.answers[repeat]]
        index = min(max(rows.index(row_id) + by, 0), len(rows) - 1)
        return _told(state, state.move_row(repeat, row_id, index))

    return _changed(trial, move)


def fill_at_random(trial: Trial, seed: int) -> Tried:
    """Answer everything as a random respondent does; the same seed gives the same answers.

    Raises SeedInvalid and DraftUnanswerable.
    """
    if not 0 <= seed <= LARGEST_SEED:
        raise SeedInvalid

    def fill(state: FormState) -> Tried:
        context = preview_context(at=trial.at, language=trial.language)
        begun = starting(trial.draft, state.form, context)
        try:
            return Tried(answer_at_random(state.form, seed=seed, answers=begun, context=context))
        except FormUnusable as failure:
            raise DraftUnanswerable from failure

    return _changed(trial, fill)


def reset(trial: Trial) -> None:
    """Begin anew."""
    PreviewAnswers.objects.filter(version=trial.draft, person=trial.person).delete()


@transaction.atomic
def _changed(trial: Trial, change: Callable[[FormState], Tried]) -> Tried:
    """Hold the person's answers, change them, and write them with the document they fit."""
    draft = trial.draft
    if draft.status != VersionStatus.DRAFT:
        raise NotADraft
    stored, _created = PreviewAnswers.objects.select_for_update(of=("self",)).get_or_create(
        version=draft,
        person=trial.person,
        defaults={
            "definition": draft.definition,
            "answers": starting(
                draft,
                form_of(draft),
                preview_context(at=trial.at, language=trial.language),
            ),
            "saved_at": trial.at,
        },
    )
    tried = change(state_from(draft, stored, at=trial.at, language=trial.language))
    stored.definition, stored.saved_at = draft.definition, trial.at
    state = tried.state
    stored.answers, stored.remarks, stored.typed = state.answers, state.remarks, state.typed
    stored.save()
    return tried


def _apply_all(state: FormState, edits: list[CellEdit]) -> Tried:
    changed: set[str] = set()
    sections: set[str] = set()
    refused: list[RefusedEdit] = []
    for edit in edits:
        try:
            state, consequences = _apply(state, edit)
        except DomainError as refusal:
            refused.append(RefusedEdit(edit.path, refusal.code, str(refusal), text_of(edit)))
        else:
            changed |= consequences.changed
            sections |= consequences.sections
    return Tried(state, frozenset(changed), frozenset(sections), tuple(refused))


def _apply(state: FormState, edit: CellEdit) -> tuple[FormState, Consequences]:
    refuse_text(edit)
    consequences = Consequences(
        frozenset([edit.path]), frozenset([state.form.section_of(edit.path)])
    )
    stored = Cell()
    if edit.touches_value:
        question = question_at(state, edit.path)
        if question.kind in FILE_KINDS:
            raise NothingStoredInPreview
        stored = state.cell(edit.path)
        # A preview is one person's: what another of their windows wrote meanwhile is overwritten.
        wanted = new_cell(state, question, replace(edit, seen=stored))
        if not same(stored, wanted):
            consequences = state.set(edit.path, wanted)
    remarks = state.remarks.get(edit.path, {})
    unseen = replace(edit, seen_reason=None, seen_expected=None, seen_explanation=None)
    if changed := new_remarks(unseen, remarks, cell=stored):
        state = with_remarks(state, {edit.path: changed})
    return state, consequences


def _told(state: FormState, consequences: Consequences) -> Tried:
    return Tried(state, consequences.changed, consequences.sections)


def _refuse_unless_addable(state: FormState, repeat: str) -> None:
    part = state.form.parts.get(repeat)
    if part is None or not isinstance(part.element, Repeat) or part.element.repeat_count:
        raise RowsNotAddable(repeat=repeat)


def _place(state: FormState, row: str) -> tuple[str, str]:
    repeat, _slash, row_id = row.partition("/")
    part = state.form.parts.get(repeat)
    rows = state.answers.get(repeat, ()) if part and isinstance(part.element, Repeat) else ()
    if row_id not in [each["_id"] for each in rows]:
        raise RowUnknown(row=row)
    return repeat, row_id

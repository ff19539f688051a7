"""A draft is edited by operations, and edits are undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.definitions import DefinitionUnreadable, load
from surveys.definitions.editing import (
    ROOT,
    Conflict,
    EditError,
    NodeUnknown,
    Operation,
    TextUnfit,
    apply,
    check_texts,
    inverse,
    kept_operations,
    write_operations,
)
from surveys.live import services as live
from surveys.organisations.models import User
from surveys.questionnaires.edit_words import EditRefusal, words_of
from surveys.questionnaires.enums import DraftEditKind
from surveys.questionnaires.models import DraftEdit, QuestionnaireVersion
from surveys.questionnaires.queries import form_made_of, form_of, stacks_of
from surveys.questionnaires.services.creating import TITLE_LENGTH, TitleInvalid
from surveys.questionnaires.services.drafts import held_draft, take_titles
from surveys.questionnaires.services.naming import check_new_names
from surveys.questionnaires.touched import Touched, touched_by
from surveys.questionnaires.uids import new_uid


class EditRefused(DomainError):
    """The edit cannot be made; nothing was changed.

    ``node`` is the uid concerned; ``is_gone`` says that there is no such node (any more).
    """

    code = "edit_refused"
    message = _("This change cannot be made.")
    status = 422

    def __init__(self, failure: EditError | DefinitionUnreadable) -> None:
        node = failure.node if isinstance(failure, EditError) else ""
        is_gone = isinstance(failure, NodeUnknown)
        super().__init__(reason=words_of(failure), node=node, is_gone=is_gone)
        self.node = node


class EditConflict(DomainError):
    """Somebody else changed the field since; ``current`` and ``wanted`` are both values."""

    code = "edit_conflict"
    message = _("Somebody else has changed this since. Nothing was overwritten.")

    def __init__(self, conflict: Conflict, last: DraftEdit | None) -> None:
        super().__init__(
            node=conflict.node,
            field=conflict.field,
            current=conflict.current,
            wanted=conflict.wanted,
        )
        self.conflict = conflict
        self.last = last


class NothingToUndo(DomainError):
    """The person has no edit left to undo, or to do again."""

    code = "nothing_to_undo"
    message = _("There is nothing left to undo.")


class EditIdTaken(DomainError):
    """The id of this edit is another's."""

    code = "edit_id_taken"
    message = _("This change was sent with the id of another one.")


@dataclass(frozen=True, slots=True)
class Edited:
    """A draft after an edit. ``edit`` is None where nothing was left to change."""

    version: QuestionnaireVersion
    edit: DraftEdit | None


@transaction.atomic
def edit_draft(
    version: QuestionnaireVersion,
    *,
    edit_id: UUID,
    operations: Iterable[Operation],
    actor: User | None,
    at: datetime,
) -> Edited:
    """Apply an edit whole; the same ``edit_id`` sent again changes nothing and gives the first edit.

    Raises NotADraft, EditRefused, EditConflict with both values, and EditIdTaken.
    """
    draft = held_draft(version)
    if repeated := _repeated(draft, edit_id, actor):
        return Edited(draft, repeated)
    wanted = tuple(operations)
    try:
        check_texts(wanted)
    except TextUnfit as failure:
        raise EditRefused(failure) from failure
    return _apply(draft, wanted, DraftEdit(edit_id=edit_id, actor=actor, at=at))


@transaction.atomic
def undo(version: QuestionnaireVersion, *, edit_id: UUID, actor: User, at: datetime) -> Edited:
    """Take back the person's own last edit.

    Raises NothingToUndo, and EditConflict with both values where what it had changed has been
    changed since.
    """
    draft = held_draft(version)
    if repeated := _repeated(draft, edit_id, actor):
        return Edited(draft, repeated)
    undoable = stacks_of(draft, actor).undoable
    return _take_back(
        draft, undoable, DraftEdit(edit_id=edit_id, kind=DraftEditKind.UNDO, actor=actor, at=at)
    )


@transaction.atomic
def redo(version: QuestionnaireVersion, *, edit_id: UUID, actor: User, at: datetime) -> Edited:
    """Do again what the person undid last. Raises as ``undo`` does."""
    draft = held_draft(version)
    if repeated := _repeated(draft, edit_id, actor):
        return Edited(draft, repeated)
    redoable = stacks_of(draft, actor).redoable
    return _take_back(
        draft, redoable, DraftEdit(edit_id=edit_id, kind=DraftEditKind.REDO, actor=actor, at=at)
    )


@transaction.atomic
def give_up_undo(
    version: QuestionnaireVersion, *, edit_id: UUID, actor: User, at: datetime
) -> Edited:
    """Leave the person's last edit as it is, so that those before it can be undone.

    Raises NothingToUndo.
    """
    draft = held_draft(version)
    if repeated := _repeated(draft, edit_id, actor):
        return Edited(draft, repeated)
    undoable = stacks_of(draft, actor).undoable
    if not undoable:
        raise NothingToUndo
    edit = DraftEdit(edit_id=edit_id, kind=DraftEditKind.GIVEN_UP, actor=actor, at=at)
    edit.reverses_id = undoable[-1]
    draft.revision += 1
    return _store(draft, edit, Touched((), ()))


def _take_back(draft: QuestionnaireVersion, stack: tuple[int, ...], edit: DraftEdit) -> Edited:
    if not stack:
        raise NothingToUndo
    reversed_edit = DraftEdit.objects.get(pk=stack[-1])
    edit.reverses = reversed_edit
    operations = inverse(kept_operations(reversed_edit.operations))
    return _apply(draft, operations, edit)


def _apply(
    draft: QuestionnaireVersion, operations: tuple[Operation, ...], edit: DraftEdit
) -> Edited:
    before = form_of(draft)
    try:
        document, done = apply(draft.definition, operations, new_uid=new_uid)
        definition = load(document)
        _check_titles(document)
        check_new_names(draft.definition, document, done)
    except Conflict as conflict:
        raise EditConflict(conflict, _last_on(draft, conflict.node)) from conflict
    except (EditError, DefinitionUnreadable) as failure:
        raise EditRefused(failure) from failure
    if not done and edit.kind == DraftEditKind.EDIT:
        return Edited(draft, None)
    draft.definition = document
    draft.revision += 1
    take_titles(draft)
    edit.operations = write_operations(done)
    return _store(draft, edit, touched_by(done, before, form_made_of(draft, definition)))


def _check_titles(document: dict[str, Any]) -> None:
    """Lists show titles, so they are shorter than other texts."""
    longest = max(map(len, document["title"].values()), default=0)
    if longest > TITLE_LENGTH:
        raise EditRefusal(TitleInvalid.message, node=ROOT)


def _store(draft: QuestionnaireVersion, edit: DraftEdit, touched: Touched) -> Edited:
    edit.version = draft
    edit.number = draft.revision
    edit.touched, edit.rearranged = list(touched.nodes), list(touched.rearranged)
    edit.save(force_insert=True)
    draft.save(update_fields=["definition", "title", "title_en", "revision"])
    live.publish(f"draft:{draft.pk}", [*touched.nodes, *touched.rearranged], at=edit.at)
    return Edited(draft, edit)


def _repeated(draft: QuestionnaireVersion, edit_id: UUID, actor: User | None) -> DraftEdit | None:
    found = draft.edits.filter(edit_id=edit_id).first()
    if found is not None and found.actor != actor:
        raise EditIdTaken
    return found


def _last_on(draft: QuestionnaireVersion, node: str) -> DraftEdit | None:
    """The edit that touched the node last, for the name of its author."""
    recent = draft.edits.select_related("actor").order_by("-number")[:200]
    return next((edit for edit in recent if node in edit.touched), None)

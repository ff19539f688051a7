"""Rows of a repeat: added, deleted, restored and moved as edits of their own.

A row is named by its place, ``repeat/<row id>``.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.engine import Consequences, Document, Repeat, new_row_id
from surveys.organisations.models import User
from surveys.responses.enums import Channel
from surveys.responses.models import AnswerChange, Response
from surveys.responses.services.cells import SaveOutcome
from surveys.responses.services.drafts import (
    Draft,
    Edit,
    first_outcome,
    lock,
    refuse_outside,
    refuse_unless_editable,
    share_in,
    store,
    with_documents,
)

MOST_ROWS: Final = 1_000
ID_BYTES: Final = 6

Change = tuple[list[Any], Consequences]


class RowUnknown(DomainError):
    """There is no such row, or no longer."""

    code = "row_unknown"
    message = _("There is no such row any more; perhaps a colleague deleted it.")
    status = 404


class RowNotDeleted(DomainError):
    """Only a deleted row can be restored."""

    code = "row_not_deleted"
    message = _("This row was not deleted, so there is nothing to restore.")


class RowsNotAddable(DomainError):
    """The number of rows is counted from another answer, or this is no repeat at all."""

    code = "rows_not_addable"
    message = _("Rows cannot be added or deleted here.")


class TooManyRows(DomainError):
    """A repeat holds at most 1,000 rows."""

    code = "too_many_rows"
    message = _("A list holds at most 1,000 rows.")


def add_row(
    response: Response | int,
    *,
    repeat: str,
    edit_id: str,
    actor: User | None,
    at: datetime,
    channel: Channel = Channel.FORM,
) -> SaveOutcome:
    """Append a row with its defaults; ``outcome.row`` is its id.

    Raises RowsNotAddable, TooManyRows, and what every save raises.
    """

    def add(draft: Draft) -> Change:
        _addable(draft, repeat)
        if len(draft.state.answers.get(repeat, ())) >= MOST_ROWS:
            raise TooManyRows(repeat=repeat)
        row = row_id_of(edit_id)
        consequences = draft.state.add_row(repeat, row)
        return [f"{repeat}/{row}", None, _row(draft, repeat, row)], consequences

    edit = Edit(edit_id=edit_id, actor=actor, at=at, channel=channel)
    return _save_row(response, repeat, add, edit)


def delete_row(
    response: Response | int,
    *,
    row: str,
    edit_id: str,
    actor: User | None,
    at: datetime,
    channel: Channel = Channel.FORM,
) -> SaveOutcome:
    """Take a row out; all that stood in it is kept for ``restore_row``.

    Raises RowUnknown, RowsNotAddable, and what every save raises.
    """

    def delete(draft: Draft) -> Change:
        repeat, row_id = _place(row)
        _addable(draft, repeat)
        old = _row(draft, repeat, row_id)
        consequences = draft.state.delete_row(repeat, row_id)
        if old["remarks"] or old["typed"]:
            draft.state = with_documents(
                draft.state,
                remarks=_outside(draft.state.remarks, row),
                typed=_outside(draft.state.typed, row),
            )
        return [row, old, None], consequences

    edit = Edit(edit_id=edit_id, actor=actor, at=at, channel=channel)
    return _save_row(response, row, delete, edit)


def restore_row(
    response: Response | int, *, row: str, edit_id: str, actor: User | None, at: datetime
) -> SaveOutcome:
    """Put a deleted row back where it stood, with all that stood in it.

    Raises RowUnknown, RowNotDeleted, and what every save raises.
    """

    def restore(draft: Draft) -> Change:
        repeat, row_id = _place(row)
        _addable(draft, repeat)
        if _find(draft, repeat, row_id) is not None:
            raise RowNotDeleted(row=row)
        old = _deleted(draft.response, row)
        consequences = draft.state.restore_row(repeat, row_id, old["index"], old["values"])
        if old["remarks"] or old["typed"]:
            draft.state = with_documents(
                draft.state,
                remarks=draft.state.remarks | _inside(old["remarks"], row),
                typed=draft.state.typed | _inside(old["typed"], row),
            )
        return [row, None, old], consequences

    return _save_row(response, row, restore, Edit(edit_id=edit_id, actor=actor, at=at))


def move_row(
    response: Response | int,
    *,
    row: str,
    index: int,
    edit_id: str,
    actor: User | None,
    at: datetime,
) -> SaveOutcome:
    """Move a row to ``index`` among the rows; beyond the ends means the end.

    Raises RowUnknown, and what every save raises.
    """

    def move(draft: Draft) -> Change:
        repeat, row_id = _place(row)
        old = _find(draft, repeat, row_id)
        if old is None:
            raise RowUnknown(row=row)
        last = len(draft.state.answers[repeat]) - 1
        new = min(max(index, 0), last)
        return [row, {"index": old}, {"index": new}], draft.state.move_row(repeat, row_id, new)

    return _save_row(response, row, move, Edit(edit_id=edit_id, actor=actor, at=at))


def row_id_of(edit_id: str) -> str:
    """The id of the row that an edit adds: as random as the edit's own id."""
    return new_row_id(hashlib.sha256(edit_id.encode()).digest()[:ID_BYTES])


@transaction.atomic
def _save_row(
    response: Response | int, place: str, change_rows: Callable[[Draft], Change], edit: Edit
) -> SaveOutcome:
    draft = lock(response, at=edit.at)
    if earlier := first_outcome(draft, edit.edit_id, actor=edit.actor):
        return earlier
    refuse_unless_editable(draft, at=edit.at)
    share = share_in(draft, actor=edit.actor)
    refuse_outside(share, place)
    change, consequences = change_rows(draft)
    outcome = SaveOutcome(
        number=draft.response.edits + 1,
        state=draft.state,
        changed=consequences.changed,
        sections=consequences.sections,
        redrawn=consequences.redrawn,
        row=change[0].partition("/")[2],
        share=share,
    )
    store(draft, edit, [change], outcome)
    return outcome


def _addable(draft: Draft, repeat: str) -> None:
    try:
        element = draft.state.form.element(repeat)
    except KeyError:
        raise RowsNotAddable(repeat=repeat) from None
    if not isinstance(element, Repeat) or element.repeat_count:
        raise RowsNotAddable(repeat=repeat)


def _place(row: str) -> tuple[str, str]:
    repeat, _slash, row_id = row.partition("/")
    if not row_id or "/" in row_id:
        raise RowUnknown(row=row)
    return repeat, row_id


def _find(draft: Draft, repeat: str, row_id: str) -> int | None:
    rows = draft.state.answers.get(repeat, ())
    return next((index for index, row in enumerate(rows) if row["_id"] == row_id), None)


def _row(draft: Draft, repeat: str, row_id: str) -> dict[str, Any]:
    """All that stands in a row, and where it stands."""
    index = _find(draft, repeat, row_id)
    if index is None:
        raise RowUnknown(row=f"{repeat}/{row_id}")
    values = {k: v for k, v in draft.state.answers[repeat][index].items() if k != "_id"}
    prefix = f"{repeat}/{row_id}/"
    return {
        "index": index,
        "values": values,
        "remarks": _under(draft.state.remarks, prefix),
        "typed": _under(draft.state.typed, prefix),
    }


def _deleted(response: Response, row: str) -> dict[str, Any]:
    """What stood in a row when it was last deleted."""
    changes = AnswerChange.objects.filter(response=response).order_by("-number")
    for entries in changes.values_list("changes", flat=True).iterator():
        for path, old, new in entries:
            if path == row and new is None:
                deleted: dict[str, Any] = old
                return deleted
    raise RowUnknown(row=row)


def _under(document: Document, prefix: str) -> Document:
    return {
        path.removeprefix(prefix): value
        for path, value in document.items()
        if path.startswith(prefix)
    }


def _inside(document: Document, row: str) -> Document:
    return {f"{row}/{name}": value for name, value in document.items()}


def _outside(document: Document, row: str) -> Document:
    return {k: v for k, v in document.items() if not k.startswith(f"{row}/")}

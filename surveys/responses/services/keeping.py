"""Confirming that what the last round proposes still holds, and opening what was taken over."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.engine import UnknownPath
from surveys.organisations.models import User
from surveys.responses.models import Response
from surveys.responses.previous import PreviousAnswers
from surveys.responses.queries import state_of
from surveys.responses.services.cells import CellAct, CellEdit, SaveOutcome
from surveys.responses.services.saving import PathUnknown, save_cells


class LastRoundChanged(DomainError):
    """What was proposed when the page was loaded is not what is proposed now."""

    code = "last_round_changed"
    message = _(
        "The answers of the last round have changed since you loaded the page. Nothing is confirmed; "
        "load the page again and look at them once more."
    )


def keep(
    response: Response, *, where: str, basis: str, edit_id: str, actor: User | None, at: datetime
) -> SaveOutcome:
    """Confirm what the last round proposes at a path, in a table or repeat, or in a section.

    Each value is stored as an answer that is marked as confirmed unchanged, all in one save.
    ``basis`` is what the page had proposed from (``PreviousAnswers.basis``). What somebody answered
    meanwhile stays as it is; what is another person's part comes back as refused.

    Raises LastRoundChanged, PathUnknown, and what ``save_cells`` raises.
    """
    state = state_of(response, at=at, language=translation.get_language() or "vi")
    previous = state.context.previous
    if not isinstance(previous, PreviousAnswers) or previous.basis != basis:
        raise LastRoundChanged(where=where)
    try:
        paths = state.proposals(where)
    except UnknownPath as unknown:
        raise PathUnknown(path=where) from unknown
    edits = [CellEdit(path, act=CellAct.KEEP) for path in paths]
    return save_cells(response, edit_id=edit_id, edits=edits, actor=actor, at=at)


def unlock(
    response: Response, *, path: str, edit_id: str, actor: User | None, at: datetime
) -> SaveOutcome:
    """Open an answer that was taken over from the last round, as a save of its own.

    Raises what ``save_cells`` raises.
    """
    edits = [CellEdit(path, act=CellAct.UNLOCK)]
    return save_cells(response, edit_id=edit_id, edits=edits, actor=actor, at=at)

"""The draft under its lock: what every change of answers begins and ends with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from surveys.campaigns import services as campaigns
from surveys.campaigns.deadlines import last_day
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.engine import Document, FormState
from surveys.live import services as live
from surveys.organisations.models import User
from surveys.responses.delegation.queries import Share, share_of
from surveys.responses.delegation.refusals import PartOfAnother
from surveys.responses.enums import Channel
from surveys.responses.models import AnswerChange, Response
from surveys.responses.queries import state_of
from surveys.responses.services.cells import UNSTORABLE, SaveOutcome
from surveys.responses.unlocking import unlocked_in
from surveys.responses.workflow import EDITABLE

EDIT_ID_LENGTH: Final = 40


class AnswersLocked(DomainError):
    """Answers stand still while they await a signature, and after it."""

    code = "answers_locked"
    message = _(
        "The answers are locked: they were sent for signature or are signed. What you typed is not "
        "stored; copy it if you need it, and ask for the response to be returned."
    )


class RoundClosedForEditing(DomainError):
    """No answer changes once the deadline has passed or the round is closed."""

    code = "round_closed_for_editing"
    message = _(
        "The last day was %(due)s, so answers can no longer be changed. What you typed is not stored; "
        "copy it if you need it, and ask the department for an extension."
    )


class NotCited(DomainError):
    """A return that cites questions opens those only."""

    code = "not_cited"
    message = _(
        "The response was returned for other questions, so this answer stays as it was. What you "
        "typed is not stored; copy it if you need it, and ask whoever returned the response to name "
        "this question too."
    )


class EditIdInvalid(DomainError):
    """An edit id is made by the browser: 1 to 40 characters."""

    code = "edit_id_invalid"
    message = _("The page sent a change without a valid id. Load the page again.")
    status = 400


class EditIdReused(DomainError):
    """An edit id belongs to the person who made it."""

    code = "edit_id_reused"
    message = _("This change was already made by somebody else. Load the page again.")


@dataclass(slots=True)
class Draft:
    """A response under its lock, and the form state that edits change."""

    response: Response
    state: FormState

    @property
    def assignment(self) -> Assignment:
        """Whose duty it is."""
        return self.response.assignment


def lock(response: Response | int, *related: str, at: datetime) -> Draft:
    """The response as it stands now; nobody else changes it until the transaction ends.

    On PostgreSQL the two rows are locked, on SQLite the transaction is the only one that writes.
    ``related`` names what else the caller will read.
    """
    locked = (
        Response.objects.select_for_update(of=("self", "assignment"))
        .select_related("assignment__round", "version", *related)
        .defer("version__definition")
        .get(pk=response if isinstance(response, int) else response.pk)
    )
    language = translation.get_language() or "vi"
    return Draft(locked, state_of(locked, at=at, language=language))


def refuse_unless_editable(draft: Draft, *, at: datetime) -> None:
    """Raise AnswersLocked or RoundClosedForEditing.

    The deadline is the assignment's own, extensions included, judged by when the request arrived;
    the round's grace follows it. Sending and signing late stay possible while the round is open;
    changing answers does not.
    """
    assignment = draft.assignment
    if assignment.status not in EDITABLE:
        raise AnswersLocked(status=assignment.status)
    if campaigns.hold_round(assignment).status != RoundStatus.OPEN or at >= assignment.ends_at:
        raise round_closed(assignment)


def share_in(draft: Draft, *, actor: User | None) -> Share:
    """What the actor may change of the draft.

    Own parts only where the coordinator divided the work, and only what a return cites.
    """
    share = share_of(draft.assignment, draft.state.form, actor)
    unlocked = unlocked_in(draft.assignment, draft.state.form)
    return share if unlocked is None else replace(share, unlocked=unlocked)


def refuse_outside(share: Share, path: str) -> None:
    """Raise NotCited or PartOfAnother unless the path lies in the share.

    One that the form lacks lies in it.
    """
    if not share.is_open(path):
        raise NotCited(path=path)
    if not share.covers(path):
        raise PartOfAnother(path, share.holder(path))


def round_closed(assignment: Assignment) -> RoundClosedForEditing:
    """The refusal, with the day that was the last one."""
    return RoundClosedForEditing(
        str(RoundClosedForEditing.message) % {"due": f"{last_day(assignment.due_at):%d/%m/%Y}"},
        due_at=assignment.due_at.isoformat(),
    )


def first_outcome(draft: Draft, edit_id: str, *, actor: User | None) -> SaveOutcome | None:
    """What the same edit got before, if it is a repeated one.

    Raises EditIdInvalid, or EditIdReused if another person made an edit of that id.
    """
    if not 0 < len(edit_id) <= EDIT_ID_LENGTH or UNSTORABLE.search(edit_id):
        raise EditIdInvalid
    change = AnswerChange.objects.filter(response=draft.response, edit_id=edit_id).first()
    if change is None:
        return None
    if change.actor_id != (None if actor is None else actor.pk):
        raise EditIdReused
    return SaveOutcome.again(change.outcome, number=change.number, state=draft.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who saves what, when, and through what."""

    edit_id: str
    actor: User | None
    at: datetime
    channel: Channel = Channel.FORM


def store(draft: Draft, edit: Edit, changes: list[list[Any]], outcome: SaveOutcome) -> None:
    """Write the draft, one AnswerChange, the progress and one live message.

    A save that changed nothing is noted too, with its outcome, for when it is repeated.
    """
    response, state = draft.response, draft.state
    AnswerChange.objects.create(
        response=response,
        edit_id=edit.edit_id,
        number=outcome.number,
        at=edit.at,
        actor=edit.actor,
        channel=edit.channel,
        changes=changes,
        outcome=outcome.as_json(),
    )
    response.edits = outcome.number
    if not changes:
        response.save(update_fields=["edits"])
        return
    response.answers, response.remarks, response.typed = state.answers, state.remarks, state.typed
    response.saved_at, response.saved_by = edit.at, edit.actor
    response.save(update_fields=["answers", "remarks", "typed", "edits", "saved_at", "saved_by"])
    progress = state.progress()
    campaigns.record_progress(
        draft.assignment, answered=progress.answered, total=progress.total, at=edit.at
    )
    live.publish(topic(response.pk), sorted(outcome.changed), at=edit.at)


def with_remarks(state: FormState, changed: Mapping[str, Mapping[str, str]]) -> FormState:
    """The same answers with other remarks; an emptied remark goes."""
    remarks = dict(state.remarks)
    for path, parts in changed.items():
        kept = {name: text for name, text in (remarks.get(path, {}) | parts).items() if text}
        if kept:
            remarks[path] = kept
        else:
            remarks.pop(path, None)
    return with_documents(state, remarks=remarks, typed=state.typed)


def with_documents(state: FormState, *, remarks: Document, typed: Document) -> FormState:
    """The same answers with other documents beside them."""
    return FormState(
        state.form,
        answers=state.answers,
        remarks=remarks,
        typed=typed,
        context=state.context,
        evidence=state.evidence,
    )


def topic(response_id: int) -> str:
    """The live topic of a response."""
    return f"response:{response_id}"

"""Moving a draft to a newer version of its questionnaire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns import services as campaigns
from surveys.common.errors import DomainError
from surveys.engine import Cell, Documents, Fate, Form, FormState, Migration, TakenOver, migrate
from surveys.organisations.models import User
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.responses.enums import Channel
from surveys.responses.models import Response
from surveys.responses.queries import starting_answers
from surveys.responses.services.cells import SaveOutcome, cell_json
from surveys.responses.services.drafts import AnswersLocked, Draft, Edit, lock, store
from surveys.responses.workflow import EDITABLE


class VersionNotNewer(DomainError):
    """A draft moves to a later published version of its own questionnaire only."""

    code = "version_not_newer"
    message = _("A draft can only move to a newer published version of the same questionnaire.")


@dataclass(frozen=True, slots=True)
class DraftMigration:
    """What became of a draft's cells, by the paths at which they stood.

    ``kept`` stand as they were, ``converted`` stand in another form or at another path, ``review``
    are kept as typed text that somebody must look at, ``dropped`` are gone from the draft: what they
    held stands in its history.
    """

    response: Response
    number: int
    kept: tuple[str, ...]
    converted: tuple[str, ...]
    review: tuple[str, ...]
    dropped: tuple[str, ...]


def migrate_draft(
    response: Response | int,
    *,
    to_version: QuestionnaireVersion,
    actor: User | None,
    at: datetime,
) -> DraftMigration:
    """Move a draft, and its assignment, to a newer version; say what became of every cell.

    One AnswerChange holds each cell that changed, with what was dropped. Raises AnswersLocked
    unless the answers may change, and VersionNotNewer; nothing is written then. The deadline does
    not matter: it is not the agency that changes its answers.
    """
    with transaction.atomic():
        draft = lock(response, "assignment__agency", at=at)
        if draft.assignment.status not in EDITABLE:
            raise AnswersLocked(status=draft.assignment.status)
        _refuse_version(draft.response.version, to_version)
        from_number = draft.response.version.number
        before = draft.state.form
        told = _move(draft, to_version, at=at)
        report = _report(draft, told, before)
        _store(draft, told, actor=actor, at=at)
        audit.record(
            Event.RESPONSE_MIGRATED,
            draft.response,
            actor=actor,
            at=at,
            data={
                "from": from_number,
                "to": to_version.number,
                **{fate.value: len(told.paths(fate)) for fate in Fate},
            },
        )
    return report


def _refuse_version(now: QuestionnaireVersion, wanted: QuestionnaireVersion) -> None:
    is_usable = (
        wanted.questionnaire_id == now.questionnaire_id
        and wanted.status == VersionStatus.PUBLISHED
        and wanted.number > now.number
    )
    if not is_usable:
        raise VersionNotNewer(number=wanted.number)


def _move(draft: Draft, version: QuestionnaireVersion, *, at: datetime) -> Migration:
    """The answers under the new form; the draft and its assignment point to the new version."""
    state, response = draft.state, draft.response
    campaigns.take_version(draft.assignment, version)
    told = migrate(
        state.form,
        form_of(version),
        Documents(state.answers, state.remarks, state.typed),
        starting=starting_answers(draft.assignment, at=at),
        language=translation.get_language() or "vi",
    )
    response.version = version
    draft.state = FormState(
        form_of(version),
        answers=told.answers,
        remarks=told.remarks,
        typed=told.typed,
        context=state.context,
    )
    return told


def _report(draft: Draft, told: Migration, before: Form) -> DraftMigration:
    """The report in the order of the questionnaire: PostgreSQL keeps no order of its documents."""
    elements = (*before.definition.elements(), *draft.state.form.definition.elements())
    order = {name: place for place, name in enumerate(dict.fromkeys(e.name for e in elements))}
    kept, converted, review, dropped = (
        tuple(sorted(told.paths(fate), key=lambda path: order.get(path.split("/")[0], len(order))))
        for fate in (Fate.KEPT, Fate.CONVERTED, Fate.REVIEW, Fate.DROPPED)
    )
    return DraftMigration(
        draft.response, draft.response.edits + 1, kept, converted, review, dropped
    )


def _store(draft: Draft, told: Migration, *, actor: User | None, at: datetime) -> None:
    response, state = draft.response, draft.state
    number = response.edits + 1
    changes = [change for cell in told.cells for change in _changes(cell)]
    sections = frozenset(section.name for section in state.form.sections)
    outcome = SaveOutcome(
        number=number,
        state=state,
        changed=frozenset(cell.to for cell in told.cells if cell.to),
        sections=sections,
        redrawn=sections,
    )
    edit = Edit(
        edit_id=f"version-{response.version_id}-{number}",
        actor=actor,
        at=at,
        channel=Channel.PREFILL,
    )
    store(draft, edit, changes, outcome)
    response.answers, response.remarks, response.typed = told.answers, told.remarks, told.typed
    response.save(update_fields=["version", "answers", "remarks", "typed"])
    progress = state.progress()
    campaigns.record_progress(
        draft.assignment, answered=progress.answered, total=progress.total, at=at
    )


def _changes(cell: TakenOver) -> list[list[Any]]:
    """The entries of the history; a cell that moved leaves one at either place."""
    if cell.fate is Fate.KEPT:
        return []
    left = [cell.path, cell_json(cell.old) | dict(cell.remark)]
    arrived = cell_json(cell.new) | (dict(cell.remark) if cell.to else {})
    if cell.to == cell.path:
        return [[*left, arrived]]
    gone = [*left, cell_json(Cell())]
    return [gone, [cell.to, cell_json(Cell()), arrived]] if cell.to else [gone]

"""Moving drafts to a newer version of their questionnaire."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns import services as campaigns
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError
from surveys.engine import Cell, Fate, FormState, Migration, TakenOver
from surveys.organisations.models import User
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.responses.attached import evidence_counts
from surveys.responses.enums import Channel
from surveys.responses.models import DraftMove, Evidence, Response
from surveys.responses.moves import drafts_to_move, fates_in, taken_over
from surveys.responses.services.cells import SaveOutcome, cell_json
from surveys.responses.services.drafts import AnswersLocked, Draft, Edit, lock, store
from surveys.responses.workflow import EDITABLE

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]


class VersionNotNewer(DomainError):
    """A draft moves to a later published version of its own questionnaire only."""

    code = "version_not_newer"
    message = _("A draft can only move to a newer published version of the same questionnaire.")


@dataclass(frozen=True, slots=True)
class Moved:
    """How many drafts of a round were moved, and how many stayed: sent in the meantime, or elsewhere
    by now.
    """

    moved: int
    stayed: int


def migrate_drafts(
    round_: Round,
    *,
    to_version: QuestionnaireVersion,
    actor: User | None,
    clock: Clock,
    progress: Progress,
) -> Moved:
    """Move every draft of a round to a newer version, each in a transaction of its own.

    It can be broken off and begun again: what was moved is not moved twice. A draft that cannot be
    moved does not hold up the others; why is raised in the end, as one ExceptionGroup. ``progress``
    is told how many of how many are done. Raises VersionNotNewer if the version is not in force.
    """
    if to_version.status != VersionStatus.PUBLISHED:
        raise VersionNotNewer(number=to_version.number)
    waiting = list(drafts_to_move(round_, to_version).values_list("pk", flat=True))
    stayed, failures = 0, []
    for done, response_id in enumerate(waiting, 1):
        try:
            migrate_draft(response_id, to_version=to_version, actor=actor, at=clock())
        except (AnswersLocked, VersionNotNewer):
            stayed += 1
        except Exception as failure:
            failure.add_note(f"draft {response_id}")
            failures.append(failure)
        progress(done, len(waiting))
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {len(waiting)} drafts could not move", failures)
    return Moved(len(waiting) - stayed, stayed)


def migrate_draft(
    response: Response | int,
    *,
    to_version: QuestionnaireVersion,
    actor: User | None,
    at: datetime,
) -> DraftMove:
    """Move a draft, and its assignment, to a newer version; say what became of every cell.

    The DraftMove says it, in the draft's transaction. One AnswerChange holds each cell that changed, with what was dropped. Raises AnswersLocked
    unless the answers may change, and VersionNotNewer; nothing is written then. The deadline does
    not matter: it is not the agency that changes its answers.
    """
    with transaction.atomic():
        draft = lock(response, "assignment__agency", at=at)
        if draft.assignment.status not in EDITABLE:
            raise AnswersLocked(status=draft.assignment.status)
        _refuse_version(draft.response.version, to_version)
        before, old = draft.response.version, draft.state.form
        told = _move(draft, to_version, at=at)
        fates = fates_in(told, old, draft.state.form)
        _store(draft, told, actor=actor, at=at)
        move = DraftMove.objects.create(
            response=draft.response,
            from_version=before,
            to_version=to_version,
            number=draft.response.edits,
            at=at,
            actor=actor,
            kept=len(fates.kept),
            converted=fates.converted,
            review=fates.review,
            dropped=fates.dropped,
        )
        audit.record(
            Event.RESPONSE_MIGRATED,
            draft.response,
            actor=actor,
            at=at,
            data={
                "from": before.number,
                "to": to_version.number,
                **{fate.value: len(told.paths(fate)) for fate in Fate},
            },
        )
    return move


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
    told = taken_over(state, draft.assignment, at=at)
    response.version = version
    _move_evidence(response, told)
    draft.state = FormState(
        form_of(version),
        answers=told.answers,
        remarks=told.remarks,
        typed=told.typed,
        context=state.context,
        evidence=evidence_counts(response, form_of(version)),
    )
    return told


def _move_evidence(response: Response, told: Migration) -> None:
    """Evidence follows its answer to the new place."""
    evidence = Evidence.objects.filter(response=response)
    moved = {cell.path: cell.to for cell in told.cells if cell.to and cell.to != cell.path}
    waiting = list(evidence.filter(path__in=moved)) if moved else []
    for item in waiting:
        item.path = moved[item.path]
    Evidence.objects.bulk_update(waiting, ["path"])


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

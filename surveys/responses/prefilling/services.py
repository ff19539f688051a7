"""Filling in answers from a table: kept, applied, put into the drafts that nobody has touched there."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round
from surveys.campaigns.services.locking import lock_round
from surveys.common.errors import DomainError
from surveys.engine import Cell, Origin
from surveys.engine.uploaded import fits
from surveys.organisations.models import User
from surveys.responses.enums import Channel
from surveys.responses.models import Response
from surveys.responses.prefilled.models import PrefillUpload, PrefillValue
from surveys.responses.prefilled.queries import touched_by_people, values_of
from surveys.responses.prefilling.judging import judge
from surveys.responses.prefilling.lines import TAKEN, line_from, line_json
from surveys.responses.prefilling.tables import read_table
from surveys.responses.services.cells import SaveOutcome, cell_json
from surveys.responses.services.drafts import (
    AnswersLocked,
    Draft,
    Edit,
    RoundClosedForEditing,
    first_outcome,
    lock,
    refuse_unless_editable,
    share_in,
    store,
)
from surveys.responses.workflow import EDITABLE

BATCH: Final = 2_000
DRAFTS: Final = 200
"""Of how many drafts the values are read at once."""

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]


class RoundOver(DomainError):
    """Nothing is filled in any more once a round is closed or cancelled."""

    code = "prefill_round_over"
    message = _("The round is over; nothing is filled in any more.")


@dataclass(frozen=True, slots=True)
class Filled:
    """How many answers were filled in in how many drafts; the others had nothing to take, or were sent
    in the meantime.
    """

    drafts: int
    answers: int


def keep_prefill(
    round_: Round, *, data: bytes, filename: str, actor: User, at: datetime
) -> PrefillUpload:
    """Read a table, judge its cells and keep what came of it; no answer changes.

    Raises RoundOver, or what ``read_table`` raises.
    """
    _refuse_over(round_)
    lines = judge(read_table(data, filename), round_)
    with transaction.atomic():
        upload = PrefillUpload.objects.create(
            round=round_,
            filename=filename[:200],
            lines=[line_json(line) for line in lines],
            created_at=at,
            created_by=actor,
        )
        counts = Counter(line.verdict.value for line in lines)
        details = {"code": round_.code, "file": upload.filename, **counts}
        audit.record(Event.PREFILL_UPLOADED, upload, actor=actor, at=at, data=details)
    return upload


@transaction.atomic
def apply_prefill(upload: PrefillUpload, *, actor: User, at: datetime) -> PrefillUpload:
    """Have the table filled in as it was shown; its values are stored in the background.

    Applied again, nothing happens. Raises RoundOver.
    """
    round_ = lock_round(upload.round)
    locked = PrefillUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if locked.applied_at is not None:
        return locked
    _refuse_over(round_)
    verdicts = Counter(line["verdict"] for line in locked.lines)
    locked.applied_at, locked.applied_by = at, actor
    locked.result = {each.value: verdicts[each.value] for each in TAKEN}
    locked.save(update_fields=["applied_at", "applied_by", "result"])
    values = sum(locked.result.values())
    data = {"upload": str(locked.pk), "file": locked.filename, "values": values}
    audit.record(Event.ROUND_PREFILLED, round_, actor=actor, at=at, data=data)
    return locked


def store_values(upload: PrefillUpload) -> int:
    """Store what an applied table fills in; how many values it were.

    What a table that was applied later has stored stays. Some thousand values go in a transaction, so
    that nobody waits for all; begun again, the same is stored again.
    """
    assert upload.applied_at is not None, "it is applied"
    assert upload.applied_by is not None, "by somebody"
    stored = PrefillValue.objects.filter(round=upload.round_id, at__gt=upload.applied_at)
    newer = set(stored.values_list("agency", "path"))
    values = [
        PrefillValue(
            round=upload.round,
            agency_id=line.agency_id,
            path=line.path,
            value=line.value,
            filename=upload.filename,
            at=upload.applied_at,
            actor=upload.applied_by,
        )
        for line in map(line_from, upload.lines)
        if line.agency_id is not None
        and line.verdict in TAKEN
        and (line.agency_id, line.path) not in newer
    ]
    for first in range(0, len(values), BATCH):
        _store(upload.round, values[first : first + BATCH])
    return len(values)


@transaction.atomic
def _store(round_: Round, values: list[PrefillValue]) -> None:
    # Whoever starts a draft holds the round: the draft stands before, or takes the values itself.
    lock_round(round_)
    PrefillValue.objects.bulk_create(
        values,
        update_conflicts=True,
        unique_fields=["round", "agency", "path"],
        update_fields=["value", "filename", "at", "actor"],
    )


def fill_drafts(
    upload: PrefillUpload, *, actor: User | None, clock: Clock, progress: Progress
) -> Filled:
    """Put what is filled in into the drafts of the round, each in a transaction of its own.

    It can be broken off and begun again. A draft that fails does not hold up the others; why is
    raised in the end, as one ExceptionGroup.
    """
    waiting = list(
        Response.objects.filter(assignment__round=upload.round_id, assignment__status__in=EDITABLE)
        .order_by("pk")
        .values_list("pk", "assignment__agency")
    )
    edit_id = f"prefill-{upload.pk.hex}"
    drafts = answers = 0
    failures: list[Exception] = []
    for first in range(0, len(waiting), DRAFTS):
        part = waiting[first : first + DRAFTS]
        values = values_of(upload.round, {agency for _response, agency in part})
        for done, (response, agency) in enumerate(part, first + 1):
            try:
                number = fill_draft(
                    response, values=values[agency], edit_id=edit_id, actor=actor, at=clock()
                )
            except (AnswersLocked, RoundClosedForEditing):
                number = 0
            except Exception as failure:
                failure.add_note(f"draft {response}")
                failures.append(failure)
                number = 0
            drafts, answers = drafts + bool(number), answers + number
            progress(done, len(waiting))
    if failures:
        raise ExceptionGroup(f"{len(failures)} drafts could not be filled in", failures)
    return Filled(drafts, answers)


@transaction.atomic
def fill_draft(
    response: int,
    *,
    values: Mapping[str, PrefillValue],
    edit_id: str,
    actor: User | None,
    at: datetime,
) -> int:
    """Fill in the answers of a draft that nobody has touched; how many they were.

    An answer that a table filled in before is replaced, any other stays; so does one that somebody
    emptied, and in a returned response one that was not cited. The same ``edit_id`` again does
    nothing. Raises AnswersLocked or RoundClosedForEditing.
    """
    if not values:
        return 0
    draft = lock(response, at=at)
    if first_outcome(draft, edit_id, actor=actor) is not None:
        return 0
    refuse_unless_editable(draft, at=at)
    share = share_in(draft, actor=None)
    wanted = [
        path
        for path, value in values.items()
        if share.is_open(path) and _may_fill(draft, path, value)
    ]
    if not wanted:
        return 0
    touched = touched_by_people(draft.response)
    taken = {path: values[path] for path in wanted if path not in touched}
    if taken:
        edit = Edit(edit_id=edit_id, actor=actor, at=at, channel=Channel.PREFILL)
        _fill(draft, edit, taken)
    return len(taken)


def _may_fill(draft: Draft, path: str, value: PrefillValue) -> bool:
    state = draft.state
    if not fits(state.form, path, value.value) or state.is_closed(path):
        return False
    cell = state.cell(path)
    return cell.is_empty or (cell.origin == Origin.UPLOAD and cell.value != value.value)


def _fill(draft: Draft, edit: Edit, values: Mapping[str, PrefillValue]) -> None:
    changes: list[list[Any]] = []
    changed: set[str] = set()
    sections: set[str] = set()
    redrawn: set[str] = set()
    for path, value in values.items():
        old, new = draft.state.cell(path), Cell(value=value.value, origin=Origin.UPLOAD)
        consequences = draft.state.set(path, new)
        changed |= consequences.changed
        sections |= consequences.sections
        redrawn |= consequences.redrawn
        changes.append([path, cell_json(old), cell_json(new) | {"source": value.filename}])
    outcome = SaveOutcome(
        number=draft.response.edits + 1,
        state=draft.state,
        changed=frozenset(changed),
        sections=frozenset(sections),
        redrawn=frozenset(redrawn),
    )
    store(draft, edit, changes, outcome)


def _refuse_over(round_: Round) -> None:
    if round_.status not in {RoundStatus.PLANNED, RoundStatus.OPEN}:
        raise RoundOver

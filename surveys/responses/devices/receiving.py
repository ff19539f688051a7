"""Taking in what a device sent: kept as it came, stored where nothing else stands. Never signed."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.models import Assignment
from surveys.engine import Cell, FormState, Repeat
from surveys.organisations.models import User
from surveys.questionnaires.queries import form_of
from surveys.responses.devices.answers import (
    FILES,
    Answered,
    Answers,
    answers_in,
    rows_of,
    typed_of,
)
from surveys.responses.devices.filing import file_in
from surveys.responses.devices.ids import edit_id_of
from surveys.responses.devices.lines import Left, LeftLine
from surveys.responses.devices.models import DeviceSubmission
from surveys.responses.devices.refusals import SubmissionChanged
from surveys.responses.enums import Channel
from surveys.responses.queries import last_changes
from surveys.responses.services.cells import CellEdit, SaveOutcome
from surveys.responses.services.drafts import Draft, Edit, lock, refuse_unless_editable
from surveys.responses.services.rows import TooManyRows, add_row, row_id_of
from surveys.responses.services.saving import save_cells
from surveys.responses.services.starting import start

READ_ONLY: Final = "cell_read_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came: the XML, what was read in it, and the files of this request by their names.

    ``nodes`` are the names that the form has beside its questions; ``replaces`` is the instance that
    the device has edited to make this one.
    """

    xml: bytes
    instance_id: str
    form_version: str
    tree: Sequence[list[Any]]
    nodes: Sequence[str] = ()
    replaces: str = ""
    files: Mapping[str, "UploadedFile[bytes]"] = field(default_factory=dict)


@transaction.atomic
def receive(assignment: Assignment, sent: Sent, *, actor: User, at: datetime) -> DeviceSubmission:
    """Keep what a device sent and store its answers where the cells are empty, or as this person's
    device or the start had left them.

    What meets another answer, or cannot be stored, stays in the submission's lines. The same instance
    again changes nothing, except that files are taken which had not come yet. With a version of the
    form that the draft does not have, nothing is stored. Raises SubmissionChanged, AnswersLocked,
    RoundClosedForEditing, or a FileRefused whose status says that it is worth another try; nothing of
    the request is kept then.
    """
    draft = lock(start(assignment, actor=actor, at=at), at=at)
    digest = hashlib.sha256(sent.xml).hexdigest()
    before = DeviceSubmission.objects.filter(response=draft.response, instance_id=sent.instance_id)
    submission = before.first()
    if submission is not None and submission.sha256 != digest:
        raise SubmissionChanged
    if submission is not None and not submission.xml:
        return submission  # its content was erased
    is_new = submission is None
    if is_new or sent.files:
        refuse_unless_editable(draft, at=at)
    known = 0 if submission is None else len(submission.lines)
    form = form_of(draft.response.version)
    answers = answers_in(sent.tree, form, nodes=sent.nodes)
    if submission is None:
        submission = _take(draft, sent, answers, digest, Edit(edit_id="", actor=actor, at=at))
    if sent.form_version == str(draft.response.version.number):
        file_in(submission, answers.given, sent.files, actor=actor, at=at)
    if is_new or len(submission.lines) > known:
        _note_arrival(submission, known=known, actor=actor, at=at)
    return submission


def _note_arrival(submission: DeviceSubmission, *, known: int, actor: User, at: datetime) -> None:
    """Record what came; with a file of which something waits, a person has to look once more."""
    if known and submission.settled_at is not None:
        submission.settled_at = submission.settled_by = None
        submission.save(update_fields=["settled_at", "settled_by"])
    data = {
        "assignment": submission.response.assignment_id,
        "submission": str(submission.pk),
        "sha256": submission.sha256,
        "left": len(submission.lines) - known,
    }
    audit.record(Event.SUBMISSION_RECEIVED, submission.response, actor=actor, at=at, data=data)


def _take(draft: Draft, sent: Sent, answers: Answers, digest: str, by: Edit) -> DeviceSubmission:
    assert by.actor is not None, "a device has somebody's token"
    submission = DeviceSubmission(
        response=draft.response,
        instance_id=sent.instance_id,
        xml=sent.xml.decode(errors="replace"),
        sha256=digest,
        form_version=sent.form_version,
        received_at=by.at,
        received_from=by.actor,
    )
    lines = [
        LeftLine(path=name, left=Left.UNKNOWN, text=text) for name, text in answers.unknown.items()
    ]
    if sent.form_version == str(draft.response.version.number):
        taker = _Taker(draft, sent, replace(by, edit_id=edit_id_of(sent.instance_id)))
        lines += taker.take(answers.given)
        submission.result = {"stored": taker.stored, "rows": taker.places()}
    else:
        lines += [_of_other_version(draft.state, each) for each in answers.given]
        submission.result = {"stored": 0, "rows": {}}
    submission.lines = [line.as_json() for line in lines]
    submission.save(force_insert=True)
    return submission


class _Taker:
    """Stores the answers of one instance by the services of the page."""

    def __init__(self, draft: Draft, sent: Sent, by: Edit) -> None:
        self.draft, self.sent, self.by = draft, sent, by
        self.rows: dict[tuple[str, int], str] = {}
        """The ids of rows that came to be, by repeat and number."""
        self.stored = 0
        self.own = self._own_edits()

    def take(self, given: Iterable[Answered]) -> list[LeftLine]:
        """Store what can be stored; the other answers."""
        answers = list(given)
        counted = [each for each in answers if self._is_counted(each)]
        lines = self._add_rows(answers)
        plain = [each for each in answers if not self._is_counted(each)]
        lines += self._save([each for each in plain if self._is_placed(each)], self.by.edit_id)
        if counted:
            # How many rows there are hangs on the answers that were just stored.
            lines += self._save_counted(counted)
        return lines

    def places(self) -> dict[str, str]:
        """Where the rows of the device stand: ``repeat/@number`` to ``repeat/id``."""
        return {f"{owner}/@{n}": f"{owner}/{row}" for (owner, n), row in self.rows.items()}

    def path_of(self, answered: Answered) -> str:
        """The path with the row's own id."""
        if not isinstance(answered.row, int):
            return answered.path
        return (
            f"{answered.owner}/{self.rows[answered.owner, answered.row]}/{answered.question.name}"
        )

    def _is_counted(self, answered: Answered) -> bool:
        if not isinstance(answered.row, int):
            return False
        element = self.draft.state.form.element(answered.owner)
        return isinstance(element, Repeat) and bool(element.repeat_count)

    def _is_placed(self, answered: Answered) -> bool:
        return not isinstance(answered.row, int) or (answered.owner, answered.row) in self.rows

    def _add_rows(self, answers: Iterable[Answered]) -> list[LeftLine]:
        """Rows of repeats that people add to: each of the device is one of the draft."""
        lines: list[LeftLine] = []
        free = [each for each in answers if not self._is_counted(each)]
        kept = {row["_id"] for rows in self._repeats().values() for row in rows}
        for repeat, numbers in rows_of(free).items():
            for number in numbers:
                row = self._earlier_row(repeat, number)
                if row in kept:
                    self.rows[repeat, number] = row
                    continue
                try:
                    outcome = add_row(
                        self.draft.response,
                        repeat=repeat,
                        edit_id=self._row_edit(self.sent.instance_id, repeat, number),
                        actor=self.by.actor,
                        at=self.by.at,
                        channel=Channel.OPENROSA,
                    )
                except TooManyRows as refusal:
                    of_row = [e for e in free if (e.owner, e.row) == (repeat, number)]
                    lines += [self._refused(each, str(refusal)) for each in of_row]
                    continue
                self.rows[repeat, number] = outcome.row
        return lines

    def _repeats(self) -> Mapping[str, list[dict[str, Any]]]:
        answers = self.draft.state.answers
        return {name: rows for name, rows in answers.items() if _are_rows(rows)}

    def _earlier_row(self, repeat: str, number: int) -> str:
        """The row that the instance which this one replaces had added."""
        if not self.own:
            return ""
        return row_id_of(self._row_edit(self.sent.replaces, repeat, number))

    def _row_edit(self, instance_id: str, repeat: str, number: int) -> str:
        return edit_id_of(instance_id, f"{repeat}/{number}")

    def _save_counted(self, answers: Sequence[Answered]) -> list[LeftLine]:
        state = lock(self.draft.response, at=self.by.at).state
        lines = []
        for each in answers:
            assert isinstance(each.row, int), "the rows of a repeat are numbered"
            ids = state.rows(each.owner)
            if each.row < len(ids):
                self.rows[each.owner, each.row] = ids[each.row]
            else:
                lines.append(self._refused(each, _("There is no such row in this response.")))
        placed = [each for each in answers if self._is_placed(each)]
        return lines + self._save(placed, edit_id_of(self.sent.instance_id, "counted"))

    def _save(self, answers: Sequence[Answered], edit_id: str) -> list[LeftLine]:
        by_path = {self.path_of(e): e for e in answers if e.question.kind not in FILES}
        if not by_path:
            return []
        state = lock(self.draft.response, at=self.by.at).state
        seen = self._seen(state, list(by_path))
        edits = [
            CellEdit(path, typed_of(each.question, each.text, _zone()), seen=seen[path])
            for path, each in by_path.items()
        ]
        outcome = save_cells(
            self.draft.response,
            edit_id=edit_id,
            edits=edits,
            actor=self.by.actor,
            at=self.by.at,
            channel=Channel.OPENROSA,
        )
        lines = [*_left_of(outcome, by_path)]
        self.stored += len(edits) - len(outcome.conflicts) - len(outcome.refused)
        return lines

    def _seen(self, state: FormState, paths: list[str]) -> dict[str, Cell]:
        """What a device may overwrite: nothing, what nobody has typed, or what it had sent itself."""
        written = last_changes(self.draft.response, set(paths))
        new = {f"{repeat}/{row}" for (repeat, _number), row in self.rows.items()}
        found = {}
        for path in paths:
            change = written.get(path)
            is_free = (
                change is None or change.channel == Channel.PREFILL or change.number in self.own
            )
            in_new_row = path.rpartition("/")[0] in new and (change is None or not change.old)
            found[path] = state.cell(path) if is_free or in_new_row else Cell()
        return found

    def _own_edits(self) -> frozenset[int]:
        """The numbers of the saves by which the instance that this one replaces was stored."""
        earlier = DeviceSubmission.objects.filter(
            response=self.draft.response,
            instance_id=self.sent.replaces or None,
            received_from=self.by.actor,
        )
        if not self.sent.replaces or not earlier.exists():
            return frozenset()
        ids = [edit_id_of(self.sent.replaces), edit_id_of(self.sent.replaces, "counted")]
        changes = self.draft.response.changes.filter(edit_id__in=ids)
        return frozenset(changes.values_list("number", flat=True))

    def _refused(self, answered: Answered, message: str) -> LeftLine:
        return LeftLine(path=answered.path, left=Left.REFUSED, text=answered.text, message=message)


def _left_of(outcome: SaveOutcome, by_path: Mapping[str, Answered]) -> Iterable[LeftLine]:
    """What a save did not store, as lines."""
    for conflict in outcome.conflicts:
        given = by_path[conflict.path]
        yield LeftLine(
            path=conflict.path,
            left=Left.CONFLICT,
            text=given.text,
            typed=typed_of(given.question, given.text, _zone()),
            stored=conflict.stored,
        )
    for refused in outcome.refused:
        given = by_path[refused.path]
        if refused.code == READ_ONLY and given.question.read_only:
            continue  # the form shows it, and nobody has typed it
        yield LeftLine(
            path=refused.path,
            left=Left.REFUSED,
            text=given.text,
            typed=typed_of(given.question, given.text, _zone()),
            message=refused.message,
        )


def _of_other_version(state: FormState, answered: Answered) -> LeftLine:
    is_placed = not isinstance(answered.row, int) and answered.question.kind not in FILES
    return LeftLine(
        path=answered.path,
        left=Left.OTHER_VERSION,
        text=answered.text,
        typed=typed_of(answered.question, answered.text, _zone()) if is_placed else None,
        stored=state.cell(answered.path) if is_placed else Cell(),
    )


def _are_rows(stored: object) -> bool:
    return isinstance(stored, list) and all(isinstance(row, dict) for row in stored)


def _zone() -> Any:
    return timezone.get_default_timezone()

"""Taking the answers of a workbook over, as its person has seen them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.engine import Cell, Form, Kind, Question
from surveys.excelform.comparing import TAKEN, Line, Part, Verdict
from surveys.files import storage
from surveys.organisations.models import User
from surveys.questionnaires.queries import form_of
from surveys.responses.enums import Channel
from surveys.responses.models import Response
from surveys.responses.services.cells import CellEdit, SaveOutcome
from surveys.responses.services.rows import RowUnknown, add_row, delete_row
from surveys.responses.services.saving import save_cells
from surveys.responses.workbooks.lines import lines_from
from surveys.responses.workbooks.models import WorkbookUpload
from surveys.responses.workbooks.refusals import of_another_version

GROUP_DIGITS: Final = 3
NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})


@transaction.atomic
def apply_workbook(
    upload: WorkbookUpload, *, is_clearing: bool, actor: User, at: datetime
) -> WorkbookUpload:
    """Store the new and changed answers of a workbook, once, in one transaction.

    Each is compared with what the preview showed as stored: where somebody has written since, it is
    not stored and stands in ``result["conflicts"]``. With ``is_clearing`` the answers whose cells are
    empty go too, and the rows that are gone. Wrong cells leave their answers as they are. Applied
    again, nothing happens. Raises WorkbookOfAnotherVersion where the draft has moved to another
    version since, and what a save raises; nothing is stored then.
    """
    locked = WorkbookUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if locked.applied_at is not None:
        return locked
    # Held before its version is looked at: no draft moves on between that and the saving.
    response = Response.objects.select_for_update(of=("self",)).select_related("version")
    version = response.defer("version__definition").get(pk=locked.response_id).version
    if version.number != locked.version_number:
        raise of_another_version(str(locked.version_number), version.number)
    lines = [line for line in lines_from(locked.lines) if is_taken(line, is_clearing=is_clearing)]
    rows = _add_rows(locked, lines, actor=actor, at=at)
    edits = list(_edits(lines, rows, form_of(version)))
    outcome = save_cells(
        locked.response_id,
        edit_id=locked.pk.hex,
        edits=edits,
        actor=actor,
        at=at,
        channel=Channel.EXCEL,
    )
    deleted = _delete_rows(locked, lines, actor=actor, at=at)
    locked.applied_at, locked.applied_by = at, actor
    locked.result = _result(edits, outcome) | {"rows": len(rows), "deleted": deleted}
    locked.save(update_fields=["applied_at", "applied_by", "result"])
    counts = {key: value for key, value in locked.result.items() if isinstance(value, int)}
    data = {"upload": str(locked.pk), **counts}
    audit.record(Event.WORKBOOK_APPLIED, locked.response, actor=actor, at=at, data=data)
    return locked


def is_taken(line: Line, *, is_clearing: bool) -> bool:
    """Whether a line is taken over."""
    return line.verdict in TAKEN or (is_clearing and line.verdict is Verdict.CLEARED)


def erase_workbooks(response: Response) -> int:
    """Make the workbooks go that were sent for a response; part of an erasing, which records it. How
    many it were.
    """
    uploads = WorkbookUpload.objects.filter(response=response)
    ids: list[UUID] = list(uploads.values_list("pk", flat=True))
    uploads.delete()
    transaction.on_commit(lambda: _discard(ids))
    return len(ids)


def _discard(ids: Iterable[UUID]) -> None:
    for each in ids:
        storage.discard(each)


def _add_rows(
    upload: WorkbookUpload, lines: Iterable[Line], *, actor: User, at: datetime
) -> Mapping[str, str]:
    """Add the new rows; their places by those that they have in the lines."""
    places: dict[str, str] = {}
    for line in lines:
        if line.part is not Part.ROW or line.verdict is not Verdict.NEW:
            continue
        repeat = line.path.partition("/")[0]
        outcome = add_row(
            upload.response_id,
            repeat=repeat,
            edit_id=f"{upload.pk.hex}+{len(places) + 1}",
            actor=actor,
            at=at,
            channel=Channel.EXCEL,
        )
        places[line.path] = f"{repeat}/{outcome.row}"
    return places


def _delete_rows(
    upload: WorkbookUpload, lines: Iterable[Line], *, actor: User, at: datetime
) -> int:
    gone = [each for each in lines if each.part is Part.ROW and each.verdict is Verdict.CLEARED]
    deleted = 0
    for number, line in enumerate(gone, start=1):
        try:
            delete_row(
                upload.response_id,
                row=line.path,
                edit_id=f"{upload.pk.hex}-{number}",
                actor=actor,
                at=at,
                channel=Channel.EXCEL,
            )
        except RowUnknown:
            continue  # a colleague was quicker, to the same end
        deleted += 1
    return deleted


def _edits(lines: Iterable[Line], rows: Mapping[str, str], form: Form) -> Iterator[CellEdit]:
    for line in lines:
        row, _slash, name = line.path.rpartition("/")
        path = f"{rows[row]}/{name}" if row in rows else line.path
        match line.part:
            case Part.VALUE:
                yield _value_edit(path, line, form.question(name))
            case Part.REASON:
                yield CellEdit(path, reason=line.new_text, seen_reason=line.old_text)
            case Part.EXPECTED:
                yield CellEdit(path, expected=line.new_text, seen_expected=line.old_text)
            case Part.EXPLANATION:
                yield CellEdit(path, explanation=line.new_text, seen_explanation=line.old_text)
            case Part.ROW:
                pass


def _value_edit(path: str, line: Line, question: Question) -> CellEdit:
    new = line.new
    if new.missing:
        return CellEdit(path, missing=new.missing, seen=line.old)
    return CellEdit(path, value=typed_text(question, new), missing="", seen=line.old)


def typed_text(question: Question, cell: Cell) -> str | list[str]:
    """What somebody would type for it in a form of any language.

    A number with three decimals gets a fourth, because a separator before three digits may group.
    """
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list) or question.kind not in NUMBERS:
        return value
    _whole, _point, fraction = value.partition(".")
    return f"{value}0" if len(fraction) == GROUP_DIGITS else value


def _result(edits: list[CellEdit], outcome: SaveOutcome) -> dict[str, object]:
    return {
        "stored": len(edits) - len(outcome.conflicts) - len(outcome.refused),
        "conflicts": [conflict.as_json() for conflict in outcome.conflicts],
        "refused": [refused.as_json() for refused in outcome.refused],
    }

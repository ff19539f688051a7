"""What could not be stored, in words: both values, and who wrote the other."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from surveys.engine import Cell, Kind
from surveys.rendering import (
    Drawing,
    FindingWriter,
    Seen,
    cell_text,
    html_id,
    seen_at,
    show_date,
    sign,
    value_text,
)
from surveys.responses.forms import question_at
from surveys.responses.services import Conflict, SaveOutcome
from surveys.responses.views.deadlines import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """One edit that was not stored. ``theirs_json`` is what the control is set to by "take theirs"."""

    path: str
    field: str
    place: str
    yours: str
    href: str
    theirs: str = ""
    author: str = ""
    at: str = ""
    seen: str = ""
    theirs_json: str = ""
    message: str = ""

    @property
    def why(self) -> str:
        """Why it is not stored, as it stands beside the field."""
        if self.message:
            return self.message
        return _("you typed “%(yours)s”, while %(author)s stored “%(theirs)s” at %(at)s.") % {
            "yours": self.yours,
            "author": self.author,
            "theirs": self.theirs,
            "at": self.at,
        }


def conflict_lines(outcome: SaveOutcome, drawing: Drawing, *, at: datetime) -> list[ConflictLine]:
    """The conflicts, then the refused edits."""
    writer = FindingWriter(drawing)
    return [
        *(_conflict(conflict, drawing, writer, at) for conflict in outcome.conflicts),
        *(
            ConflictLine(
                path=refused.path,
                field="value",
                place=_place(writer, refused.path),
                yours=refused.text,
                href=f"#c-{html_id(refused.path)}",
                message=refused.message,
            )
            for refused in outcome.refused
        ),
    ]


def kept_cells(outcome: SaveOutcome) -> dict[str, Cell]:
    """What stands in the fields although it is not stored; a refused remark leaves them alone."""
    kept = {conflict.path: conflict.yours for conflict in outcome.conflicts}
    return kept | {
        refused.path: Cell(typed=refused.text) for refused in outcome.refused if refused.text
    }


def shown_cell(drawing: Drawing, path: str, cell: Cell) -> str:
    """A cell in words; blank cells and missing codes are named too."""
    question = question_at(drawing.state.form, path)
    if cell.missing:
        return cell.missing
    if question is None or cell.typed:
        return cell.typed
    if file := drawing.file_at(cell.value):
        return file.text
    choices = {choice.name: choice for choice in drawing.state.choices(path)}
    return value_text(question, cell.value, drawing.language, choices) or _("blank")


def _conflict(
    conflict: Conflict, drawing: Drawing, writer: FindingWriter, at: datetime
) -> ConflictLine:
    path, is_value = conflict.path, conflict.part == "value"
    stored = conflict.stored
    say = show_date if conflict.part == "expected" else str
    now: Seen = seen_at(drawing.state, path, stored)
    return ConflictLine(
        path=path,
        field=conflict.part,
        place=_place(writer, path),
        yours=shown_cell(drawing, path, conflict.yours) if is_value else say(conflict.your_text),
        theirs=shown_cell(drawing, path, stored) if is_value else say(conflict.stored_text),
        author=conflict.written_by or _("somebody else"),
        at=moment(conflict.written_at, at) if conflict.written_at else "",
        href=f"#c-{html_id(path)}",
        seen=sign(path, now),
        theirs_json=json.dumps(
            _control_value(drawing, path, stored) if is_value else say(conflict.stored_text),
            ensure_ascii=False,
        ),
    )


def _control_value(drawing: Drawing, path: str, cell: Cell) -> str | list[str]:
    question = question_at(drawing.state.form, path)
    if isinstance(cell.value, list) and not cell.typed:
        return cell.value
    if question is None or (question.kind is Kind.SELECT_MULTIPLE and not cell.value):
        return []
    return cell_text(question, cell, drawing.language)


def _place(writer: FindingWriter, path: str) -> str:
    try:
        return writer.place(path)
    except KeyError:
        return path

"""Answers of a program on their way through the services of the page."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from surveys.campaigns.models import Assignment
from surveys.organisations.models import User
from surveys.responses import services
from surveys.responses.enums import Channel
from surveys.responses.services import CellEdit, SaveOutcome
from surveys.responses.services.cells import cell_json
from surveys.responses.services.rows import RowUnknown

NEW: Final = "@"
"""What stands before the key of a row that the same request adds."""


@dataclass(frozen=True, slots=True)
class RowWish:
    """A row to be added; ``key`` is what the request calls it."""

    repeat: str
    key: str


@dataclass(frozen=True, slots=True)
class WrittenEdits:
    """All that one request wants to write."""

    rows: Sequence[RowWish]
    edits: Sequence[CellEdit]


@dataclass(frozen=True, slots=True)
class NotAllStored:
    """A save of which something met a third value, or was refused; the rest is stored."""

    outcome: SaveOutcome
    rows: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """The place of each edit that is not stored, with why."""
        return {
            "edits": self.outcome.number,
            "rows": self.rows,
            "conflicts": [
                {
                    "path": each.path,
                    "part": each.part,
                    "stored": cell_json(each.stored),
                    "yours": cell_json(each.yours),
                    "stored_text": each.stored_text,
                    "your_text": each.your_text,
                    "written_by": each.written_by,
                    "written_at": each.written_at and each.written_at.isoformat(),
                }
                for each in self.outcome.conflicts
            ],
            "refused": [each.as_json() for each in self.outcome.refused],
        }


def write(
    assignment: Assignment,
    wanted: WrittenEdits,
    *,
    edit_id: str,
    actor: User,
    at: datetime,
) -> tuple[SaveOutcome, dict[str, str]]:
    """Start the response if nobody has, add the rows, store the edits; the outcome and the rows' ids.

    Each step goes through the service of the page, and a repeated ``edit_id`` gets its first outcome
    again. Raises what these raise: nothing is stored then, if the caller is in a transaction.
    """
    response = services.start(assignment, actor=actor, at=at)
    rows: dict[str, str] = {}
    for row in wanted.rows:
        added = services.add_row(
            response,
            repeat=row.repeat,
            edit_id=_of_row(edit_id, row),
            actor=actor,
            at=at,
            channel=Channel.API,
        )
        rows[row.key] = added.row
    outcome = services.save_cells(
        response,
        edit_id=edit_id,
        edits=[_placed(each, rows) for each in wanted.edits],
        actor=actor,
        at=at,
        channel=Channel.API,
    )
    return outcome, rows


def _of_row(edit_id: str, row: RowWish) -> str:
    named = hashlib.sha256(f"{edit_id}/{row.repeat}/{row.key}".encode()).hexdigest()
    return f"api-{named[:32]}"


def _placed(edit: CellEdit, rows: dict[str, str]) -> CellEdit:
    """The edit with the id of its row in place of the key. Raises RowUnknown for a key of no row."""
    parts = edit.path.split("/")
    for position, part in enumerate(parts):
        if part.startswith(NEW):
            if part[1:] not in rows:
                raise RowUnknown(path=edit.path)
            parts[position] = rows[part[1:]]
    return replace(edit, path="/".join(parts))

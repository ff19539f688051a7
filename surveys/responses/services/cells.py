"""What travels when cells are saved: the edits of a person, and what became of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from surveys.engine import Cell, FormState
from surveys.responses.delegation.queries import Share

MOST_CHARACTERS: Final = 10_000
"""The most that an answer holds."""

# PostgreSQL's jsonb takes neither NUL nor half a surrogate pair.
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


class SaveStatus(StrEnum):
    """How a save ended, judged by its worst edit."""

    SAVED = "saved"
    CONFLICT = "conflict"
    REFUSED = "refused"


class CellAct(StrEnum):
    """``keep`` confirms what the last round proposes; ``unlock`` opens what was taken over from it."""

    KEEP = "keep"
    UNLOCK = "unlock"


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One person's change of one cell.

    ``value`` is what was typed, or the items chosen (``None``: the value is not touched);
    ``seen`` is the cell as the browser had shown it. ``missing``, ``reason`` and ``explanation`` are
    ``None`` where they are not touched; a missing code takes the value's place and a typed value the
    code's. ``expected`` is the day on which a missing figure will be there, as it was typed.
    ``seen_reason``, ``seen_expected`` (an ISO date) and ``seen_explanation`` are compared when given.
    ``act`` is what is done to the cell instead of typing.
    """

    path: str
    value: str | list[str] | None = None
    seen: Cell = field(default_factory=Cell)
    missing: str | None = None
    reason: str | None = None
    explanation: str | None = None
    expected: str | None = None
    seen_reason: str | None = None
    seen_expected: str | None = None
    seen_explanation: str | None = None
    act: CellAct | None = None

    @property
    def touches_value(self) -> bool:
        """Whether the value or the missing code is edited, and not remarks alone."""
        return self.value is not None or self.missing is not None or self.act is not None

    @property
    def part(self) -> str:
        """What of the cell is edited; a missing code stands in the place of the value."""
        if self.touches_value:
            return "value"
        remarks = ("reason", "expected", "explanation")
        return next((name for name in remarks if getattr(self, name) is not None), "value")


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit that met a third value: what is stored and by whom, and what was not stored.

    ``part`` is what met it: ``value`` (with ``stored`` and ``yours`` as cells), or ``reason`` or
    ``explanation`` (with the two texts).
    """

    path: str
    stored: Cell
    yours: Cell
    part: str = "value"
    stored_text: str = ""
    your_text: str = ""
    written_by: str = ""
    written_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data for the record of the save."""
        return {
            "path": self.path,
            "part": self.part,
            "stored": cell_json(self.stored),
            "yours": cell_json(self.yours),
            "stored_text": self.stored_text,
            "your_text": self.your_text,
            "written_by": self.written_by,
            "written_at": self.written_at.isoformat() if self.written_at else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The conflict that ``as_json`` wrote."""
        at = data["written_at"]
        return cls(
            path=data["path"],
            stored=cell_from(data["stored"]),
            yours=cell_from(data["yours"]),
            part=data["part"],
            stored_text=data["stored_text"],
            your_text=data["your_text"],
            written_by=data["written_by"],
            written_at=datetime.fromisoformat(at) if at else None,
        )


@dataclass(frozen=True, slots=True)
class RefusedEdit:
    """An edit that cannot be stored: why, in words, and the text that was not stored."""

    path: str
    code: str
    message: str
    text: str
    part: str = "value"

    def as_json(self) -> dict[str, str]:
        """Plain data for the record of the save; of a text that is too long, its beginning."""
        path, text = (UNSTORABLE.sub("\ufffd", t[:MOST_CHARACTERS]) for t in (self.path, self.text))
        return {
            "path": path,
            "code": self.code,
            "message": self.message,
            "text": text,
            "part": self.part,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveOutcome:
    """What became of a save. The edits that are neither in conflict nor refused are stored.

    ``changed`` names every path that looks different now, ``sections`` where they stand, ``redrawn``
    those whose whole content does (see ``engine.Consequences``); ``state`` is the form as it is
    stored now. ``row`` is the row that was added. ``share`` is what the actor may change, where it
    was asked for. ``left`` is what the edits left in their cells, remarks included; ``repeated``
    tells that this is the first answer to the same edit, and that others may have written since.
    """

    number: int
    state: FormState
    changed: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    redrawn: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[RefusedEdit, ...] = ()
    row: str = ""
    share: Share | None = None
    left: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    repeated: bool = False

    @property
    def status(self) -> SaveStatus:
        """A conflict outweighs a refusal: somebody must choose."""
        if self.conflicts:
            return SaveStatus.CONFLICT
        return SaveStatus.REFUSED if self.refused else SaveStatus.SAVED

    def as_json(self) -> dict[str, Any]:
        """What a repeated edit id gets again."""
        return {
            "changed": sorted(self.changed),
            "sections": sorted(self.sections),
            "redrawn": sorted(self.redrawn),
            "conflicts": [conflict.as_json() for conflict in self.conflicts],
            "refused": [edit.as_json() for edit in self.refused],
            "row": self.row,
            "left": dict(self.left),
        }

    @classmethod
    def again(cls, data: Mapping[str, Any], *, number: int, state: FormState) -> Self:
        """The first outcome of an edit, over the form as it stands now."""
        return cls(
            number=number,
            state=state,
            changed=frozenset(data["changed"]),
            sections=frozenset(data["sections"]),
            redrawn=frozenset(data["redrawn"]),
            conflicts=tuple(Conflict.from_json(item) for item in data["conflicts"]),
            refused=tuple(RefusedEdit(**item) for item in data["refused"]),
            row=data["row"],
            left=data.get("left", {}),
            repeated=True,
        )


def cell_json(cell: Cell) -> dict[str, Any]:
    """A cell as it stands in ``AnswerChange``; its origin only where it has one."""
    data = {"value": cell.value, "missing": cell.missing, "typed": cell.typed}
    return data | {"origin": cell.origin} if cell.origin else data


def cell_from(data: Mapping[str, Any]) -> Cell:
    """The cell of an entry in ``AnswerChange``."""
    return Cell(
        value=data["value"],
        missing=data["missing"],
        typed=data["typed"],
        origin=data.get("origin", ""),
    )


def same(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same, however it came; there is more than one way to write nothing."""
    return _content(one) == _content(other)


def _content(cell: Cell) -> tuple[object, str, str]:
    return (None if cell.value in ("", []) else cell.value, cell.missing, cell.typed)

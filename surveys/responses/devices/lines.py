"""The answers of a submission that are not stored, as they are kept for a person."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from surveys.engine import Cell
from surveys.responses.services.cells import cell_from, cell_json


class Left(StrEnum):
    """Why an answer is not stored."""

    CONFLICT = "conflict"
    """Something else stands there."""
    REFUSED = "refused"
    """The draft does not take it; ``message`` says why."""
    UNKNOWN = "unknown"
    """The questionnaire has no such question."""
    OTHER_VERSION = "other_version"
    """The device had another version of the form."""
    FILE = "file"
    """The file is not taken; ``message`` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftLine:
    """An answer that is not stored.

    ``text`` is what the device sent, ``typed`` what a person would type for it (the id of the file
    where ``is_file``), None where no cell takes it; ``stored`` is what stood there then.
    """

    path: str
    left: Left
    text: str
    typed: str | list[str] | None = None
    message: str = ""
    is_file: bool = False
    stored: Cell = field(default_factory=Cell)

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self) | {"left": self.left.value, "stored": cell_json(self.stored)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The line that ``as_json`` wrote."""
        return cls(**{**data, "left": Left(data["left"]), "stored": cell_from(data["stored"])})

"""What the engine is asked with and what it answers: plain immutable data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from surveys.engine.model import Texts

JSONValue = str | list[str] | bool | None
"""A stored answer: numbers as plain-digit strings, dates ISO, several choices as a list."""

Document = dict[str, Any]
"""A JSON document: the border where the type of a member is not known yet."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an evaluation takes from outside: the day, the moment, the reader's language and the
    resolved answers (as ``FormState.submission`` writes them) of the round before.
    """

    today: date
    now: datetime
    language: str = "vi"
    previous: Mapping[str, Any] | None = None


class Origin(StrEnum):
    """How an answer came that nobody has typed; any typed value takes the origin away.

    ``kept``: proposed from the last round and confirmed by a person. ``carried``: taken over from
    the last round and locked. ``agency``: known from the catalogue of agencies. ``upload``: from a
    table that the department uploaded.
    """

    KEPT = "kept"
    CARRIED = "carried"
    AGENCY = "agency"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Cell:
    """One stored answer: its value, or the code why there is none, or the text nobody could read.

    ``origin`` says how the value came where nobody typed it (an ``Origin``), "" elsewhere.
    """

    value: JSONValue = None
    missing: str = ""
    typed: str = ""
    origin: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was entered."""
        return self.value is None and not self.missing and not self.typed


class Grade(StrEnum):
    """How much a finding about the answers matters."""

    HARD = "hard"
    SOFT = "soft"
    INFO = "info"


class FindingCode(StrEnum):
    """Everything that can be wrong with an answer; the interface has words for each."""

    REQUIRED_MISSING = "required_missing"
    UNREADABLE = "unreadable"
    NOT_INTEGER = "not_integer"
    TOO_MANY_DIGITS = "too_many_digits"
    NOT_A_CHOICE = "not_a_choice"
    OUT_OF_RANGE = "out_of_range"
    OFF_STEP = "off_step"
    TOO_LONG = "too_long"
    DUPLICATE = "duplicate"
    MISSING_NOT_ALLOWED = "missing_not_allowed"
    EVIDENCE_MISSING = "evidence_missing"
    CONSTRAINT_FAILED = "constraint_failed"
    WARNING_FAILED = "warning_failed"
    CHANGE_OUTSIDE_BAND = "change_outside_band"
    TABLE_CONSTRAINT_FAILED = "table_constraint_failed"
    TABLE_WARNING_FAILED = "table_warning_failed"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_CELLS = "too_many_cells"
    EXPRESSION_FAILED = "expression_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding about the answers. An empty ``message`` is worded by the interface from ``code``.

    ``explained`` says that a soft finding has a stored explanation.
    """

    code: FindingCode
    path: str
    grade: Grade = Grade.HARD
    message: Texts = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    explained: bool = False


@dataclass(frozen=True, slots=True)
class Consequences:
    """What one edit changed: paths or names (the edited one included) and their sections.

    The name of a table is in ``changed`` when its totals, findings or relevance changed, the name
    of a repeat when its rows did. ``redrawn`` are those of them that came, went or got other rows:
    everything in them is to be shown anew and is not listed cell by cell.
    """

    changed: frozenset[str]
    sections: frozenset[str]
    redrawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions, as a person counts them, are answered."""

    answered: int
    total: int


@dataclass(frozen=True, slots=True)
class TableTotals:
    """The sums a table shows, as plain-digit strings; ``None`` where a sum is not known yet."""

    rows: Mapping[str, str | None]
    columns: Mapping[str, str | None]
    grand: str | None

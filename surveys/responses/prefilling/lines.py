"""The lines of a table that was judged: what becomes of each cell, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.engine import JSONValue
from surveys.engine.uploaded import NotFilled
from surveys.responses.workbooks.words import REASONS as OF_CELLS


class Verdict(StrEnum):
    """What becomes of a cell."""

    WRONG = "wrong"
    ANSWERED = "answered"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Reason(StrEnum):
    """Why a cell is not taken over; for what stands in it see also ``excelform``'s ``Wrong``."""

    AGENCY_UNKNOWN = "agency_unknown"
    AGENCY_NOT_ASKED = "agency_not_asked"
    AGENCY_TWICE = "agency_twice"
    QUESTION_TWICE = "question_twice"
    OTHER_FORM = "other_form"
    MISSING_CODE = "missing_code"
    BY_PERSON = "by_person"
    LOCKED = "locked"


TAKEN: Final = frozenset({Verdict.NEW, Verdict.CHANGED})

VERDICTS: Final[Mapping[Verdict, Promise]] = {
    Verdict.WRONG: _("To correct"),
    Verdict.ANSWERED: _("Answered already"),
    Verdict.NEW: _("New"),
    Verdict.CHANGED: _("To be changed"),
    Verdict.UNCHANGED: _("Unchanged"),
}
"""In the order in which they want attention."""

TONES: Final[Mapping[Verdict, str]] = {Verdict.WRONG: "bad", Verdict.ANSWERED: "warn"}

REASONS: Final[Mapping[str, Promise]] = {
    **OF_CELLS,
    Reason.AGENCY_UNKNOWN: _("No existing agency has this code"),
    Reason.AGENCY_NOT_ASKED: _("This agency is not asked in this round."),
    Reason.AGENCY_TWICE: _("This agency stands further up already."),
    Reason.QUESTION_TWICE: _("This question has a column further left already."),
    Reason.OTHER_FORM: _("The form of this agency does not have this question."),
    Reason.MISSING_CODE: _("Why a figure is missing is for the agency itself to say."),
    Reason.BY_PERSON: _("Somebody has answered it; that is not overwritten."),
    Reason.LOCKED: _("The answers were sent or signed; they are not touched."),
    NotFilled.QUESTION_UNKNOWN: _(
        "The questionnaire has no such question. Write its name, or table/row/column for a cell."
    ),
    NotFilled.PERSONAL_DATA: _("Personal data are not filled in from tables."),
    NotFilled.IN_REPEAT: _("Questions inside repeated lists are not filled in from tables."),
    NotFilled.NOT_ENTERED: _("Nothing is entered at this question: it is worked out, or a file."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One cell of the table. ``where`` is ``sheet!B2``, ``agency`` its code as it stands there, ``text``
    what the cell shows; ``agency_id`` and ``value`` are known where the cell could be read.
    """

    where: str
    verdict: Verdict
    reason: str = ""
    agency: str = ""
    agency_id: int | None = None
    path: str = ""
    text: str = ""
    value: JSONValue = None

    @property
    def spoken_verdict(self) -> str:
        """What becomes of it, in words."""
        return str(VERDICTS[self.verdict])

    @property
    def spoken_reason(self) -> str:
        """Why it is not taken over, in words; empty where it is."""
        return str(REASONS.get(self.reason, ""))

    @property
    def tone(self) -> str:
        """How loud the verdict is; empty where it goes without saying."""
        return TONES.get(self.verdict, "")


def line_json(line: Line) -> dict[str, Any]:
    """The line as plain data, without what is empty."""
    data = {name: getattr(line, name) for name in Line.__slots__}
    return {name: value for name, value in data.items() if value not in (None, "")}


def line_from(data: Mapping[str, Any]) -> Line:
    """The line that ``line_json`` wrote."""
    return Line(**{**data, "verdict": Verdict(data["verdict"])})

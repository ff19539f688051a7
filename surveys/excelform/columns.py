"""Which column of a sheet says what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from surveys.engine import MissingCode, Question
from surveys.excelform import codes

CODE_COLUMN, DONE_COLUMN, NUMBER_COLUMN, LABEL_COLUMN, FIRST_FREE = 1, 2, 3, 4, 5

WIDTHS: Final[Mapping[str, float]] = {
    codes.NUMBER: 7,
    codes.LABEL: 52,
    codes.ANSWER: 30,
    codes.UNIT: 13,
    codes.PREVIOUS: 20,
    codes.MISSING: 13,
    codes.REASON: 24,
    codes.EXPECTED: 14,
    codes.EXPLANATION: 30,
}
"""In characters."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of questions, by their codes, in order."""

    places: Mapping[str, int]

    @property
    def last(self) -> int:
        """The rightmost."""
        return max(self.places.values())

    def at(self, code: str) -> int:
        """The place of a column; 0 where the sheet has none."""
        return self.places.get(code, 0)


def columns_for(questions: Iterable[Question], *, has_previous: bool) -> Columns:
    """The columns that the questions need; none that would stay empty on the whole sheet."""
    asked = list(questions)
    wanted = {codes.NUMBER, codes.LABEL, codes.ANSWER, codes.EXPLANATION}
    if has_previous:
        wanted.add(codes.PREVIOUS)
    if any(each.unit for each in asked):
        wanted.add(codes.UNIT)
    if any(each.missing for each in asked):
        wanted |= {codes.MISSING, codes.REASON}
    if any(MissingCode.NOT_YET in each.missing for each in asked):
        wanted.add(codes.EXPECTED)
    ordered = [code for code in WIDTHS if code in wanted]
    return Columns({code: place for place, code in enumerate(ordered, start=NUMBER_COLUMN)})

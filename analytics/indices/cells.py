"""One value that an index takes of one unit, with its state. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from analytics.dataset import Measure, Value, Variable
from surveys.engine import Choice, MissingCode


class State(StrEnum):
    """Why there is a value, or why there is none. What becomes of a gap is the index's policy."""

    ANSWERED = "answered"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    NOT_YET = "not_yet"
    RESTRICTED = "restricted"
    UNREADABLE = "unreadable"
    NOT_SIGNED = "not_signed"


OF_CODE: Final = {
    MissingCode.NOT_APPLICABLE.value: State.NOT_APPLICABLE,
    MissingCode.NOT_YET.value: State.NOT_YET,
    MissingCode.RESTRICTED.value: State.RESTRICTED,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and its state. ``text`` is what stands instead of a figure: the code of a choice that
    the index scores by itself, or something unreadable.
    """

    state: State
    value: float | None = None
    text: str = ""

    @property
    def shown(self) -> float | str | None:
        """What the arithmetic is given: the figure, the text, the missing code, or nothing."""
        if self.value is not None:
            return self.value
        return self.text or CODES.get(self.state)


CODES: Final = {state: code for code, state in OF_CODE.items()}
"""The missing codes as they stand in the columns of a definition."""

BLANK: Final = Cell(State.BLANK)
NOT_APPLICABLE: Final = Cell(State.NOT_APPLICABLE)
NOT_SIGNED: Final = Cell(State.NOT_SIGNED)


def unreadable(text: str) -> Cell:
    """The cell of something that should be a figure and is none."""
    return Cell(State.UNREADABLE, text=text[:100])


def answered(value: Decimal | float) -> Cell:
    """The cell of a figure; one that no float holds is unreadable."""
    figure = float(value)
    is_finite = abs(figure) < float("inf")
    return Cell(State.ANSWERED, figure) if is_finite else unreadable(str(value))


def missing(code: str) -> Cell:
    """The cell of a missing code; of no code, blank."""
    return Cell(OF_CODE.get(code, State.BLANK))


def cell_of_text(text: str | None) -> Cell:
    """What a cell of an uploaded table says: a figure, a missing code, or nothing.

    A decimal comma is read as a point where there is no point and one comma only.
    """
    word = (text or "").strip().replace("\u00a0", "")
    if not word:
        return BLANK
    if word.upper() in OF_CODE:
        return missing(word.upper())
    if "." not in word and word.count(",") == 1:
        word = word.replace(",", ".")
    return _figure(word)


def cell_of_answer(variable: Variable, value: Value) -> Cell:
    """What an answer is worth: a figure itself; of a choice its score, else its code where that is a
    figure; of several choices the sum of their scores.
    """
    if value is None:
        return BLANK
    if isinstance(value, Decimal):
        return answered(value)
    if value in OF_CODE:
        return missing(value)
    match variable.measure:
        case Measure.CATEGORY:
            return _of_choices([value], variable.choices)
        case Measure.CATEGORIES:
            return _of_choices(value.split(), variable.choices)
        case _:
            return _figure(value)


def _of_choices(codes: Sequence[str], choices: Sequence[Choice]) -> Cell:
    known = {choice.name: choice.score.strip() or choice.name for choice in choices}
    figures = [_figure(known.get(code, code)).value for code in codes]
    readable = [each for each in figures if each is not None]
    return unreadable(" ".join(codes)) if len(readable) < len(codes) else answered(sum(readable))


def _figure(text: str) -> Cell:
    try:
        figure = Decimal(text)
    except InvalidOperation:
        return unreadable(text)
    return answered(figure) if figure.is_finite() else unreadable(text)

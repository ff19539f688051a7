"""What stands in a cell of the copy, and how it is written.

A cell is one of: answered; coded (KAD, CCSL or HC in place of a figure); blank (asked, not answered);
not asked (hidden by skip logic, closed, or no question of the version that was answered); unreadable
(a text where a number belongs). In a file

* a number lies in a column of float64, and what is no number beside it in the column ``<name>!``;
* everything else lies in one column of texts: several choices joined by blanks, dates as ISO texts.

``null`` is blank, and a text that begins with ``!`` is a mark: ``!KAD``, ``!-`` (not asked), ``!?``
(unreadable). An answer that begins with ``!`` itself is written with one more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from analytics.dataset import Measure, Variable
from surveys.engine import MissingCode

MARK: Final = "!"
NUMERIC: Final = (Measure.NUMBER, Measure.ROWS)


class State(StrEnum):
    """What a cell is, its mark in a file being ``!`` and the value; blank and answered have none."""

    ANSWERED = "answered"
    BLANK = "blank"
    NOT_ASKED = "-"
    UNREADABLE = "?"
    NOT_APPLICABLE = MissingCode.NOT_APPLICABLE.value
    NOT_YET = MissingCode.NOT_YET.value
    RESTRICTED = MissingCode.RESTRICTED.value


STATES: Final = tuple(State)
"""The states in the order in which arrays number them: 0 is answered."""

NOT_ASKED: Final = MARK + State.NOT_ASKED
UNREADABLE: Final = MARK + State.UNREADABLE

Cell = tuple[float | str | None, str | None]
"""A value and the mark beside it; of what is no number, the mark stands in the place of the value."""


def escaped(text: str) -> str:
    """An answer as it is written: no mark."""
    return MARK + text if text.startswith(MARK) else text


def answer_of(written: str) -> str | None:
    """The answer behind a written text; None where it is a mark."""
    if not written.startswith(MARK):
        return written
    return written[1:] if written.startswith(MARK * 2) else None


def state_of(written: str | None) -> State:
    """What a written text, or its absence, says."""
    if written is None:
        return State.BLANK
    return State.ANSWERED if answer_of(written) is not None else State(written[1:])


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads one variable's cell from a frozen response."""

    variable: Variable
    steps: tuple[str, ...]
    is_number: bool

    def written(
        self,
        answers: Mapping[str, Any],
        codes: Mapping[str, str],
        is_asked: Callable[[Variable], bool],
    ) -> Cell:
        """Value and mark. ``codes`` are the missing codes by path."""
        stored: Any = answers
        for step in self.steps:
            stored = stored.get(step) if isinstance(stored, dict) else None
        if codes and (code := codes.get(self.variable.path)):
            return self._marked(MARK + code)
        if self.variable.measure is Measure.ROWS and isinstance(stored, list):
            return float(len(stored)), None
        if stored is None or stored in ("", []):
            return self._absent(is_asked(self.variable))
        return self._value(stored)

    def _absent(self, is_asked: bool) -> Cell:  # noqa: FBT001  (what the caller has found out)
        if not is_asked:
            return self._marked(NOT_ASKED)
        return (0.0 if self.variable.measure is Measure.ROWS else None), None

    def _value(self, stored: Any) -> Cell:
        if self.is_number:
            try:
                return float(stored), None
            except (TypeError, ValueError):
                return self._marked(UNREADABLE)
        if isinstance(stored, list):
            return escaped(" ".join(map(str, stored))), None
        return escaped(stored if isinstance(stored, str) else str(stored)), None

    def _marked(self, mark: str) -> Cell:
        return (None, mark) if self.is_number else (mark, None)


def readers_of(variables: Sequence[Variable]) -> tuple[CellReader, ...]:
    """A reader for each variable."""
    return tuple(
        CellReader(variable, tuple(variable.path.split("/")), variable.measure in NUMERIC)
        for variable in variables
    )

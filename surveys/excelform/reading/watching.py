"""A returned workbook's parts, watched while they are parsed.

The package is held to the same limits as any workbook. A flaw in one cell is noted here with its place,
because the other cells of a questionnaire are still worth reading.
"""

import re
from typing import Final

from surveys.xlsform.inspection import Attributes, StylesWatch
from surveys.xlsform.package import Watches
from surveys.xlsform.sheet_inspection import SheetWatch

NO_RESULT: Final = "formula_without_value"
UNREADABLE: Final = "cell_unreadable"
ERROR: Final = "cell_error"

_PERCENT_FORMATS: Final = frozenset({"9", "10"})
"""The two that every program has; others are defined in the workbook."""

_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_RANGE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


class PercentWatch(StylesWatch):
    """The styles, and which of them show a number as a percentage."""

    def __init__(self) -> None:
        super().__init__()
        self.percent: set[str] = set()
        """The styles, as cells name them."""
        self._formats = set(_PERCENT_FORMATS)
        self._cell_styles = -1

    def started(self, name: str, attributes: Attributes) -> None:
        super().started(name, attributes)
        if name == "numFmt":
            if "%" in _LITERAL.sub("", attributes.get("formatCode", "")):
                self._formats.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self._cell_styles = 0
        elif name == "xf" and self._cell_styles >= 0:
            if attributes.get("numFmtId") in self._formats:
                self.percent.add(str(self._cell_styles))
            self._cell_styles += 1

    def ended(self, name: str) -> None:
        if name == "cellXfs":
            self._cell_styles = -1


class AnswerWatch(SheetWatch):
    """One worksheet; rows and columns count from 0 here."""

    def __init__(self, name: str, *, strings: int, styles: StylesWatch) -> None:
        super().__init__(name, strings=strings)
        self.flaws: dict[tuple[int, int], str] = {}
        """What is wrong with a cell, by its place."""
        self.percent: set[tuple[int, int]] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        """Merged areas: first row and column, last row and column."""
        self._percent_styles = styles.percent if isinstance(styles, PercentWatch) else set()

    def started(self, name: str, attributes: Attributes) -> None:
        # Cells first and by themselves: there are more of them than of everything else.
        if name == "c":
            self._begin_cell(attributes)
            if attributes.get("s") in self._percent_styles:
                self.percent.add((self._row - 1, self._column - 1))
            return
        super().started(name, attributes)
        if name == "mergeCell" and (found := _RANGE.fullmatch(attributes.get("ref", ""))):
            left, top, right, bottom = found.groups()
            area = (int(top) - 1, _column(left), int(bottom) - 1, _column(right))
            self.merged.append(area)

    def _report(self, code: str, advice: str) -> None:
        if code in {NO_RESULT, UNREADABLE}:
            is_error = code == UNREADABLE and self._kind == "e"
            self.flaws[self._row - 1, self._column - 1] = ERROR if is_error else code
        else:
            super()._report(code, advice)


WATCHES: Final = Watches(
    sheet=lambda name, strings, styles: AnswerWatch(name, strings=strings, styles=styles),
    styles=PercentWatch,
)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1

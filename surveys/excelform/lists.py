"""The hidden sheet of choices, from which dropdowns are filled."""

from collections.abc import Sequence
from typing import Final

from surveys.excelform.looks import PLAIN
from surveys.excelform.sheet import Sheet, Strings, letters, quoted

SHEET: Final = "_lists"


class Lists:
    """Lists of words by the name under which a validation knows them."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}

    def name(self, words: Sequence[str]) -> str:
        """The name of a list with these entries, the same for the same list."""
        return self._names.setdefault(tuple(words), f"ks_list_{len(self._names) + 1}")

    @property
    def defined(self) -> dict[str, str]:
        """What each name stands for."""
        return {
            name: f"{quoted(SHEET)}!${letters(column)}$1:${letters(column)}${len(words)}"
            for column, (words, name) in enumerate(self._names.items(), start=1)
        }

    def sheet(self, strings: Strings) -> Sheet:
        """The sheet with one list a column."""
        sheet = Sheet(SHEET, strings, state="hidden", may_insert_rows=False)
        for row in range(max((len(words) for words in self._names), default=0)):
            sheet.begin()
            for column, words in enumerate(self._names, start=1):
                if row < len(words):
                    sheet.text(column, PLAIN, words[row])
        return sheet

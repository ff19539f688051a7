"""Pass 2: a sheet becomes rows of named cells that remember where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from surveys.engine.problems import Problem, Severity
from surveys.xlsform.cells import address, clean, straighten
from surveys.xlsform.headers import ColumnKey, read_headers
from surveys.xlsform.vocabulary import EXPRESSIONS, Header
from surveys.xlsform.workbook import Sheet

MAX_EMPTY_ROWS: Final = 60

_TRUE: Final = frozenset({"yes", "true", "true()", "1", "có"})
_FALSE: Final = frozenset({"no", "false", "false()", "0", "không", ""})


class Row:
    """One row: its texts by column, the place of each, and which of them were asked for."""

    __slots__ = ("_cells", "_places", "_read", "number", "sheet")

    def __init__(
        self,
        sheet: str,
        number: int,
        cells: Mapping[ColumnKey, str],
        places: Mapping[ColumnKey, int],
    ) -> None:
        self.sheet = sheet
        self.number = number
        self._cells = cells
        self._places = places
        self._read: set[str] = set()

    def text(self, attribute: str) -> str:
        """The cell's text, "" where there is none."""
        self._read.add(attribute)
        return self._cells.get((attribute, ""), "")

    def texts(self, attribute: str) -> dict[str, str]:
        """The attribute's text in each language that has one."""
        self._read.add(attribute)
        return {
            language: text
            for (name, language), text in self._cells.items()
            if name == attribute and text
        }

    def translated(self, attributes: frozenset[str]) -> list[tuple[str, str, str]]:
        """Every translated text: its attribute, its language and the text itself."""
        return [
            (name, language, text)
            for (name, language), text in self._cells.items()
            if name in attributes
        ]

    def others(self, known: frozenset[str]) -> dict[str, str]:
        """The texts of the sheet's own further columns."""
        found = {name: text for (name, _), text in self._cells.items() if name not in known}
        self._read.update(found)
        return found

    def at(self, attribute: str = "", language: str = "") -> str:
        """The place of a cell; of the row's first column where the sheet lacks the attribute."""
        index = self._places.get((attribute, language))
        if index is None:
            same = [place for (name, _), place in self._places.items() if name == attribute]
            index = min(same or self._places.values(), default=0)
        return address(self.sheet, self.number, index)

    def problem(
        self,
        code: str,
        attribute: str,
        name: str,
        advice: str,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at one of the row's cells."""
        return Problem(code, self.at(attribute), name, advice, severity)

    def unread(self) -> list[Problem]:
        """What stands in cells that nothing asked for: they have no effect on this kind of row."""
        left = {name for name, _ in self._cells} - self._read
        return [
            self.problem(
                "cell_not_used",
                name,
                name,
                "This column has no effect on a row of this type.",
                Severity.IGNORED,
            )
            for name in sorted(left)
        ]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet that hold anything, and its languages."""

    rows: tuple[Row, ...] = ()
    languages: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    attributes: frozenset[str] = frozenset()


def read_rows(
    sheet: Sheet, header: Header, *, default_language: str, collapse: bool = True
) -> Table:
    """The sheet's rows below its first row that is not empty, up to a gap of many empty ones."""
    start = next((i for i, row in enumerate(sheet.rows) if any(map(str.strip, row))), None)
    if start is None:
        return Table()
    columns = read_headers(sheet.name, start + 1, sheet.rows[start], header, default_language)
    # What yields comes first, so that the other column's text replaces it.
    ordered = sorted(columns.keys.items(), key=lambda column: column[0] not in columns.yielding)
    places = {key: index for index, key in ordered}
    end = _end(sheet, start)
    rows = []
    for number, texts in enumerate(sheet.rows[start + 1 : end], start=start + 2):
        cells = {
            key: text
            for index, key in ordered
            if index < len(texts) and (text := _text(key, texts[index], collapse=collapse))
        }
        if cells:
            rows.append(Row(sheet.name, number, cells, places))
    return Table(
        tuple(rows),
        columns.languages(),
        (*columns.problems, *_headless(sheet, start, end), *_beyond(sheet, end)),
        frozenset(name for name, _ in places),
    )


def yes_or_no(text: str) -> bool | None:
    """The truth of a cell that wants yes or no; ``None`` when it says something else."""
    lowered = text.lower()
    if lowered in _TRUE:
        return True
    return False if lowered in _FALSE else None


def _text(key: ColumnKey, text: str, *, collapse: bool) -> str:
    if not text:
        return ""
    cleaned = clean(text, collapse=collapse)
    return straighten(cleaned) if key[0] in EXPRESSIONS else cleaned


def _end(sheet: Sheet, start: int) -> int:
    """Behind the last row of the form: a long gap ends it, as it does for other readers."""
    gap = 0
    for index in range(start, len(sheet.rows)):
        gap = 0 if any(map(str.strip, sheet.rows[index])) else gap + 1
        if gap > MAX_EMPTY_ROWS:
            return index
    return len(sheet.rows)


def _beyond(sheet: Sheet, end: int) -> list[Problem]:
    """The first thing below the gap, if there is any."""
    for number, texts in enumerate(sheet.rows[end:], start=end + 1):
        for index, text in enumerate(texts):
            if text.strip():
                advice = f"More than {MAX_EMPTY_ROWS} empty rows stand above it; move it up."
                at = address(sheet.name, number, index)
                return [Problem("content_beyond", at, text.strip(), advice, Severity.WARNING)]
    return []


def _headless(sheet: Sheet, start: int, end: int) -> list[Problem]:
    """Columns with something in them but without a name."""
    header = sheet.rows[start]
    found: dict[int, int] = {}
    for number, texts in enumerate(sheet.rows[start + 1 : end], start=start + 2):
        for index, text in enumerate(texts):
            named = index < len(header) and header[index].strip()
            if text and not named and text.strip():
                found.setdefault(index, number)
    return [
        Problem(
            "column_without_header",
            address(sheet.name, number, index),
            advice="Give the column a name in the first row, or empty it.",
            severity=Severity.IGNORED,
        )
        for index, number in found.items()
    ]

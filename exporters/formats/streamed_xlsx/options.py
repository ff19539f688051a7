"""What the caller chooses of a streamed workbook, and the limits that Excel sets."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384
MAX_TEXT: Final = 32_767
"""UTF-16 units in a cell."""
MAX_LINKS: Final = 65_530
MAX_NAME: Final = 31
"""UTF-16 units in the name of a sheet."""


class Heads(StrEnum):
    """What stands above the data."""

    NAMES = "names"
    LABELS = "labels"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words that the writer adds by itself, in the language of the file."""

    long_texts: str = "Long texts"
    sheet: str = "Sheet"
    cell: str = "Cell"
    column: str = "Column"
    part: str = "Part"
    text: str = "Text"


@dataclass(frozen=True, slots=True, kw_only=True)
class XlsxOptions:
    """``zone``: whose wall clock moments show, because Excel knows no zones. ``marks_apart``: missing
    codes stand in a column of their own instead of in the cell. A table goes on in a next sheet after
    ``most_rows`` rows (the head among them) or ``most_columns`` columns."""

    heads: Heads = Heads.NAMES
    zone: str = "UTC"
    marks_apart: bool = False
    creator: str = ""
    words: Words = Words()
    most_rows: int = MAX_ROWS
    most_columns: int = MAX_COLUMNS

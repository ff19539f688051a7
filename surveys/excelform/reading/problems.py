"""What can be wrong with a cell of a returned workbook."""

from dataclasses import dataclass
from enum import StrEnum


class Wrong(StrEnum):
    """Everything that a cell can be refused for; the interface has words for each."""

    # The cell itself
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    CELL_ERROR = "cell_error"
    CELL_UNREADABLE = "cell_unreadable"
    MERGED = "merged"
    # What stands in it
    NO_NUMBER = "no_number"
    NOT_WHOLE = "not_whole"
    TOO_MANY_DIGITS = "too_many_digits"
    NUMBER_IS_DATE = "number_is_date"
    NO_DATE = "no_date"
    DATE_IS_NUMBER = "date_is_number"
    NO_TIME = "no_time"
    CHOICE_UNKNOWN = "choice_unknown"
    CHOICE_AMBIGUOUS = "choice_ambiguous"
    NO_TICK = "no_tick"
    NO_RANK = "no_rank"
    TOO_LONG = "too_long"
    MISSING_UNKNOWN = "missing_unknown"
    MISSING_BESIDE_VALUE = "missing_beside_value"
    # The hidden codes
    CODE_TWICE = "code_twice"
    CODE_UNKNOWN = "code_unknown"
    HEAD_MISSING = "head_missing"
    SECTION_ABSENT = "section_absent"


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Something that cannot be taken, and where it stands.

    ``cell`` is empty where the sheet as a whole is meant, ``path`` where no answer is; ``text`` is what
    stands there.
    """

    code: Wrong
    sheet: str
    cell: str = ""
    path: str = ""
    text: str = ""

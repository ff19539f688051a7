"""What becomes of an answer of a workbook, and why, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.excelform.comparing import Line, Refusal, Verdict
from surveys.excelform.reading.problems import Wrong
from surveys.responses.workbooks.terms import NOT_CITED, PART_OF_ANOTHER

VERDICTS: Final[Mapping[Verdict, Promise]] = {
    Verdict.WRONG: _("To correct"),
    Verdict.CONFLICT: _("Changed meanwhile"),
    Verdict.REFUSED: _("Cannot be changed"),
    Verdict.NEW: _("New answer"),
    Verdict.CHANGED: _("Changed answer"),
    Verdict.CLEARED: _("Empty cell"),
    Verdict.UNCHANGED: _("As stored"),
}
"""In the order in which they want attention."""

TONES: Final[Mapping[Verdict, str]] = {
    Verdict.WRONG: "bad",
    Verdict.CONFLICT: "warn",
    Verdict.REFUSED: "warn",
}

REASONS: Final[Mapping[str, Promise]] = {
    Wrong.FORMULA_WITHOUT_VALUE: _(
        "The formula has no stored result. Open the file in a spreadsheet program and save it, or type "
        "the figure."
    ),
    Wrong.CELL_ERROR: _("The formula in this cell gives an error. Correct it or type the figure."),
    Wrong.CELL_UNREADABLE: _(
        "The cell holds characters or a date that cannot be stored. Type it again."
    ),
    Wrong.MERGED: _(
        "The cell is merged with its neighbours, so it is not clear which answer is meant. Unmerge the "
        "cells and write each answer into its own."
    ),
    Wrong.NO_NUMBER: _("This is not a number. Write digits only, such as 1.234,5."),
    Wrong.NOT_WHOLE: _("A whole number is asked for here."),
    Wrong.TOO_MANY_DIGITS: _("The number has more digits than can be kept exactly."),
    Wrong.NUMBER_IS_DATE: _(
        "The spreadsheet program has made a date of the number. Set the cell's format to Number and "
        "type it again."
    ),
    Wrong.NO_DATE: _("This is not a date. Write day/month/year."),
    Wrong.DATE_IS_NUMBER: _("The cell shows a number instead of a date. Write day/month/year."),
    Wrong.NO_TIME: _("This is not a time of day. Write it as 08:30."),
    Wrong.CHOICE_UNKNOWN: _("This is not one of the choices. Choose from the list of the cell."),
    Wrong.CHOICE_AMBIGUOUS: _(
        "Several choices have these words. Choose from the list of the cell, with the code in brackets."
    ),
    Wrong.NO_TICK: _("Put an x here to choose this, or leave the cell empty."),
    Wrong.NO_RANK: _("Write the places 1, 2, 3, each once."),
    Wrong.TOO_LONG: _("The text has more than 10,000 characters."),
    Wrong.MISSING_UNKNOWN: _("This question does not accept that reason for a missing figure."),
    Wrong.MISSING_BESIDE_VALUE: _(
        "There are an answer and a reason for having none. Keep one of the two."
    ),
    Wrong.CODE_TWICE: _(
        "This row stands twice in the workbook, hidden code included, so it is not clear which one "
        "counts. Delete one, or insert an empty row instead of copying."
    ),
    Wrong.CODE_UNKNOWN: _("The hidden code of this row names no question of the form."),
    Wrong.HEAD_MISSING: _(
        "The hidden head of this table is gone, so its columns cannot be told apart. Download the Excel "
        "questionnaire again."
    ),
    Wrong.SECTION_ABSENT: _("This section is not in the workbook; its answers stay as they are."),
    Refusal.READ_ONLY: _("The answer is worked out or locked; nothing can be entered here."),
    Refusal.CLOSED: _("The cell is greyed: this figure is not asked for."),
    Refusal.NOT_ASKED: _("With the other answers this question is not asked."),
    Refusal.ROW_UNKNOWN: _("This row was deleted in the system meanwhile."),
    Refusal.ROWS_COUNTED: _("The number of these rows follows from another answer."),
    Refusal.TOO_MANY_ROWS: _("A list holds at most 1,000 rows."),
    NOT_CITED: _("The response was returned for other questions; this answer stays as it was."),
    PART_OF_ANOTHER: _("Somebody else of your agency does this part."),
    "newer": _("It was changed in the system after the workbook was made; that stays."),
}

CONFLICT: Final = _(
    "Somebody changed this answer in the system after the workbook was made. Decide on the page of the "
    "question; the workbook does not overwrite it."
)
CLEARED: Final = _("An empty cell clears nothing unless you say so above.")
ROW_NEW: Final = _("A new row.")
ROW_GONE: Final = _("This row is not in the workbook.")


def reason_of(line: Line) -> str:
    """Why a line has its verdict; empty where that explains itself."""
    if line.reason:
        return str(REASONS.get(line.reason, ""))
    if line.verdict is Verdict.CONFLICT:
        return str(CONFLICT)
    return str(CLEARED) if line.verdict is Verdict.CLEARED else ""

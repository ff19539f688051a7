"""Answers on their way into cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from surveys.engine import Cell, Kind, Question
from surveys.excelform.codes import SEVERAL, TICK
from surveys.excelform.looks import FIELDS
from surveys.excelform.sheet import MAX_TEXT, Sheet
from surveys.excelform.styles import Form, Variant

MAX_DIGITS: Final = 15
"""Of a number in a workbook; what is longer would be rounded."""

_FIRST_DAY: Final = date(1900, 3, 1)
"""Before it, programs count days differently."""
_EPOCH: Final = date(1899, 12, 30).toordinal()
_SECONDS: Final = 86_400

FORMS: Final[Mapping[Kind, Form]] = {
    Kind.INTEGER: Form.WHOLE,
    Kind.DECIMAL: Form.NUMBER,
    Kind.RANGE: Form.NUMBER,
    Kind.DATE: Form.DATE,
    Kind.DATETIME: Form.MOMENT,
    Kind.TIME: Form.TIME,
}
"""How the answers of a kind stand in a cell; all others are text."""

NUMERIC: Final = frozenset({Form.WHOLE, Form.NUMBER})
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """What is put into a cell: a number in plain digits, else a text."""

    text: str = ""
    digits: str = ""


EMPTY: Final = Written()


def write_answer(
    sheet: Sheet, column: int, question: Question, written: Written, variant: Variant
) -> None:
    """Put an answer into its cell. A text that no cell can hold is told of and locked."""
    form = FORMS.get(question.kind, Form.TEXT)
    if question.kind is Kind.CALCULATE and written.digits:
        form = Form.NUMBER
    if written.digits:
        if form is Form.NUMBER and "." not in written.digits and variant is Variant.READ:
            form = Form.WHOLE
        sheet.number(column, FIELDS[form, variant], written.digits)
    elif not written.text:
        sheet.blank(column, FIELDS[form, variant])
    else:
        sheet.text(column, FIELDS[form, variant], written.text)


def is_too_long(written: Written) -> bool:
    """Whether no cell can hold the text."""
    text = written.text
    # Programs count the halves of letters beyond the first 65,536.
    return len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > MAX_TEXT


def written_cell(question: Question, cell: Cell, choices: Texts) -> Written:
    """What stands for a stored cell: its value, else what nobody could read."""
    return Written(cell.typed) if cell.typed else written_value(question, cell.value, choices)


def written_value(question: Question, value: Any, choices: Texts) -> Written:
    """What stands for a value, ``choices`` being the words of each choice."""
    if not value:
        return EMPTY
    if isinstance(value, bool) or question.kind is Kind.ACKNOWLEDGE:
        return Written(TICK)
    if isinstance(value, list):
        return Written(SEVERAL.join(choices.get(str(each), str(each)) for each in value))
    text = str(value)
    read = _READERS.get(question.kind)
    return Written(choices.get(text, text)) if read is None else read(text)


def number_cell(digits: str) -> Written:
    """A number, or its text where a workbook would round it."""
    plain = digits.replace("-", "", 1).replace(".", "", 1)
    if not (plain.isascii() and plain.isdigit()):
        return Written(digits)
    return Written(digits=digits) if len(plain.lstrip("0")) <= MAX_DIGITS else Written(digits)


def _day(text: str) -> Written:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Written(text)
    if day < _FIRST_DAY:
        return Written(f"{day:%d/%m/}{day.year:04d}")
    return Written(digits=str(day.toordinal() - _EPOCH))


def _moment(text: str) -> Written:
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return Written(text)
    if moment.date() < _FIRST_DAY:
        return Written(text)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return Written(digits=f"{moment.toordinal() - _EPOCH + seconds / _SECONDS:.10f}")


def _clock(text: str) -> Written:
    try:
        hours, minutes, *rest = (int(float(part)) for part in text.split(":"))
    except ValueError:
        return Written(text)
    seconds = hours * 3600 + minutes * 60 + (rest[0] if rest else 0)
    return Written(digits=f"{seconds / _SECONDS:.10f}")


_READERS: Final[Mapping[Kind, Callable[[str], Written]]] = {
    Kind.INTEGER: number_cell,
    Kind.DECIMAL: number_cell,
    Kind.RANGE: number_cell,
    Kind.CALCULATE: number_cell,
    Kind.DATE: _day,
    Kind.DATETIME: _moment,
    Kind.TIME: _clock,
}

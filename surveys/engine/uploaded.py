"""What a table from outside may fill in: single questions and cells of tables, value by value."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from surveys.engine.answers import Unreadable, value_of
from surveys.engine.carrying import LISTED, NEVER, Start
from surveys.engine.documents import Address, UnknownPath, address, is_table, with_answer
from surveys.engine.evaluation import Evaluation
from surveys.engine.form import Form
from surveys.engine.model import Kind, Question
from surveys.engine.results import Context, Document, JSONValue, Origin


class NotFilled(StrEnum):
    """Why nothing is filled in at a path."""

    QUESTION_UNKNOWN = "question_unknown"
    PERSONAL_DATA = "personal_data"
    IN_REPEAT = "in_repeat"
    NOT_ENTERED = "not_entered"


def refusal_at(form: Form, path: str) -> NotFilled | None:
    """Why nothing is filled in at a path; None where it may be.

    A question that is only to be read may be filled in: nobody else can. Personal data never is, and
    neither is what is computed, hidden, a file, or an act of the respondent.
    """
    where = _place(form, path)
    if where is None:
        return NotFilled.QUESTION_UNKNOWN
    part = where.part
    if part.owner and not is_table(form.parts[part.owner]):
        return NotFilled.IN_REPEAT
    if part.question.personal_data:
        return NotFilled.PERSONAL_DATA
    if part.question.kind in NEVER or part.calculation is not None:
        return NotFilled.NOT_ENTERED
    return None


def fits(form: Form, path: str, value: JSONValue) -> bool:
    """Whether a stored answer of another day can still stand at the path of this form."""
    if refusal_at(form, path) is not None:
        return False
    question = address(form, path).part.question
    try:
        known = value_of(question.kind, value)
    except Unreadable:
        return False
    if known is None:
        return False
    if question.kind is Kind.INTEGER and isinstance(known, Decimal) and known % 1:
        return False
    if question.kind not in LISTED:
        return True
    offered = {choice.name for choice in form.choices_of(question)}
    return offered.issuperset(value if isinstance(value, list) else [str(value)])


def fillable_paths(form: Form) -> tuple[str, ...]:
    """Every path at which something may be filled in, in the order of the form."""
    found = []
    for part in form.parts.values():
        if not isinstance(part.element, Question):
            continue
        if not part.owner:
            paths = [part.name]
        elif is_table(form.parts[part.owner]):
            paths = [f"{part.owner}/{row}/{part.name}" for row in form.row_codes(part.owner)]
        else:
            paths = []
        found += [path for path in paths if refusal_at(form, path) is None]
    return tuple(found)


def uploaded_start(
    form: Form, answers: Document, values: Mapping[str, JSONValue], context: Context
) -> Start:
    """The answers with the values, by path, that fit the form, each remarked as uploaded.

    A value goes before the answer that stands at its path. Greyed cells of tables stay empty.
    """
    remarks: Document = {}
    for path, value in values.items():
        if not fits(form, path, value):
            continue
        where = address(form, path)
        if where.part.closed is not None:
            state = Evaluation(form, answers, {}, {}, context)
            if state.is_closed(where.part, where.row):
                continue
        answers = with_answer(answers, where, value)
        remarks[path] = {"origin": Origin.UPLOAD.value}
    return Start(answers, remarks)


def _place(form: Form, path: str) -> Address | None:
    """The question of a path; None where the form has none there, or the table no such row."""
    try:
        where = address(form, path)
    except UnknownPath:
        return None
    part = where.part
    if not isinstance(part.element, Question):
        return None
    is_cell = bool(part.owner) and is_table(form.parts[part.owner])
    return None if is_cell and where.row not in form.row_codes(part.owner) else where

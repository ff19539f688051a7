"""The answers as they are frozen."""

from surveys.engine.answers import stored_of
from surveys.engine.documents import ROW_ID, is_repeat, is_table
from surveys.engine.evaluation import Evaluation
from surveys.engine.model import Kind, Question
from surveys.engine.results import Document


def frozen(state: Evaluation) -> Document:
    """Relevant answers and computed ones, in document order, without blanks."""
    answers: Document = {}
    for name, part in state.form.parts.items():
        if part.owner:
            continue
        if isinstance(part.element, Question):
            if part.element.kind is not Kind.NOTE:
                value = stored_of(state.read(name, None))
                if value is not None:
                    answers[name] = value
        elif is_repeat(part):
            if rows := [{ROW_ID: row, **_row(state, name, row)} for row in state.row_ids(name)]:
                answers[name] = rows
        elif is_table(part):
            cells = {row: _row(state, name, row) for row in state.row_ids(name)}
            if filled := {row: found for row, found in cells.items() if found}:
                answers[name] = filled
    return answers


def _row(state: Evaluation, owner: str, row: str) -> Document:
    values = ((name, state.read(name, row)) for name in state.form.columns.get(owner, ()))
    return {name: stored_of(value) for name, value in values if value is not None}

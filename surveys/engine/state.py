"""The answers of one response seen through its form."""

from collections.abc import Mapping

from surveys.engine.form import Form
from surveys.engine.model import Choice
from surveys.engine.results import (
    Cell,
    Consequences,
    Context,
    Document,
    Finding,
    JSONValue,
    Progress,
    TableTotals,
)


class FormState:
    """Answers under a form: lazy and memoised, nothing is evaluated until asked."""

    form: Form
    answers: Document
    remarks: Document
    typed: Document
    context: Context

    def __init__(
        self,
        form: Form,
        *,
        answers: Document,
        remarks: Document | None = None,
        typed: Document | None = None,
        context: Context,
    ) -> None:
        raise NotImplementedError

    def cell(self, path: str) -> Cell:
        """The stored cell, whether it is relevant or not."""
        raise NotImplementedError

    def value(self, path: str) -> JSONValue:
        """The value as expressions read it; ``None`` is blank."""
        raise NotImplementedError

    def evaluate(self, expression: str) -> JSONValue:
        """The value of an expression over the whole response; raises ExpressionError."""
        raise NotImplementedError

    def is_relevant(self, path: str) -> bool:
        """Whether the element of that name or path is shown."""
        raise NotImplementedError

    def is_required(self, path: str) -> bool:
        """Whether an answer is wanted before sending."""
        raise NotImplementedError

    def is_read_only(self, path: str) -> bool:
        """Whether a person may not type here (also true of computed answers)."""
        raise NotImplementedError

    def is_closed(self, path: str) -> bool:
        """Whether a table cell is greyed."""
        raise NotImplementedError

    def choices(self, path: str) -> tuple[Choice, ...]:
        """The choices on offer, after ``choice_filter``."""
        raise NotImplementedError

    def rows(self, name: str) -> tuple[str, ...]:
        """Active row ids of a repeat, row codes of a table."""
        raise NotImplementedError

    def totals(self, table: str) -> TableTotals:
        """The sums of a table's numeric columns."""
        raise NotImplementedError

    def set(self, path: str, cell: Cell) -> Consequences:
        """Store a cell and say what changed."""
        raise NotImplementedError

    def add_row(
        self, repeat: str, row_id: str, *, values: Mapping[str, JSONValue] | None = None
    ) -> Consequences:
        """Append a row with its defaults."""
        raise NotImplementedError

    def delete_row(self, repeat: str, row_id: str) -> Consequences:
        """Take a row out."""
        raise NotImplementedError

    def restore_row(
        self, repeat: str, row_id: str, index: int, values: Mapping[str, JSONValue]
    ) -> Consequences:
        """Put a deleted row back."""
        raise NotImplementedError

    def move_row(self, repeat: str, row_id: str, index: int) -> Consequences:
        """Move a row to another place."""
        raise NotImplementedError

    def findings(self, section: str | None = None) -> tuple[Finding, ...]:
        """What is wrong with the answers, in document order."""
        raise NotImplementedError

    def progress(self, section: str | None = None) -> Progress:
        """How far the respondent is."""
        raise NotImplementedError

    def submission(self) -> Document:
        """The answers as they would be frozen."""
        raise NotImplementedError

    def read_input(self, path: str, text: str | list[str]) -> Cell:
        """What a person typed, as a cell."""
        raise NotImplementedError


def initial_answers(form: Form, context: Context) -> Document:
    """The answers a new draft starts with: every default, evaluated once."""
    raise NotImplementedError

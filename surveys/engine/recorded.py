"""What lies in the documents of a response, and what was worked out from it so far."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

from surveys.engine.answers import Unreadable, value_of
from surveys.engine.documents import (
    ROW_ID,
    is_table,
    path_of,
    repeat_rows,
    table_row,
)
from surveys.engine.expressions import EvaluationError, Value
from surveys.engine.expressions.values import civil
from surveys.engine.form import Form, Part
from surveys.engine.results import Context, Document, TableTotals

Rows = dict[str | None, Any]


class Recorded:
    """The documents of a response, read as they stand, and the memory of an evaluation.

    Documents are never written to. ``succeed`` makes the evaluation of changed documents that
    takes over whatever the change cannot have touched.
    """

    def __init__(
        self, form: Form, answers: Document, remarks: Document, typed: Document, context: Context
    ) -> None:
        self.form = form
        self.answers = answers
        self.remarks = remarks
        self.typed = typed
        self.context = context
        self.evidence: Mapping[str, int] | None = None
        self.values: dict[str, Rows] = {}
        self.shown: dict[str, Rows] = {}
        self.active: dict[str, tuple[str, ...]] = {}
        self.index: dict[str, Mapping[str, Document]] = {}
        self.offered: dict[str, Rows] = {}
        self.sums: dict[str, TableTotals] = {}
        self.firsts: dict[str, dict[Value, tuple[int, str]]] = {}
        self.failures: dict[str, EvaluationError] = {}
        self.is_working_below = False

    def succeed(
        self, names: frozenset[str], answers: Document, remarks: Document, typed: Document
    ) -> Self:
        """The evaluation of changed documents; nothing outside ``names`` hangs on the change."""
        after = type(self)(self.form, answers, remarks, typed, self.context)
        after.evidence = self.evidence
        for memo in ("values", "shown", "active", "index", "offered", "sums", "firsts"):
            kept = {name: rows for name, rows in getattr(self, memo).items() if name not in names}
            setattr(after, memo, kept)
        after.failures = {
            path: failure
            for path, failure in self.failures.items()
            if path.rpartition("/")[2] not in names
        }
        return after

    @property
    def today(self) -> date:
        """The caller's day."""
        return self.context.today

    @property
    def now(self) -> datetime:
        """The caller's moment in local civil time."""
        return civil(self.context.now)

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.context.language

    def given(self, part: Part, row: str | None) -> Value:
        """The stored answer; blank under a missing code or beside unreadable text."""
        stored = self.stored(part, row)
        if self.remarks or self.typed:
            path = path_of(part, row)
            remark = self.remarks.get(path)
            if path in self.typed or (remark is not None and remark.get("missing")):
                return None
        if stored is None:
            return None
        try:
            return value_of(part.question.kind, stored)
        except Unreadable:
            return None

    def stored(self, part: Part, row: str | None) -> Any:
        """What lies in the document."""
        owner = part.owner
        if not owner:
            return self.answers.get(part.name)
        if is_table(self.form.parts[owner]):
            return table_row(self.answers, owner, row).get(part.name)
        return self.rows_by_id(owner).get(row or "", {}).get(part.name)

    def rows_by_id(self, repeat: str) -> Mapping[str, Document]:
        """The stored rows of a repeat by their id, in order."""
        known = self.index.get(repeat)
        if known is None:
            rows = repeat_rows(self.answers, repeat)
            known = self.index[repeat] = {str(row.get(ROW_ID)): row for row in rows}
        return known

    def previous(self, name: str, row: str | None) -> Value:
        """The answer of the round before."""
        answers = self.context.previous
        if answers is None:
            return None
        part = self.form.parts[name]
        if not part.owner:
            stored = answers.get(name)
        elif is_table(self.form.parts[part.owner]):
            stored = table_row(answers, part.owner, row).get(name)
        else:
            rows = repeat_rows(answers, part.owner)
            stored = next((each.get(name) for each in rows if each.get(ROW_ID) == row), None)
        try:
            return value_of(part.question.kind, stored)
        except Unreadable:
            return None

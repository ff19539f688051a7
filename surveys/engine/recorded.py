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
    table_rows,
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
        self._silent: frozenset[str] | None = None

    def succeed(
        self, names: frozenset[str], answers: Document, remarks: Document, typed: Document
    ) -> Self:
        """The evaluation of changed documents; nothing outside ``names`` hangs on the change."""
        after = type(self)(self.form, answers, remarks, typed, self.context)
        after.evidence = self.evidence
        if remarks is self.remarks and typed is self.typed:
            after._silent = self._silent  # noqa: SLF001  (another of the same class)
        for memo in ("values", "shown", "active", "offered", "sums", "firsts"):
            kept = {name: rows for name, rows in getattr(self, memo).items() if name not in names}
            setattr(after, memo, kept)
        written = names | {self.form.parts[name].owner for name in names if name in self.form.parts}
        after.index = {name: rows for name, rows in self.index.items() if name not in written}
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

    @property
    def silent(self) -> frozenset[str]:
        """The paths where what is stored is no value: under a missing code, or unreadable text."""
        if self._silent is None:
            coded = (path for path, remark in self.remarks.items() if (remark or {}).get("missing"))
            self._silent = frozenset((*self.typed, *coded))
        return self._silent

    def given(self, part: Part, row: str | None) -> Value:
        """The stored answer; blank under a missing code or beside unreadable text."""
        stored = self.stored(part, row)
        if stored is None or (self.silent and path_of(part, row) in self.silent):
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
        cells = self.stored_rows(owner).get(row or "")
        return None if cells is None else cells.get(part.name)

    def stored_rows(self, owner: str) -> Mapping[str, Document]:
        """The stored rows of a table by their code, those of a repeat by their id in order."""
        known = self.index.get(owner)
        if known is None:
            if is_table(self.form.parts[owner]):
                known = table_rows(self.answers, owner)
            else:
                rows = repeat_rows(self.answers, owner)
                known = {str(row.get(ROW_ID)): row for row in rows}
            self.index[owner] = known
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

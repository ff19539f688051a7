"""The lazy, memoised reading of answers through a form."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from surveys.engine.answers import Unreadable, coerced, value_of
from surveys.engine.documents import (
    ROW_ID,
    is_repeat,
    is_table,
    path_of,
    repeat_rows,
    table_row,
)
from surveys.engine.expressions import Compiled, EvaluationError, Scope, Value
from surveys.engine.expressions.functions.numbers import sum_of
from surveys.engine.expressions.values import civil, number_of, number_text, truth_of
from surveys.engine.form import Form, Part
from surveys.engine.model import Choice, MissingCode, Table, Totals
from surveys.engine.results import Context, Document, TableTotals

MAX_ROWS: Final = 1_000
DEEP: Final = 3
"""Computed answers further up than this are worked out from below, so that no chain is too long."""

Rows = dict[str | None, Any]


class Evaluation:
    """Reads values, relevance, rows and totals; what was worked out once is kept.

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
        self.values: dict[str, Rows] = {}
        self.shown: dict[str, Rows] = {}
        self.active: dict[str, tuple[str, ...]] = {}
        self.index: dict[str, Mapping[str, Document]] = {}
        self.offered: dict[str, Rows] = {}
        self.sums: dict[str, TableTotals] = {}
        self.failures: dict[str, EvaluationError] = {}

    def succeed(
        self, names: frozenset[str], answers: Document, remarks: Document, typed: Document
    ) -> "Evaluation":
        """The evaluation of changed documents; nothing outside ``names`` hangs on the change."""
        after = Evaluation(self.form, answers, remarks, typed, self.context)
        for memo in ("values", "shown", "active", "index", "offered", "sums"):
            kept = {name: rows for name, rows in getattr(self, memo).items() if name not in names}
            setattr(after, memo, kept)
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

    def read(self, name: str, row: str | None) -> Value:
        """One answer as expressions see it."""
        memo = self.values.get(name)
        if memo is None:
            memo = self.values[name] = {}
        elif row in memo:
            value: Value = memo[row]
            return value
        part = self.form.parts[name]
        value = None
        if part.closed is None or not self.is_closed(part, row):
            value = self.open_value(part, row)
        memo[row] = value
        return value

    def read_open(self, name: str, row: str | None) -> Value:
        """One cell as if it were not closed."""
        part = self.form.parts[name]
        return self.read(name, row) if part.closed is None else self.open_value(part, row)

    def read_all(self, name: str) -> tuple[Value, ...]:
        """The answers of every active row."""
        return tuple(self.read(name, row) for row in self.row_ids(self.form.parts[name].owner))

    def open_value(self, part: Part, row: str | None) -> Value:
        """The value, closed or not."""
        if part.guards and not self.is_shown(part, row):
            return None
        if (rule := part.calculation) is not None:
            return self.computed(part, rule, row)
        return self.given(part, row)

    def computed(self, part: Part, rule: Compiled, row: str | None) -> Value:
        """What the calculation gives."""
        if part.level > DEEP:
            self.work_out_below(part, row)
        dot = self.given(part, row) if rule.is_once else None
        value = self.run(part, "calculation", row, dot)
        return coerced(part.question.kind, value)

    def work_out_below(self, part: Part, row: str | None) -> None:
        """Evaluate what the answer hangs on, the lowest first."""
        for name in self.form.upstream(part.name):
            below = self.form.parts[name]
            if not below.owner or below.owner == part.owner:
                self.read(name, row if below.owner else None)
            else:
                self.read_all(name)

    def run(self, part: Part, rule: str, row: str | None, dot: Value = None) -> Value:
        """What one of the element's rules gives; an impossible value is kept as a failure."""
        try:
            return part.rules[rule].run(Scope(self, row, dot))
        except EvaluationError as failure:
            self.failures[path_of(part, row)] = failure
            return None

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

    def is_shown(self, part: Part, row: str | None) -> bool:
        """Whether the element and everything around it is relevant."""
        for guard in part.guards:
            memo = self.shown.setdefault(guard.name, {})
            at = row if guard.is_in_row else None
            if at not in memo:
                memo[at] = truth_of(self.run(self.form.parts[guard.name], "relevant", at))
            if not memo[at]:
                return False
        return True

    def is_closed(self, part: Part, row: str | None) -> bool:
        """Whether the table cell is greyed."""
        if part.closed is None:
            return False
        try:
            return truth_of(part.closed.run(Scope(self, row, part.name)))
        except EvaluationError as failure:
            self.failures[path_of(part, row)] = failure
            return False

    def is_true(self, part: Part, rule: str, row: str | None) -> bool:
        """Whether a condition such as ``required`` holds."""
        return rule in part.rules and truth_of(self.run(part, rule, row))

    def row_ids(self, owner: str) -> tuple[str, ...]:
        """The active rows of a repeat or table; none while it is not relevant."""
        known = self.active.get(owner)
        if known is None:
            part = self.form.parts[owner]
            if part.guards and not self.is_shown(part, None):
                known = ()
            elif is_repeat(part):
                known = self.repeat_ids(part)
            else:
                known = self.form.row_codes(owner)
            self.active[owner] = known
        return known

    def repeat_ids(self, part: Part) -> tuple[str, ...]:
        """The rows of a repeat: those stored, as many as ``repeat_count`` says."""
        stored = tuple(self.rows_by_id(part.name))
        if "repeat_count" not in part.rules:
            return stored
        count = number_of(self.run(part, "repeat_count", None))
        wanted = 0 if count is None else int(count.to_integral_value(ROUND_DOWN))
        wanted = max(0, min(wanted, MAX_ROWS))
        taken, number = list(stored[:wanted]), 0
        while len(taken) < wanted:
            number += 1
            if (row := str(number)) not in self.rows_by_id(part.name):
                taken.append(row)
        return tuple(taken)

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

    def missing_code(self, name: str, row: str | None) -> str | None:
        """Why there is no figure; blank where the question is not relevant."""
        if not self.remarks:
            return None
        part = self.form.parts[name]
        remark = self.remarks.get(path_of(part, row))
        code = remark.get("missing") if remark else None
        return code if code and self.is_shown(part, row) else None

    def choices(self, part: Part, row: str | None) -> tuple[Choice, ...]:
        """The choices on offer, after ``choice_filter``."""
        known = self.form.definition.lists.get(part.question.list_name)
        if known is None:
            return ()
        if "choice_filter" not in part.rules:
            return known.choices
        memo = self.offered.setdefault(part.name, {})
        if row not in memo:
            memo[row] = self.filtered(part, row, known.choices)
        offered: tuple[Choice, ...] = memo[row]
        return offered

    def filtered(
        self, part: Part, row: str | None, choices: tuple[Choice, ...]
    ) -> tuple[Choice, ...]:
        """The choices for which the filter holds."""
        run, scope = part.rules["choice_filter"].run, Scope(self, row, self.read(part.name, row))
        kept = []
        items = self.form.items[part.question.list_name]
        for choice, scope.item in zip(choices, items, strict=True):
            try:
                if truth_of(run(scope)):
                    kept.append(choice)
            except EvaluationError as failure:
                self.failures[path_of(part, row)] = failure
        return tuple(kept)

    def totals(self, part: Part) -> TableTotals:
        """The sums of a table's numeric columns."""
        known = self.sums.get(part.name)
        if known is None:
            known = self.sums[part.name] = self.work_out_totals(part)
        return known

    def work_out_totals(self, part: Part) -> TableTotals:
        """Row, column and grand totals. Computed columns are summed down, never across."""
        table = part.element
        assert isinstance(table, Table)
        columns = [self.form.parts[column.name] for column in table.columns]
        numeric = [column for column in columns if column.is_numeric]
        asked = [column for column in numeric if column.calculation is None]
        rows = self.row_ids(part.name)
        across = table.totals in {Totals.ROWS, Totals.BOTH}
        down = table.totals in {Totals.COLUMNS, Totals.BOTH}
        return TableTotals(
            {row: self.total([(c, row) for c in asked]) for row in rows} if across else {},
            {c.name: self.total([(c, row) for row in rows]) for c in numeric} if down else {},
            self.total([(c, row) for row in rows for c in asked]) if across and down else None,
        )

    def total(self, cells: list[tuple[Part, str]]) -> str | None:
        """The sum of cells; blank while one is blank without the code "not applicable"."""
        numbers: list[Decimal] = []
        is_counted = False
        for part, row in cells:
            value = self.read(part.name, row)
            if isinstance(value, Decimal):
                numbers.append(value)
            elif self.is_left_out(part, row):
                continue
            elif self.missing_code(part.name, row) != MissingCode.NOT_APPLICABLE:
                return None
            is_counted = True
        return number_text(sum_of(numbers)) if is_counted else None

    def is_left_out(self, part: Part, row: str) -> bool:
        """Whether a cell stands outside every sum: closed or not relevant."""
        return self.is_closed(part, row) or (bool(part.guards) and not self.is_shown(part, row))

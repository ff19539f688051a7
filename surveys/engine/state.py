"""The answers of one response seen through its form."""

from collections.abc import Iterable, Mapping

from surveys.engine.answers import read_typed, stored_of
from surveys.engine.changes import Comparison
from surveys.engine.checks import findings_of, is_required
from surveys.engine.documents import (
    ROW_ID,
    Address,
    UnknownPath,
    address,
    is_repeat,
    is_table,
    path_of,
    repeat_rows,
    with_answer,
    with_member,
)
from surveys.engine.drafts import row_defaults, settle
from surveys.engine.evaluation import Evaluation
from surveys.engine.expressions import Compiled, ExpressionError
from surveys.engine.expressions.scope import Scope
from surveys.engine.form import Form, Part
from surveys.engine.model import Choice, Element, Question
from surveys.engine.progress import progress_of
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
from surveys.engine.submission import frozen
from surveys.engine.totals import totals_of
from surveys.engine.wording import with_answers


class RowExists(ValueError):
    """A row id that is taken already."""


class FormState:
    """Answers under a form: lazy and memoised, nothing is evaluated until asked.

    The documents given are never written to; ``set`` and the row edits replace ``answers``,
    ``remarks`` and ``typed`` by changed copies. A path that leads nowhere raises UnknownPath.

    ``evidence`` is the number of documents behind an answer by path; ``None`` says that evidence is
    not managed here, so that none is missing.
    """

    def __init__(
        self,
        form: Form,
        *,
        answers: Document,
        remarks: Document | None = None,
        typed: Document | None = None,
        context: Context,
        evidence: Mapping[str, int] | None = None,
    ) -> None:
        self.form = form
        self.context = context
        self._now = Evaluation(form, answers, remarks or {}, typed or {}, context)
        self._now.evidence = evidence

    @property
    def answers(self) -> Document:
        """The answers document as it is to be stored."""
        return self._now.answers

    @property
    def remarks(self) -> Document:
        """Missing codes, reasons and explanations by path."""
        return self._now.remarks

    @property
    def typed(self) -> Document:
        """Text that nobody could read, by path."""
        return self._now.typed

    @property
    def evidence(self) -> Mapping[str, int] | None:
        """How many documents there are behind an answer, by path; ``None``: not managed."""
        return self._now.evidence

    def cell(self, path: str) -> Cell:
        """The stored cell, whether it is relevant or not."""
        where = self._question(path)
        remark = self._now.remarks.get(path) or {}
        return Cell(
            value=self._now.stored(where.part, where.row),
            missing=remark.get("missing") or "",
            typed=self._now.typed.get(path) or "",
        )

    def value(self, path: str) -> JSONValue:
        """The value as expressions read it; ``None`` is blank."""
        where = self._question(path)
        if not self._is_active(where):
            return None
        return stored_of(self._now.read(where.part.name, where.row))

    def evaluate(self, expression: str) -> JSONValue:
        """The value of an expression over the whole response.

        Raises ExpressionError for a wrong expression, EvaluationError for an impossible value.
        """
        compiled = self.form.compile(expression)
        if not compiled.is_usable:
            wrong = compiled.problems[0]
            raise ExpressionError(wrong.code, wrong.advice, position=wrong.position)
        return self.run(compiled)

    def run(self, compiled: Compiled) -> JSONValue:
        """The value of what ``Form.compile`` made, for one expression over many responses."""
        return stored_of(compiled.run(Scope(self._now)))

    def is_relevant(self, path: str) -> bool:
        """Whether the element or section of that name or path is shown."""
        if "/" not in path and path not in self.form.parts:
            self.form.section(path)
            return True
        where = address(self.form, path)
        return self._is_active(where) and self._now.is_shown(where.part, where.row)

    def is_required(self, path: str) -> bool:
        """Whether an answer is wanted before sending."""
        where = self._question(path)
        return is_required(self._now, where.part, where.row)

    def is_read_only(self, path: str) -> bool:
        """Whether a person may not type here (also true of computed answers)."""
        where = self._question(path)
        question = where.part.question
        if not question.is_answerable or where.part.calculation is not None:
            return True
        return self._now.is_true(where.part, "read_only", where.row)

    def is_closed(self, path: str) -> bool:
        """Whether a table cell is greyed."""
        where = self._question(path)
        return self._now.is_closed(where.part, where.row)

    def choices(self, path: str) -> tuple[Choice, ...]:
        """The choices on offer, after ``choice_filter``."""
        where = self._question(path)
        return self._now.choices(where.part, where.row)

    def words(self, path: str, text: str) -> str:
        """A label, hint or message of the element at ``path`` with the answers it refers to."""
        where = address(self.form, path)
        return with_answers(self._now, text, where.part.owner, where.row)

    def rows(self, name: str) -> tuple[str, ...]:
        """Active row ids of a repeat, row codes of a table; none while it is not relevant."""
        part = self._owner(name)
        return self._now.row_ids(part.name)

    def totals(self, table: str) -> TableTotals:
        """The sums of a table's numeric columns."""
        part = self._owner(table)
        if not is_table(part):
            raise UnknownPath(table)
        return totals_of(self._now, part)

    def set(self, path: str, cell: Cell) -> Consequences:
        """Store a cell and say what changed.

        In a repeat counted by ``repeat_count`` the rows up to the edited one come to be.
        """
        where = self._question(path)
        return self._move(self._with_cell(where, path, cell), where)

    def put(self, path: str, cell: Cell) -> None:
        """Store a cell as ``set`` does, for whoever does not ask what changed."""
        where = self._question(path)
        self._now, _ = settle(self._with_cell(where, path, cell), where)

    def explain(
        self, path: str, *, explanation: str = "", reason: str = "", expected: str = ""
    ) -> Consequences:
        """Store the explanation of a soft finding, or the reason for a missing code and the day
        (an ISO date) on which the figure is expected.
        """
        where = address(self.form, path)
        remark = dict(self._now.remarks.get(path) or {})
        remark = with_member(remark, "explanation", explanation)
        remark = with_member(remark, "reason", reason)
        remark = with_member(remark, "expected", expected)
        remarks = with_member(self._now.remarks, path, remark)
        after = self._now.succeed(frozenset(), self._now.answers, remarks, self._now.typed)
        return self._move(after, where)

    def set_evidence(self, path: str, count: int) -> Consequences:
        """Tell how many documents there are behind an answer; evidence is managed from then on."""
        where = self._question(path)
        after = self._now.succeed(
            frozenset(), self._now.answers, self._now.remarks, self._now.typed
        )
        after.evidence = {**(self._now.evidence or {}), path: count}
        return self._move(after, where)

    def add_row(
        self, repeat: str, row_id: str, *, values: Mapping[str, JSONValue] | None = None
    ) -> Consequences:
        """Append a row with its defaults. Raises RowExists for an id that is taken."""
        started = {**row_defaults(self._now, repeat), **(values or {})}
        return self.restore_row(repeat, row_id, len(self._rows(repeat)), started)

    def delete_row(self, repeat: str, row_id: str) -> Consequences:
        """Take a row out; its remarks stay for ``restore_row``. Raises UnknownPath."""
        rows = self._rows(repeat)
        kept = [row for row in rows if row[ROW_ID] != row_id]
        if len(kept) == len(rows):
            raise UnknownPath(f"{repeat}/{row_id}")
        return self._with_new_rows(repeat, kept)

    def restore_row(
        self, repeat: str, row_id: str, index: int, values: Mapping[str, JSONValue]
    ) -> Consequences:
        """Put a row in at a place, e.g. a deleted one. Raises RowExists."""
        rows = self._rows(repeat)
        if any(row[ROW_ID] == row_id for row in rows):
            raise RowExists(f"{repeat}/{row_id}")
        known = self.form.columns.get(repeat, ())
        row: Document = {ROW_ID: row_id}
        row |= {k: v for k, v in values.items() if k in known and v is not None}
        return self._with_new_rows(repeat, [*rows[:index], row, *rows[index:]])

    def move_row(self, repeat: str, row_id: str, index: int) -> Consequences:
        """Move a row to another place. Raises UnknownPath."""
        rows = self._rows(repeat)
        moved = [row for row in rows if row[ROW_ID] == row_id]
        if not moved:
            raise UnknownPath(f"{repeat}/{row_id}")
        rest = [row for row in rows if row[ROW_ID] != row_id]
        return self._with_new_rows(repeat, [*rest[:index], *moved, *rest[index:]])

    def findings(self, section: str | None = None) -> tuple[Finding, ...]:
        """What is wrong with the answers, in document order."""
        found: list[Finding] = []
        for elements in self._shown_sections(section):
            found.extend(findings_of(self._now, elements))
        return tuple(found)

    def progress(self, section: str | None = None) -> Progress:
        """How far the respondent is."""
        answered = total = 0
        for elements in self._shown_sections(section):
            part = progress_of(self._now, elements)
            answered, total = answered + part.answered, total + part.total
        return Progress(answered, total)

    def submission(self) -> Document:
        """The answers as they would be frozen: what is not relevant is dropped, what is
        computed is included, blanks are left out.
        """
        return frozen(self._now)

    def read_input(self, path: str, text: str | list[str]) -> Cell:
        """What a person typed, as a cell; ``Cell(typed=…)`` when it cannot be read."""
        where = self._question(path)
        question = where.part.question
        # Of choices with the same label the one on offer is meant.
        choices = self._now.choices(where.part, where.row)
        cell = read_typed(question, text, choices, self.context.language)
        if not cell.typed or "choice_filter" not in where.part.rules:
            return cell
        choices = self._now.known_choices(where.part)
        return read_typed(question, text, choices, self.context.language)

    def _question(self, path: str) -> Address:
        where = address(self.form, path)
        if not isinstance(where.part.element, Question):
            raise UnknownPath(path)
        return where

    def _owner(self, name: str) -> Part:
        part = self.form.parts.get(name)
        if part is None or not (is_repeat(part) or is_table(part)):
            raise UnknownPath(name)
        return part

    def _is_active(self, where: Address) -> bool:
        owner = where.part.owner
        return not owner or where.row in self._now.row_ids(owner)

    def _rows(self, repeat: str) -> list[Document]:
        if not is_repeat(self._owner(repeat)):
            raise UnknownPath(repeat)
        return repeat_rows(self._now.answers, repeat)

    def _with_cell(self, where: Address, path: str, cell: Cell) -> Evaluation:
        """The evaluation with one cell stored."""
        answers = with_answer(self._with_rows(where), where, cell.value)
        remarks = self._with_missing(path, cell.missing)
        typed = with_member(self._now.typed, path, cell.typed)
        names = self.form.downstream(where.part.name) | {where.part.owner}
        return self._now.succeed(names, answers, remarks, typed)

    def _with_missing(self, path: str, code: str) -> Document:
        remark = with_member(self._now.remarks.get(path) or {}, "missing", code)
        return with_member(self._now.remarks, path, remark)

    def _with_rows(self, where: Address) -> Document:
        """The answers with the row of a counted repeat in them; raises UnknownPath."""
        owner, row = where.part.owner, where.row
        if not owner:
            return self._now.answers
        if is_table(self.form.parts[owner]):
            if row not in self.form.row_codes(owner):
                raise UnknownPath(path_of(where.part, row))
            return self._now.answers
        if row in self._now.rows_by_id(owner):
            return self._now.answers
        active = self._now.row_ids(owner)
        if row not in active:
            raise UnknownPath(path_of(where.part, row))
        rows = repeat_rows(self._now.answers, owner)
        defaults = row_defaults(self._now, owner)
        new = active[len(rows) : active.index(row) + 1]
        rows.extend({ROW_ID: each, **defaults} for each in new)
        return {**self._now.answers, owner: rows}

    def _with_new_rows(self, repeat: str, rows: list[Document]) -> Consequences:
        answers = with_member(self._now.answers, repeat, rows)
        names = self.form.downstream(repeat)
        for member in self.form.columns.get(repeat, ()):
            names |= self.form.downstream(member)
        after = self._now.succeed(names, answers, self._now.remarks, self._now.typed)
        return self._move(after, Address(self.form.parts[repeat], None), redrawn=[repeat])

    def _move(
        self, after: Evaluation, edited: Address, *, redrawn: Iterable[str] = ()
    ) -> Consequences:
        before = self._now
        self._now, written = settle(after, edited)
        places = [(where.part.name, where.row) for where in written]
        return Comparison(self.form, before, self._now).follow(places, redrawn=redrawn)

    def _shown_sections(self, name: str | None) -> Iterable[tuple[Element, ...]]:
        wanted = self.form.sections if name is None else (self.form.section(name),)
        for section in wanted:
            if self.is_relevant(section.name):
                yield section.elements

"""The answers of one response seen through its form: everything that can be asked."""

from collections.abc import Iterable, Mapping

from surveys.engine.answers import read_typed, stored_of
from surveys.engine.carrying import proposal_at, proposals_in, walk_outside
from surveys.engine.checks import findings_of, is_required
from surveys.engine.documents import (
    Address,
    UnknownPath,
    address,
    is_repeat,
    is_table,
)
from surveys.engine.evaluation import Evaluation
from surveys.engine.expressions import Compiled, ExpressionError, Value
from surveys.engine.expressions.scope import Scope
from surveys.engine.form import Form, Part, Section
from surveys.engine.model import Choice, Element, Question
from surveys.engine.progress import progress_of
from surveys.engine.results import (
    Cell,
    Context,
    Document,
    Finding,
    JSONValue,
    Origin,
    Progress,
    TableTotals,
)
from surveys.engine.submission import frozen
from surveys.engine.totals import totals_of
from surveys.engine.wording import with_answers


class Reading:
    """What stands in the documents of a response, and what follows from it.

    Lazy and memoised: nothing is evaluated until asked. The documents given are never written to. A
    path that leads nowhere raises UnknownPath.

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
        self._told: tuple[Evaluation, dict[str, tuple[Finding, ...]]] = (self._now, {})

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
            origin=remark.get("origin") or "",
        )

    def proposal(self, path: str) -> JSONValue:
        """What the last round proposes where nothing stands yet; it is no answer."""
        where = self._question(path)
        return proposal_at(self._now, where.part, where.row) if self._is_active(where) else None

    def proposals(self, where: str = "") -> dict[str, JSONValue]:
        """Every proposal by path: at a path, of an element or section, or of all where "" is given.

        Raises UnknownPath.
        """
        name, inside, _rest = where.partition("/")
        if inside:
            self._question(where)
        elements = self._elements(name)
        found: dict[str, JSONValue] = {}
        for element in walk_outside(elements):
            found |= proposals_in(self._now, element.name)
        return {p: v for p, v in found.items() if not inside or p == where}

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
        """Whether a person may not type here: computed answers and carried ones are locked too."""
        where = self._question(path)
        question = where.part.question
        if not question.is_answerable or where.part.calculation is not None:
            return True
        remark = self._now.remarks.get(path) if self._now.remarks else None
        if remark and remark.get("origin") == Origin.CARRIED and self.cell(path).value is not None:
            return True
        return self._now.is_true(where.part, "read_only", where.row)

    def is_closed(self, path: str) -> bool:
        """Whether a table cell is greyed."""
        where = self._question(path)
        return self._now.is_closed(where.part, where.row)

    def outcome(self, path: str, rule: str) -> Value:
        """What one rule of the element gives by itself, whether the element is shown or not.

        Raises UnknownPath where there is no such rule that can be used, EvaluationError for an
        impossible value.
        """
        where = address(self.form, path)
        part = where.part
        if rule not in part.rules:
            raise UnknownPath(f"{path}.{rule}")
        is_question = isinstance(part.element, Question)
        dot = self._now.read(part.name, where.row) if is_question else None
        return part.rules[rule].run(Scope(self._now, where.row, dot))

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

    def findings(self, section: str | None = None) -> tuple[Finding, ...]:
        """What is wrong with the answers, in document order; worked out once for each section."""
        pages = self.form.sections if section is None else (self.form.section(section),)
        return tuple(finding for page in pages for finding in self._findings_on(page))

    def _findings_on(self, page: Section) -> tuple[Finding, ...]:
        if self._told[0] is not self._now:
            self._told = (self._now, {})
        told = self._told[1]
        if page.name not in told:
            shown = page.elements if self.is_relevant(page.name) else ()
            # What is on no page is hidden by no page's condition.
            unseen = self.form.unseen.get(page.name, ())
            told[page.name] = tuple(findings_of(self._now, (*shown, *unseen)))
        return told[page.name]

    def progress(self, section: str | None = None) -> Progress:
        """How far the respondent is."""
        answered = total = 0
        for elements in self._shown_sections(section):
            part = progress_of(self._now, elements)
            answered, total = answered + part.answered, total + part.total
        return Progress(answered, total)

    def progress_in(self, names: Iterable[str]) -> Progress:
        """How far the named questions, tables and repeats are; those that are not shown count for
        nothing. KeyError for a name that the form lacks.
        """
        return progress_of(self._now, (self.form.element(name) for name in names))

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

    def _elements(self, name: str) -> tuple[Element, ...]:
        """The element, what stands on the page, or everything where ``name`` is ""."""
        if not name:
            return self.form.definition.children
        if name in self.form.parts:
            return (self.form.parts[name].element,)
        try:
            return self.form.section(name).elements
        except KeyError as unknown:
            raise UnknownPath(name) from unknown

    def _owner(self, name: str) -> Part:
        part = self.form.parts.get(name)
        if part is None or not (is_repeat(part) or is_table(part)):
            raise UnknownPath(name)
        return part

    def _is_active(self, where: Address) -> bool:
        owner = where.part.owner
        return not owner or where.row in self._now.row_ids(owner)

    def _shown_sections(self, name: str | None) -> Iterable[tuple[Element, ...]]:
        wanted = self.form.sections if name is None else (self.form.section(name),)
        for section in wanted:
            if self.is_relevant(section.name):
                yield section.elements

"""What a returned workbook would change: every answer in it against what is stored."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from surveys.engine import Cell, Finding, Form, FormState, Kind, Question, read_typed
from surveys.excelform.reading.problems import CellProblem, Wrong
from surveys.excelform.reading.returned import Given, Returned
from surveys.excelform.reading.sheets import Spot
from surveys.excelform.reading.values import (
    Outcome,
    read_day,
    read_listed,
    read_missing,
    read_remark,
    read_value,
    shown,
)
from surveys.excelform.writing_down import with_cells

NOTHING: Final = Cell()
_CLOCKS: Final = frozenset({Kind.TIME, Kind.DATETIME})


class Verdict(StrEnum):
    """What becomes of an answer of the workbook."""

    NEW = "new"
    CHANGED = "changed"
    CLEARED = "cleared"
    """The cell is empty and an answer is stored: it stays, unless the person says otherwise."""
    CONFLICT = "conflict"
    """Somebody else changed the answer after the workbook was made, and so did the workbook."""
    REFUSED = "refused"
    """This person cannot change it here and now; ``reason`` says why."""
    WRONG = "wrong"
    """The cell cannot be read; ``reason`` is a ``Wrong``."""
    UNCHANGED = "unchanged"


class Part(StrEnum):
    """What of an answer a line is about."""

    VALUE = "value"
    REASON = "reason"
    EXPECTED = "expected"
    EXPLANATION = "explanation"
    ROW = "row"
    """A row of a repeat: new, or gone from the workbook."""


class Refusal(StrEnum):
    """Why an answer is refused that can be read; who asks adds reasons of their own."""

    READ_ONLY = "read_only"
    CLOSED = "closed"
    NOT_ASKED = "not_asked"
    ROW_UNKNOWN = "row_unknown"
    ROWS_COUNTED = "rows_counted"
    TOO_MANY_ROWS = "too_many_rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answer of the workbook beside what is stored.

    ``old`` and ``new`` are the cells of a value; of a remark or a row, ``old_text`` and ``new_text``
    are. ``sheet`` and ``cell`` say where it stands, ``text`` what it shows there.
    """

    path: str
    part: Part = Part.VALUE
    verdict: Verdict
    reason: str = ""
    old: Cell = NOTHING
    new: Cell = NOTHING
    old_text: str = ""
    new_text: str = ""
    sheet: str = ""
    cell: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every line in the form's order, what is wrong beside them, and the form as it would be."""

    lines: tuple[Line, ...]
    problems: tuple[CellProblem, ...]
    after: FormState
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Under which a workbook is compared.

    ``barrier`` gives the reason for which this person may not change a path, empty where they may.
    ``since`` holds, by path, the cells as they were when the workbook was made, of those that were
    changed later, and ``rows_since`` the rows that came later. ``language`` is the workbook's.
    """

    language: str = "vi"
    barrier: Callable[[str], str] = field(default=lambda _path: "")
    since: Mapping[str, Cell] = field(default_factory=dict)
    rows_since: frozenset[str] = frozenset()
    most_rows: int = 1_000


TERMS: Final = Terms()


def compare(workbook: Returned, state: FormState, terms: Terms = TERMS) -> Comparison:
    """Every answer of the workbook against the state, which is left as it is."""
    return _Comparer(workbook, state, terms).compare()


def same(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same; there is more than one way to write nothing."""
    return (one.value or None, one.missing, one.typed) == (
        other.value or None,
        other.missing,
        other.typed,
    )


def plainly(question: Question, cell: Cell) -> Cell:
    """The cell as it would be read today: 08:30:00 is 08:30."""
    if question.kind not in _CLOCKS or not isinstance(cell.value, str):
        return cell
    read = read_typed(question, cell.value, (), "vi")
    return cell if read.typed else read


class _Comparer:
    """Reads the answers in the form's order; later ones may hang on earlier ones."""

    def __init__(self, workbook: Returned, state: FormState, terms: Terms) -> None:
        self.workbook = workbook
        self.state = state
        self.form: Form = state.form
        self.terms = terms
        self.rows: dict[str, str] = {}
        """Why a row of the workbook is not taken, by its path; empty for one that is."""
        self.lines: list[Line] = []

    def compare(self) -> Comparison:
        """The whole workbook."""
        self._compare_rows()
        for given in self.workbook.given.values():
            self.lines.extend(self._compare(given))
        after = self._after()
        lines = [self._settled(line, after) for line in self.lines]
        if lines != self.lines:
            self.lines = lines
            after = self._after()
        findings = findings_about(after, self.lines)
        elements = self.form.definition.elements()
        order = {element.name: number for number, element in enumerate(elements)}
        self.lines.sort(key=lambda line: order.get(line.path.partition("/")[0], len(order)))
        return Comparison(tuple(self.lines), self.workbook.problems, after, findings)

    def _compare_rows(self) -> None:
        for repeat, rows in self.workbook.rows.items():
            stored = [row["_id"] for row in self.state.answers.get(repeat, ())]
            is_counted = bool(getattr(self.form.element(repeat), "repeat_count", ""))
            active = {*stored, *self.state.rows(repeat)}
            for row in rows.present:
                if row not in active:
                    self.rows[f"{repeat}/{row}"] = Refusal.ROW_UNKNOWN
            room = self.terms.most_rows - len(stored)
            for number, (row, spot) in enumerate(rows.new.items()):
                reason = Refusal.TOO_MANY_ROWS if number >= room else ""
                self._compare_new_row(
                    f"{repeat}/{row}", spot, Refusal.ROWS_COUNTED if is_counted else reason
                )
            if is_counted:
                continue
            for row in stored:
                path = f"{repeat}/{row}"
                if row not in rows.present and path not in self.terms.rows_since:
                    self._compare_absent_row(path)

    def _compare_new_row(self, path: str, spot: Spot, refused: str) -> None:
        reason = refused or self.terms.barrier(path.partition("/")[0])
        self.rows[path] = reason
        self.lines.append(
            Line(
                path=path,
                part=Part.ROW,
                verdict=Verdict.REFUSED if reason else Verdict.NEW,
                reason=reason,
                sheet=spot.sheet.name,
                cell=spot.name,
            )
        )

    def _compare_absent_row(self, path: str) -> None:
        reason = self.terms.barrier(path)
        if not reason:
            self.lines.append(Line(path=path, part=Part.ROW, verdict=Verdict.CLEARED))

    def _compare(self, given: Given) -> Iterator[Line]:
        row = given.path.rpartition("/")[0]
        if refused := self.rows.get(row, ""):
            if refused == Refusal.ROW_UNKNOWN and given.value and not given.value.is_blank:
                yield _line(given, given.place, Verdict.REFUSED, refused)
            return
        stored = NOTHING if row in self.rows else self.state.cell(given.path)
        yield from self._compare_value(given, stored)
        yield from self._compare_remarks(given)

    def _compare_value(self, given: Given, stored: Cell) -> Iterator[Line]:
        outcome, spot = self._read(given, stored)
        if isinstance(outcome, Wrong):
            yield replace(_line(given, spot, Verdict.WRONG, outcome), old=stored)
            return
        if outcome.is_empty and stored.is_empty:
            return
        verdict, reason = self._verdict(given, stored, outcome)
        yield replace(_line(given, spot, verdict, reason), old=stored, new=outcome)

    def _read(self, given: Given, stored: Cell) -> tuple[Outcome, Spot]:
        """What the answer's cells say, and the cell that says it."""
        question = given.question
        outcome: Outcome = NOTHING
        spot = given.value or given.place
        if given.choices:
            order = [choice.name for choice in self.form.choices_of(question)]
            outcome, spoiled = read_listed(given.choices, question, stored, order)
            spot = spoiled or next(iter(given.choices.values()))
        elif given.value is not None:
            outcome = self._read_value(given.value, given.path, question)
        if given.missing is None or given.missing.is_blank or isinstance(outcome, Wrong):
            return outcome, spot
        code = read_missing(given.missing, question)
        if isinstance(code, Wrong):
            return code, given.missing
        if not outcome.is_empty and outcome.missing != code:
            return Wrong.MISSING_BESIDE_VALUE, given.missing
        return Cell(missing=code), given.missing

    def _read_value(self, spot: Spot, path: str, question: Question) -> Outcome:
        choices = self.form.choices_of(question)
        outcome = read_value(spot, question, choices, self.terms.language)
        if outcome is Wrong.CHOICE_AMBIGUOUS and question.choice_filter:
            row = path.rpartition("/")[0]
            if row not in self.rows:
                offered = self.state.choices(path)
                outcome = read_value(spot, question, offered, self.terms.language)
        return outcome

    def _verdict(self, given: Given, stored: Cell, wanted: Cell) -> tuple[Verdict, str]:
        path, question = given.path, given.question
        if same(plainly(question, stored), wanted):
            return Verdict.UNCHANGED, ""
        if path in self.terms.since:
            # The workbook still says what it was made with: it is the colleague who changed it.
            if same(plainly(question, self.terms.since[path]), wanted):
                return Verdict.UNCHANGED, "newer"
            if not wanted.is_empty:
                return Verdict.CONFLICT, ""
        if wanted.is_empty and not stored.is_empty:
            reason = self.terms.barrier(path)
            return (Verdict.UNCHANGED, reason) if reason else (Verdict.CLEARED, "")
        if reason := self.terms.barrier(path):
            return Verdict.REFUSED, reason
        return (Verdict.NEW if stored.is_empty else Verdict.CHANGED), ""

    def _compare_remarks(self, given: Given) -> Iterator[Line]:
        remarks = self.state.remarks.get(given.path) or {}
        for part, spot in (
            (Part.REASON, given.reason),
            (Part.EXPECTED, given.expected),
            (Part.EXPLANATION, given.explanation),
        ):
            if spot is None:
                continue
            stored = str(remarks.get(part.value) or "")
            wanted = read_day(spot) if part is Part.EXPECTED else read_remark(spot)
            if isinstance(wanted, Wrong):
                line = _line(given, spot, Verdict.WRONG, wanted)
                yield replace(line, part=part, old_text=stored)
            elif wanted or stored:
                yield self._remark_line(given, spot, part, stored, wanted)

    def _remark_line(self, given: Given, spot: Spot, part: Part, stored: str, wanted: str) -> Line:
        if wanted == stored:
            verdict, reason = Verdict.UNCHANGED, ""
        elif not wanted:
            verdict, reason = Verdict.CLEARED, ""
        elif reason := self.terms.barrier(given.path):
            verdict = Verdict.REFUSED
        else:
            verdict = Verdict.CHANGED if stored else Verdict.NEW
        line = _line(given, spot, verdict, reason)
        return replace(line, part=part, old_text=stored, new_text=wanted)

    def _after(self) -> FormState:
        return taken_over(self.state, self.lines)

    def _settled(self, line: Line, after: FormState) -> Line:
        """The line, refused where the form as it would be does not take it."""
        if line.part is Part.ROW or line.verdict not in TAKEN:
            return line
        if line.part is Part.VALUE:
            if after.is_closed(line.path):
                return replace(line, verdict=Verdict.REFUSED, reason=Refusal.CLOSED)
            if after.is_read_only(line.path):
                return replace(line, verdict=Verdict.REFUSED, reason=Refusal.READ_ONLY)
        if not after.is_relevant(line.path):
            return replace(line, verdict=Verdict.REFUSED, reason=Refusal.NOT_ASKED)
        return line


TAKEN: Final = frozenset({Verdict.NEW, Verdict.CHANGED})
"""What is taken over without asking again."""


def taken_over(state: FormState, lines: Iterable[Line]) -> FormState:
    """The form with what the lines would change; ``state`` stays as it is."""
    cells: dict[str, Cell] = {}
    remarks: dict[str, dict[str, str]] = {}
    rows: list[str] = []
    for line in lines:
        if line.verdict not in TAKEN:
            continue
        if line.part is Part.ROW:
            rows.append(line.path)
        elif line.part is Part.VALUE:
            cells[line.path] = line.new
        else:
            remarks.setdefault(line.path, {})[line.part.value] = line.new_text
    return with_cells(state, rows=rows, cells=cells, remarks=remarks)


def findings_about(after: FormState, lines: Iterable[Line]) -> tuple[Finding, ...]:
    """What would be wrong with the questions, tables and repeats that the lines change."""
    touched = {line.path for line in lines if line.verdict in TAKEN}
    if not touched:
        return ()
    names = {path.rpartition("/")[2] for path in touched}
    owners = {path.partition("/")[0] for path in touched}
    return tuple(
        finding
        for finding in after.findings()
        if finding.path in owners or finding.path.rpartition("/")[2] in names
    )


def _line(given: Given, spot: Spot, verdict: Verdict, reason: str = "") -> Line:
    return Line(
        path=given.path,
        verdict=verdict,
        reason=str(reason),
        sheet=spot.sheet.name,
        cell=spot.name,
        text=shown(spot),
    )

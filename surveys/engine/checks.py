"""What is wrong with the answers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from surveys.engine.answers import NUMERIC, Unreadable, has_too_many_digits, read_number, value_of
from surveys.engine.bands import BandUnreadable, read_band, relative_change
from surveys.engine.documents import is_repeat, is_table, path_of
from surveys.engine.evaluation import MAX_ROWS, Evaluation
from surveys.engine.expressions import Value
from surveys.engine.expressions.values import (
    EXACT,
    decimal_of,
    number_of,
    number_text,
    truth_of,
)
from surveys.engine.form import Part
from surveys.engine.model import Element, EvidenceNeed, Group, Kind, Question, Repeat, Table, Texts
from surveys.engine.others import OTHER, takes_other
from surveys.engine.results import Finding, FindingCode, Grade
from surveys.engine.structure import MAX_CELLS

MAX_TEXT: Final = 10_000
MAX_PLAIN: Final = 15
"""So many digits are kept exactly in every notation."""
LISTED: Final = {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK}
NO_TEXTS: Final[Texts] = {}


def findings_of(state: Evaluation, elements: Iterable[Element]) -> Iterator[Finding]:
    """The findings of elements and everything in them, in document order."""
    parts = state.form.parts
    for element in elements:
        part = parts[element.name]
        match element:
            case Question():
                yield from cell_findings(state, part, None)
            case Group():
                if state.is_shown(part, None):
                    yield from findings_of(state, element.children)
            case Repeat():
                yield from repeat_findings(state, part)
            case Table():
                yield from table_findings(state, part)


def repeat_findings(state: Evaluation, part: Part) -> Iterator[Finding]:
    """The findings of every active row."""
    rows = state.row_ids(part.name)
    yield from own_findings(state, part, None)
    if cells_of(state) > MAX_CELLS:
        return
    members = [state.form.parts[name] for name in state.form.columns.get(part.name, ())]
    for row in rows:
        for member in members:
            yield from cell_findings(state, member, row)


def table_findings(state: Evaluation, part: Part) -> Iterator[Finding]:
    """The findings of every open cell, then those of the table as a whole."""
    rows = state.row_ids(part.name)
    if not rows:
        return
    columns = [state.form.parts[name] for name in state.form.columns.get(part.name, ())]
    stored = state.stored_rows(part.name)
    for row in rows:
        cells = stored.get(row, {})
        for column in columns:
            if not _is_surely_right(state, column, cells.get(column.name)):
                yield from cell_findings(state, column, row)
    yield from own_findings(state, part, None)


def _is_surely_right(state: Evaluation, part: Part, stored: object) -> bool:
    """Whether digits stand in a cell of which nothing else is wanted."""
    return (
        part.is_open_figure
        and part.is_unchecked
        and is_plain(stored)
        and not state.silent
        and not state.failures
    )


def own_findings(state: Evaluation, part: Part, row: str | None) -> Iterator[Finding]:
    """The findings of one element itself, not of what stands in it."""
    if isinstance(part.element, Question):
        yield from cell_findings(state, part, row)
    elif is_table(part):
        yield from _table_rules(state, part)
    elif is_repeat(part) and (rows := len(state.row_ids(part.name))):
        if rows > MAX_ROWS:
            yield _finding(FindingCode.TOO_MANY_ROWS, part, row, params={"limit": str(MAX_ROWS)})
        if cells_of(state) > MAX_CELLS:
            yield _finding(FindingCode.TOO_MANY_CELLS, part, row, params={"limit": str(MAX_CELLS)})


def cells_of(state: Evaluation) -> int:
    """How many cells the tables and the rows of repeats have."""
    return sum(
        len(state.row_ids(name)) * len(members) for name, members in state.form.columns.items()
    )


def cell_findings(state: Evaluation, part: Part, row: str | None) -> Iterator[Finding]:
    """The findings of one question in one row."""
    if part.guards and not state.is_shown(part, row):
        return
    if part.closed is not None and state.is_closed(part, row):
        return
    value = state.read(part.name, row)
    if value is None:
        yield from _blank_findings(state, part, row)
    else:
        yield from _value_findings(state, part, row, value)
    if state.failures and (failure := state.failures.get(path_of(part, row))):
        yield _finding(FindingCode.EXPRESSION_FAILED, part, row, params={"reason": failure.advice})


def _blank_findings(state: Evaluation, part: Part, row: str | None) -> Iterator[Finding]:
    if part.calculation is not None:
        return
    if state.silent and (path := path_of(part, row)) in state.silent:
        if path in state.typed:
            yield _unreadable(part, row, str(state.typed[path]))
        elif (code := state.remarks[path]["missing"]) not in part.question.missing:
            yield _finding(FindingCode.MISSING_NOT_ALLOWED, part, row, params={"code": str(code)})
        return
    stored = state.stored(part, row)
    if stored is not None and _is_unreadable(part.question, stored):
        yield _unreadable(part, row, str(stored))
    elif is_required(state, part, row):
        message = part.question.required_message
        yield _finding(FindingCode.REQUIRED_MISSING, part, row, message=message)


def _value_findings(
    state: Evaluation, part: Part, row: str | None, value: Value
) -> Iterator[Finding]:
    question = part.question
    kind = question.kind
    if kind is Kind.INTEGER and isinstance(value, Decimal) and value != value.to_integral_value():
        yield _finding(FindingCode.NOT_INTEGER, part, row)
    elif kind is Kind.RANGE:
        yield from _range_findings(part, row, value)
    elif kind in LISTED and (wrong := _unknown_codes(state, part, row, value)):
        yield _finding(FindingCode.NOT_A_CHOICE, part, row, params={"choice": ", ".join(wrong)})
    elif isinstance(value, str) and len(value) > MAX_TEXT:
        yield _finding(FindingCode.TOO_LONG, part, row, params={"limit": str(MAX_TEXT)})
    if row is not None and question.is_unique and (twin := _earlier_twin(state, part, row, value)):
        yield _finding(FindingCode.DUPLICATE, part, row, params={"row": str(twin)})
    if part.rules:
        yield from _rule_findings(state, part, row, value)
    if question.band:
        yield from _band_findings(state, part, row, value)
    if question.evidence is EvidenceNeed.REQUIRED and _lacks_evidence(state, part, row):
        yield _finding(FindingCode.EVIDENCE_MISSING, part, row)


def _lacks_evidence(state: Evaluation, part: Part, row: str | None) -> bool:
    """Whether an answer that people see stands without the document it wants."""
    if state.evidence is None or not part.question.is_answerable:
        return False
    return not state.evidence.get(path_of(part, row))


def _earlier_twin(state: Evaluation, part: Part, row: str, value: Value) -> int:
    """The number of the first row before this one with the same answer, 0 where there is none.

    Text is compared without case and outer spaces: an e-mail address is the same in capitals.
    """
    firsts = state.firsts.get(part.name)
    if firsts is None:
        firsts = state.firsts[part.name] = {}
        for number, other in enumerate(state.row_ids(part.owner), start=1):
            firsts.setdefault(_folded(state.read(part.name, other)), (number, other))
    number, first = firsts.get(_folded(value), (0, row))
    return number if first != row else 0


def _folded(value: Value) -> Value:
    return value.strip().casefold() if isinstance(value, str) else value


def _rule_findings(
    state: Evaluation, part: Part, row: str | None, value: Value
) -> Iterator[Finding]:
    question = part.question
    if "constraint" in part.rules and not truth_of(state.run(part, "constraint", row, value)):
        message = question.constraint_message
        yield _finding(FindingCode.CONSTRAINT_FAILED, part, row, message=message)
    if "warning" in part.rules and not truth_of(state.run(part, "warning", row, value)):
        yield _warning(state, FindingCode.WARNING_FAILED, part, row, question.warning_message)


def _table_rules(state: Evaluation, part: Part) -> Iterator[Finding]:
    table = part.element
    assert isinstance(table, Table)
    if not part.rules or not state.row_ids(part.name) or not has_answers(state, part):
        return
    if "constraint" in part.rules and not truth_of(state.run(part, "constraint", None)):
        message = table.constraint_message
        yield _finding(FindingCode.TABLE_CONSTRAINT_FAILED, part, None, message=message)
    if "warning" in part.rules and not truth_of(state.run(part, "warning", None)):
        yield _warning(state, FindingCode.TABLE_WARNING_FAILED, part, None, table.warning_message)


def has_answers(state: Evaluation, part: Part) -> bool:
    """Whether any cell of a repeat or table is answered."""
    columns = state.form.columns.get(part.name, ())
    return any(
        state.read(column, row) is not None
        for row in state.row_ids(part.name)
        for column in columns
        if state.form.parts[column].is_asked
    )


def is_required(state: Evaluation, part: Part, row: str | None) -> bool:
    """Whether an answer is wanted before sending."""
    if not part.is_asked:
        return False
    return part.always_required or state.is_true(part, "required", row)


def is_answered(state: Evaluation, part: Part, row: str | None) -> bool:
    """Whether there is a value or the code why there is none."""
    # Digits that nothing can hide are an answer, whatever they amount to.
    is_plainly = part.is_open_figure and is_plain(state.stored(part, row))
    if is_plainly and (not state.silent or path_of(part, row) not in state.silent):
        return True
    if state.read(part.name, row) is not None:
        return True
    return bool(state.silent) and state.missing_code(part.name, row) is not None


def is_plain(stored: object) -> bool:
    """Whether a stored answer is a few digits and nothing else."""
    return (
        isinstance(stored, str)
        and len(stored) <= MAX_PLAIN
        and stored.isascii()
        and stored.isdigit()
    )


def _band_findings(state: Evaluation, part: Part, row: str | None, now: Value) -> Iterator[Finding]:
    """A change since the last round that leaves the band wants an explanation."""
    if not isinstance(now, Decimal):
        return
    # A computed figure is stored as text.
    if (before := number_of(state.previous(part.name, row))) is None:
        return
    try:
        is_usual = read_band(part.question.band).holds(before, now)
    except BandUnreadable:  # a problem of the questionnaire, which is named where it is made
        return
    if is_usual:
        return
    percent = relative_change(before, now)
    params = {
        "before": number_text(before),
        "now": number_text(now),
        "change": number_text(EXACT.subtract(now, before)),
        "percent": "" if percent is None else number_text(percent),
        "band": part.question.band,
    }
    found = _warning(state, FindingCode.CHANGE_OUTSIDE_BAND, part, row, NO_TEXTS)
    yield replace(found, params=params)


def _range_findings(part: Part, row: str | None, value: Value) -> Iterator[Finding]:
    """A range has limits, and between them only its steps are answers."""
    given = part.question.parameters
    limits = {key: decimal_of(given[key]) for key in ("start", "end", "step") if key in given}
    start, end, step = (limits.get(key) for key in ("start", "end", "step"))
    params = {key: number_text(each) for key, each in limits.items() if each is not None}
    assert isinstance(value, Decimal)
    if (start is not None and value < start) or (end is not None and value > end):
        yield _finding(FindingCode.OUT_OF_RANGE, part, row, params=params)
    elif step and EXACT.remainder(EXACT.subtract(value, start or Decimal(0)), step):
        params = {"start": "0", **params}
        yield _finding(FindingCode.OFF_STEP, part, row, params=params)


def _unknown_codes(state: Evaluation, part: Part, row: str | None, value: Value) -> list[str]:
    known = part.codes
    if "choice_filter" in part.rules:
        known = frozenset(choice.name for choice in state.choices(part, row))
    chosen = value if isinstance(value, tuple) else (str(value),)
    allowed = {OTHER} if takes_other(part.question) else set()
    return [code for code in chosen if code not in known and code not in allowed]


def _is_unreadable(question: Question, stored: object) -> bool:
    try:
        value_of(question.kind, stored)
    except Unreadable:
        return True
    return False


def _unreadable(part: Part, row: str | None, text: str) -> Finding:
    code = FindingCode.UNREADABLE
    if part.question.kind is Kind.INTEGER and read_number(text) is not None:
        code = FindingCode.NOT_INTEGER
    elif part.question.kind in NUMERIC and has_too_many_digits(text):
        code = FindingCode.TOO_MANY_DIGITS
    return _finding(code, part, row, params={"typed": text[:200]})


def _warning(
    state: Evaluation, code: FindingCode, part: Part, row: str | None, message: Texts
) -> Finding:
    path = path_of(part, row)
    remark = state.remarks.get(path) or {}
    return Finding(
        code=code,
        path=path,
        grade=Grade.SOFT,
        message=message,
        section=part.section,
        explained=bool(str(remark.get("explanation") or "").strip()),
    )


def _finding(
    code: FindingCode,
    part: Part,
    row: str | None,
    *,
    message: Texts = NO_TEXTS,
    params: dict[str, str] | None = None,
) -> Finding:
    return Finding(
        code=code,
        path=path_of(part, row),
        message=message,
        params=params or {},
        section=part.section,
    )

"""What a returned workbook says of which answer; nothing is read as a value yet."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from surveys.engine import Form, Group, Kind, Question, Repeat, Section, Table
from surveys.excelform import codes
from surveys.excelform.reading.codes_found import Found, Line, find_codes
from surveys.excelform.reading.identity import Identity, identity_of
from surveys.excelform.reading.problems import CellProblem, Wrong
from surveys.excelform.reading.sheets import Sheet, Spot, texts_of

NEW_ROW: Final = "+"
"""The id of a new row begins with it, until it is stored: no stored row has such an id."""

MOST_FRONT_TEXTS: Final = 500

_FILES: Final = frozenset({Kind.FILE, Kind.IMAGE})
_LISTED: Final = frozenset({Kind.SELECT_MULTIPLE, Kind.RANK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The cells of one answer. ``choices`` are the cells beside the choices of a list, by code."""

    path: str
    question: Question
    value: Spot | None = None
    choices: Mapping[str, Spot] = field(default_factory=dict)
    missing: Spot | None = None
    reason: Spot | None = None
    expected: Spot | None = None
    explanation: Spot | None = None

    @property
    def spots(self) -> Iterator[Spot]:
        """Every cell of it."""
        single = (self.value, self.missing, self.reason, self.expected, self.explanation)
        yield from (spot for spot in single if spot is not None)
        yield from self.choices.values()

    @property
    def place(self) -> Spot:
        """The cell by which to name it."""
        return next(self.spots)


@dataclass(frozen=True, slots=True)
class ReturnedRows:
    """The rows of a repeat: which stored ones are there, and the ids of the new ones in their order."""

    present: frozenset[str]
    new: Mapping[str, Spot]


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned workbook over its form.

    ``given`` are the answers in the form's order, by path; ``rows`` the repeats that are in the
    workbook, by name; ``front`` what can be read on its sheets without answers.
    """

    identity: Identity
    given: Mapping[str, Given]
    rows: Mapping[str, ReturnedRows]
    problems: tuple[CellProblem, ...]
    front: tuple[str, ...]


def returned(sheets: tuple[Sheet, ...], form: Form) -> Returned:
    """Every answer's cells, wherever they were moved to."""
    collector = _Collector(find_codes(sheets), form)
    collector.collect()
    texts = [
        text for sheet in collector.found.uncoded for text in texts_of(sheet, MOST_FRONT_TEXTS)
    ]
    return Returned(
        identity_of(sheets),
        collector.given,
        collector.rows,
        tuple(collector.problems),
        tuple(texts),
    )


class _Collector:
    """Puts the coded rows beside the elements of the form."""

    def __init__(self, found: Found, form: Form) -> None:
        self.found = found
        self.form = form
        self.given: dict[str, Given] = {}
        self.rows: dict[str, ReturnedRows] = {}
        self.problems: list[CellProblem] = []

    def collect(self) -> None:
        """Everything, in the form's order."""
        for section in self.form.sections:
            before = len(self.given) + len(self.rows) + len(self.problems)
            asked = self._collect(section.elements)
            if asked and before == len(self.given) + len(self.rows) + len(self.problems):
                self._report_absent(section)
        for owner, spot in self.found.orphans:
            if owner in self.form.parts:
                problem = CellProblem(Wrong.HEAD_MISSING, spot.sheet.name, spot.name, owner)
                self.problems.append(problem)
        self._drop_merged()

    def _collect(self, elements: Iterable[object]) -> bool:
        """Collect the elements; whether any of them is asked in a workbook."""
        asked = False
        for element in elements:
            match element:
                case Question():
                    if is_asked(element):
                        asked = asked or self._is_typed(element)
                        self._collect_question(element)
                case Group():
                    asked = self._collect(element.children) or asked
                case Table():
                    asked = asked or any(self._is_typed(each) for each in element.columns)
                    self._collect_table(element)
                case Repeat():
                    asked = True
                    self._collect_repeat(element)
        return asked

    def _is_typed(self, question: Question) -> bool:
        """Whether people type it: a section of what is worked out may well be absent."""
        return is_asked(question) and self.form.parts[question.name].is_asked

    def _collect_question(self, question: Question) -> None:
        line = self._single(f"{codes.QUESTION}{question.name}", question.name)
        if line is None:
            return
        self._give(
            Given(
                path=question.name,
                question=question,
                value=line.spot(codes.ANSWER),
                choices=self._choices(question),
                missing=line.spot(codes.MISSING),
                reason=line.spot(codes.REASON),
                expected=line.spot(codes.EXPECTED),
                explanation=line.spot(codes.EXPLANATION),
            )
        )

    def _choices(self, question: Question) -> Mapping[str, Spot]:
        if question.kind not in _LISTED:
            return {}
        spots: dict[str, Spot] = {}
        for choice in self.form.choices_of(question):
            code = f"{codes.CHOICE}{question.name}/{choice.name}"
            line = self._single(code, question.name)
            spot = line.spot(codes.ANSWER) if line else None
            if spot is not None:
                spots[choice.name] = spot
        return spots

    def _collect_table(self, table: Table) -> None:
        if self._single(f"{codes.TABLE}{table.name}", table.name) is None:
            return
        for row in self.form.row_codes(table.name):
            line = self._single(f"{codes.ROW}{table.name}/{row}", table.name)
            if line is not None:
                self._give_cells(f"{table.name}/{row}", table.columns, line)

    def _collect_repeat(self, repeat: Repeat) -> None:
        if self._single(f"{codes.REPEAT}{repeat.name}", repeat.name) is None:
            return
        questions = tuple(_questions(repeat.children))
        present: set[str] = set()
        prefix = f"{codes.ENTRY}{repeat.name}/"
        for code in [each for each in self.found.lines if each.startswith(prefix)]:
            row = code.removeprefix(prefix)
            present.add(row)
            line = self._single(code, repeat.name)
            if line is not None:
                self._give_cells(f"{repeat.name}/{row}", questions, line)
        new: dict[str, Spot] = {}
        for line in self.found.blank.get(repeat.name, ()):
            if self._is_filled(questions, line):
                row = f"{NEW_ROW}{len(new) + 1}"
                new[row] = line.first
                self._give_cells(f"{repeat.name}/{row}", questions, line)
        self.rows[repeat.name] = ReturnedRows(frozenset(present), new)

    def _is_filled(self, questions: tuple[Question, ...], line: Line) -> bool:
        spots = (line.spot(f"{codes.COLUMN}{question.name}") for question in questions)
        return any(spot is not None and not spot.is_blank for spot in spots)

    def _give_cells(self, place: str, questions: tuple[Question, ...], line: Line) -> None:
        for question in questions:
            spot = line.spot(f"{codes.COLUMN}{question.name}")
            if spot is not None and is_asked(question):
                path = f"{place}/{question.name}"
                self._give(Given(path=path, question=question, value=spot))

    def _give(self, given: Given) -> None:
        if any(True for _spot in given.spots):
            self.given[given.path] = given

    def _single(self, code: str, path: str) -> Line | None:
        """The row of a code; none, and a problem at each, where it stands several times."""
        lines = self.found.lines.get(code, ())
        if len(lines) > 1:
            self.problems.extend(
                CellProblem(Wrong.CODE_TWICE, line.sheet.name, line.first.name, path)
                for line in lines
            )
            return None
        return lines[0] if lines else None

    def _report_absent(self, section: Section) -> None:
        self.problems.append(CellProblem(Wrong.SECTION_ABSENT, "", "", section.name))

    def _drop_merged(self) -> None:
        """Take out what a merged area leaves in doubt: nobody knows which of its cells is meant."""
        by_sheet: dict[int, dict[int, list[tuple[Spot, str]]]] = {}
        for given in self.given.values():
            for spot in given.spots:
                if spot.sheet.merged:
                    rows = by_sheet.setdefault(id(spot.sheet), {})
                    rows.setdefault(spot.row, []).append((spot, given.path))
        for rows in by_sheet.values():
            sheet = next(iter(rows.values()))[0][0].sheet
            for spot, path in _in_doubt(sheet, rows):
                self.problems.append(
                    CellProblem(Wrong.MERGED, sheet.name, spot.name, path, str(spot.raw or ""))
                )
                self.given.pop(path, None)


def is_asked(question: Question) -> bool:
    """Whether a workbook can answer the question: files are uploaded, what is computed is not typed."""
    return question.is_answerable and question.kind not in _FILES


def _questions(elements: Iterable[object]) -> Iterator[Question]:
    for element in elements:
        match element:
            case Question():
                yield element
            case Group() | Repeat():
                yield from _questions(element.children)


def _in_doubt(sheet: Sheet, rows: dict[int, list[tuple[Spot, str]]]) -> Iterator[tuple[Spot, str]]:
    """The answers' cells of which a merged area holds several, or one that is not its first.

    Each is looked at until it is found, so that overlapping areas cost nothing.
    """
    numbers = sorted(rows)
    for top, left, bottom, right in sheet.merged:
        first = bisect_left(numbers, top)
        inside = [
            each
            for number in numbers[first : bisect_left(numbers, bottom + 1)]
            for each in rows[number]
            if left <= each[0].column <= right
        ]
        alone = len({path for _spot, path in inside}) == 1 and len(inside) == 1
        if not inside or (alone and (inside[0][0].row, inside[0][0].column) == (top, left)):
            continue
        for each in inside:
            rows[each[0].row].remove(each)
            yield each

"""Answering a form in memory: fill in, look at the findings, mend what they complain about."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Final

from surveys.common.errors import DomainError
from surveys.engine import (
    Carry,
    Cell,
    Choice,
    Element,
    Finding,
    FormState,
    Grade,
    Group,
    Kind,
    Question,
    Repeat,
    Section,
    Table,
    text_in,
)
from surveys.responses.services import CellEdit, row_id_of
from surveys.responses.simulator import texts
from surveys.responses.simulator.figures import Figures, inputs, previous_answer, spread_total
from surveys.responses.simulator.profile import Profile

TRIES: Final = 8
NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
CHOICES: Final = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
DATES: Final = frozenset({Kind.DATE, Kind.DATETIME, Kind.TIME})
OPTIONAL: Final = 0.85
"""How often a question that is not required is answered."""

MOST_ROWS: Final = 2
MOST_TAKEN: Final = 4
"""How many choices a try takes at most, less one for each try before it."""

"""How many rows a list gets at most: every row is a save of its own."""

NO_FIGURE: Final = 0.01
"""How often a figure is not there yet, where the question allows to say so."""


class SimulationStuck(DomainError):
    """The simulator found no answers that pass the checks."""

    code = "simulation_stuck"

    def __init__(self, findings: list[Finding]) -> None:
        places = ", ".join(f"{finding.path} ({finding.code})" for finding in findings[:5])
        super().__init__(f"No answers found that pass the checks: {places}")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Proof:
    """A document that the agency cites behind an answer."""

    path: str
    edit_id: str
    number: str


@dataclass(slots=True)
class Page:
    """What the respondent does on one page: rows added (repeat, edit id), then cells in a
    single save."""

    section: Section
    edit_id: str
    rows: list[tuple[str, str]]
    edits: list[CellEdit]
    proofs: list[Proof]


@dataclass(slots=True)
class Planner:
    """Plans one agency's answers on a form state of its own; the same dice give the same plan."""

    state: FormState
    profile: Profile
    dice: random.Random
    figures: Figures = field(init=False)
    rows: list[tuple[str, str]] = field(default_factory=list)
    edits: dict[str, CellEdit] = field(default_factory=dict)
    seen: dict[str, Cell] = field(default_factory=dict)
    proofs: dict[str, Proof] = field(default_factory=dict)
    worded: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.figures = Figures(self.dice, self.profile)

    def plan(self, share: float = 1.0) -> list[Page]:
        """The pages in order; with a ``share`` below 1 only the first ones, and no last check.

        Raises SimulationStuck if a whole response still has hard findings.
        """
        sections = self.state.form.sections
        reached: list[Section] = []
        for section in sections[: max(1, round(share * len(sections)))]:
            # Asked when it is come to: the answers before decide whether a section is shown.
            if self.state.is_relevant(section.name):
                reached.append(section)
                self._fill(section.elements)
                self._mend(section.name)
        if share == 1.0:
            self._finish()
        return [self._page(section) for section in reached]

    def _page(self, section: Section) -> Page:
        section_of = self.state.form.section_of
        return Page(
            section,
            self._edit_id(),
            [row for row in self.rows if section_of(row[0]) == section.name],
            [edit for path, edit in self.edits.items() if section_of(path) == section.name],
            [proof for path, proof in self.proofs.items() if section_of(path) == section.name],
        )

    def _edit_id(self) -> str:
        return f"sim-{self.dice.randrange(16**12):012x}"

    def _fill(self, elements: tuple[Element, ...]) -> None:
        for element in elements:
            match element:
                case Group():
                    self._fill(element.children)
                case Question():
                    self._answer(element, element.name)
                case Repeat():
                    self._add_rows(element)
                case Table():
                    self._fill_table(element)

    def _add_rows(self, repeat: Repeat) -> None:
        if not self.state.is_relevant(repeat.name):
            return
        if not repeat.repeat_count:
            for _ in range(self.dice.randint(1, MOST_ROWS)):
                edit_id = self._edit_id()
                self.state.add_row(repeat.name, row_id_of(edit_id))
                self.rows.append((repeat.name, edit_id))
        for row in self.state.rows(repeat.name):
            for question in _questions(repeat.children):
                self._answer(question, f"{repeat.name}/{row}/{question.name}")

    def _fill_table(self, table: Table, *, attempt: int = 0) -> None:
        if not self.state.is_relevant(table.name):
            return
        cells = [
            (column, f"{table.name}/{row}/{column.name}")
            for row in self.state.rows(table.name)
            for column in table.columns
        ]
        total = spread_total(self.state, table)
        if total is None:
            for column, path in cells:
                self._answer(column, path, attempt=attempt)
            return
        wanted = [path for column, path in cells if column.kind in NUMBERS and self._is_open(path)]
        for path, share in zip(wanted, self.figures.spread(total, len(wanted)), strict=True):
            self._put(path, str(share))

    def _answer(self, question: Question, path: str, *, attempt: int = 0) -> None:
        """Type an answer, unless there is one or none is due; each attempt tries another."""
        if not question.is_answerable or not self._is_open(path):
            return
        if not attempt:
            if not self.state.cell(path).is_empty:
                return
            if not self.state.is_required(path) and self.dice.random() > OPTIONAL:
                return
        is_late = self.dice.random() < NO_FIGURE and question.kind in NUMBERS
        if question.missing and (is_late or attempt >= TRIES - 2):
            self._give_code(question, path)
            return
        text = self._text(question, path, attempt)
        if text is not None:
            self._put(path, text)

    def _is_open(self, path: str) -> bool:
        state = self.state
        return state.is_relevant(path) and not (state.is_read_only(path) or state.is_closed(path))

    def _text(self, question: Question, path: str, attempt: int) -> str | list[str] | None:
        kind = question.kind
        if kind in NUMBERS:
            return self.figures.draw(self.state, question, path, attempt=attempt)
        if kind in CHOICES:
            return self._chosen(question, path, attempt)
        if kind in DATES:
            return self._moment(kind, attempt)
        if kind is Kind.TEXT:
            return self._worded(question, attempt)
        return "yes" if kind is Kind.ACKNOWLEDGE else None

    def _worded(self, question: Question, attempt: int) -> str:
        """Words of the attempt's kind; rows of a list rather do not repeat each other."""
        write = next(islice(texts.writers(question), attempt, None), texts.agency_name)
        text = write(self.dice, self.profile, self.state.context.today)
        if (question.name, text) in self.worded:
            text = write(self.dice, self.profile, self.state.context.today)
        self.worded.add((question.name, text))
        return text

    def _chosen(self, question: Question, path: str, attempt: int) -> str | list[str] | None:
        offered = self.state.choices(path)
        choices = [c for c in offered if self.profile.has(text_in(c.label, "vi"))] or offered
        if not choices:
            return None
        if question.kind is Kind.RANK:
            return self.dice.sample([choice.name for choice in choices], len(choices))
        if question.kind is Kind.SELECT_MULTIPLE:
            return self._several([choice.name for choice in choices], attempt)
        if attempt > 2:
            return choices[attempt % len(choices)].name
        drawn = self.dice.choices(choices, _weights(choices, self.profile))[0].name
        return self._not_worse(question, path, drawn, choices)

    def _several(self, names: list[str], attempt: int) -> list[str]:
        """Any of them; each attempt takes fewer, for most checks that fail want less."""
        share = 0.35 + 0.6 * self.profile.maturity
        chosen = [name for name in names if self.dice.random() < share]
        if attempt:
            chosen = chosen[: max(1, MOST_TAKEN - attempt)]
        return chosen or [names[attempt % len(names)]]

    def _not_worse(
        self, question: Question, path: str, drawn: str, choices: Sequence[Choice]
    ) -> str:
        """What is built stays: a stock does not fall behind the round before."""
        names = [choice.name for choice in sorted(choices, key=_rank)]
        before = previous_answer(self.state, path)
        if question.carry is Carry.STRUCTURAL and before in names:
            return str(before)
        if question.carry is Carry.STOCK and before in names:
            return names[min(names.index(str(before)), names.index(drawn))]
        return drawn

    def _moment(self, kind: Kind, attempt: int) -> str:
        if kind is Kind.TIME:
            return f"{self.dice.randint(7, 17):02d}:30"
        days = self.dice.randint(10, 420) if attempt < 3 else (attempt - 4) * 200
        day = self.state.context.today - timedelta(days=days)
        return day.isoformat() if kind is Kind.DATE else f"{day.isoformat()}T08:30:00"

    def _give_code(self, question: Question, path: str) -> None:
        code = question.missing[-1].value
        self.seen.setdefault(path, self.state.cell(path))
        self.state.set(path, Cell(missing=code))
        self.edits[path] = CellEdit(
            path, seen=self.seen[path], missing=code, reason=texts.NO_FIGURE
        )

    def _put(self, path: str, text: str | list[str]) -> None:
        self.seen.setdefault(path, self.state.cell(path))
        self.state.set(path, self.state.read_input(path, text))
        self.edits[path] = CellEdit(path, text, seen=self.seen[path])

    def _mend(self, section: str | None) -> None:
        for attempt in range(1, TRIES):
            findings = _hard(self.state.findings(section))
            if not findings:
                return
            for finding in findings:
                if finding.code == "evidence_missing":
                    self._prove(finding.path)
                else:
                    self._mend_one(finding.path, attempt)

    def _prove(self, path: str) -> None:
        """Cite a document of the agency behind the answer."""
        self.state.set_evidence(path, 1)
        number = texts.document(self.dice, self.profile, self.state.context.today)
        self.proofs[path] = Proof(path, self._edit_id(), number)

    def _mend_one(self, path: str, attempt: int) -> None:
        form = self.state.form
        name = path.rpartition("/")[2]
        element = form.element(name)
        match element:
            case Table():
                self._fill_table(element, attempt=attempt)
            case Question() if element.is_answerable:
                self._answer(element, path, attempt=attempt)
            case Question():
                for place in inputs(form, path):
                    self._answer(form.question(place.rpartition("/")[2]), place, attempt=attempt)

    def _finish(self) -> None:
        self._mend(None)
        findings = self.state.findings()
        if hard := _hard(findings):
            raise SimulationStuck(hard)
        for finding in findings:
            if finding.grade is Grade.SOFT and not finding.explained:
                self._explain(finding.path)

    def _explain(self, path: str) -> None:
        edit = self.edits.get(path) or CellEdit(path)
        explanation = self.dice.choice(texts.EXPLANATIONS)
        self.edits[path] = CellEdit(
            path,
            edit.value,
            seen=edit.seen,
            missing=edit.missing,
            reason=edit.reason,
            explanation=explanation,
        )


def _questions(elements: tuple[Element, ...]) -> Iterator[Question]:
    for element in elements:
        match element:
            case Question():
                yield element
            case Group():
                yield from _questions(element.children)


def _weights(choices: Sequence[Choice], profile: Profile) -> list[float]:
    """Mature agencies choose high scores, and few a choice that has none beside others that do;
    without scores the first choices are likelier.
    """
    scores = [float(choice.score) if choice.score else None for choice in choices]
    known = [score for score in scores if score is not None]
    if known and max(known) > min(known):
        low, high = min(known), max(known)
        return [_weight(None if s is None else (s - low) / (high - low), profile) for s in scores]
    return [1 / (1 + rank * (0.3 + profile.maturity)) for rank in range(len(choices))]


def _weight(height: float | None, profile: Profile) -> float:
    """How likely a choice is: its score as a share of the highest, None without one."""
    if height is None:
        return 0.05
    return (0.05 + (1 - abs(height - profile.maturity)) ** 4) ** profile.steadiness


def _rank(choice: Choice) -> float:
    """Best first: by score where there is one; otherwise lists name the best first."""
    return -float(choice.score) if choice.score else 0.0


def _hard(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.grade is Grade.HARD]

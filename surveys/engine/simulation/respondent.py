"""One respondent: answers at random, looks at the findings, and mends what they complain about."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from surveys.engine.expressions import Node
from surveys.engine.expressions.nodes import Dot, Reference
from surveys.engine.expressions.values import decimal_of, number_text
from surveys.engine.form import Part
from surveys.engine.model import Element, Group, Kind, Question, Repeat, Table
from surveys.engine.results import Cell, Finding, Grade, JSONValue
from surveys.engine.simulation.landmarks import comparisons_in
from surveys.engine.simulation.values import NUMERIC, Values, read_rule
from surveys.engine.state import FormState

TRIES: Final = 14
"""How often a respondent goes back over one page."""

ZEROS: Final = frozenset({8, 9, 12})
BLANKS: Final = frozenset({10, 13})
"""The tries at which figures that do not fit together are all made 0, or left out."""

OPTIONAL: Final = 0.85
"""How often a question that is not required is answered."""

MOST_ROWS: Final = 2
MOST_FIGURES: Final = 4
MET_BY_EQUALS: Final = frozenset({"=", "<=", ">="})


@dataclass(slots=True)
class Respondent:
    """Goes through the form page by page; the same dice go the same way."""

    state: FormState
    dice: random.Random
    landmarks: Mapping[str, Sequence[str]]
    reached: set[str] = field(default_factory=set)
    values: Values = field(init=False)

    def __post_init__(self) -> None:
        self.values = Values(self.state, self.dice, self.landmarks)

    def respond(self) -> tuple[Finding, ...]:
        """Fill everything in; what is still refused in the end is returned."""
        self._enter_hidden()
        for section in self.state.form.sections:
            if self.state.is_relevant(section.name):
                self._fill(section.elements)
                self._mend(section.name)
        self._mend(None)
        return _hard(self.state.findings())

    def _enter_hidden(self) -> None:
        """What the product fills in before anybody opens the form, such as the kind of agency."""
        for element in self.state.form.definition.children:
            for question in _questions(element):
                known = self.landmarks.get(question.name)
                if question.kind is Kind.HIDDEN and known and not question.calculation:
                    value = self.dice.choice([*known, "khac"])
                    self.state.put(question.name, Cell(value))

    def _fill(self, elements: Iterable[Element]) -> None:
        for element in elements:
            match element:
                case Group():
                    self._fill(element.children)
                case Question():
                    self._come_to(element, element.name)
                case Repeat():
                    self._fill_rows(element)
                case Table():
                    self._fill_cells(element.name, element.columns)

    def _fill_rows(self, repeat: Repeat) -> None:
        if not self.state.is_relevant(repeat.name):
            return
        self.reached.add(repeat.name)
        if not repeat.repeat_count:
            for number in range(self.dice.randint(0, MOST_ROWS)):
                self.state.add_row(repeat.name, f"row{number}")
        self._fill_cells(repeat.name, tuple(_questions(repeat)))

    def _fill_cells(self, owner: str, questions: Sequence[Question]) -> None:
        rows = self.state.rows(owner)
        if rows:
            self.reached.add(owner)
        for row in rows:
            for question in questions:
                self._come_to(question, f"{owner}/{row}/{question.name}")

    def _come_to(self, question: Question, path: str) -> None:
        state = self.state
        if not state.is_relevant(path) or state.is_closed(path):
            return
        self.reached.add(question.name)
        if not self._is_typed(question, path) or not state.cell(path).is_empty:
            return
        if state.is_required(path) or self.dice.random() < OPTIONAL:
            self._put(path, self.values.draw(question, path))

    def _is_typed(self, question: Question, path: str) -> bool:
        state = self.state
        is_open = state.is_relevant(path) and not state.is_closed(path)
        return question.is_answerable and is_open and not state.is_read_only(path)

    def _mend(self, section: str | None) -> None:
        for attempt in range(TRIES):
            findings = _hard(self.state.findings(section))
            if not findings:
                return
            for finding in findings:
                self._mend_one(finding, attempt)
            self._come_to_new(section)

    def _come_to_new(self, section: str | None) -> None:
        """Questions that an edit brought up."""
        for each in self.state.form.sections:
            if section in {None, each.name} and self.state.is_relevant(each.name):
                self._fill_shown(each.elements)

    def _fill_shown(self, elements: Iterable[Element]) -> None:
        for element in elements:
            match element:
                case Group():
                    self._fill_shown(element.children)
                case Question() if element.name not in self.reached:
                    self._come_to(element, element.name)
                case Repeat() | Table() if element.name not in self.reached:
                    self._fill((element,))
                case Repeat() | Table():
                    self._come_to_new_cells(element)
                case _:
                    pass

    def _come_to_new_cells(self, owner: Repeat | Table) -> None:
        """Columns of which no cell was open before."""
        columns = owner.columns if isinstance(owner, Table) else tuple(_questions(owner))
        new = [question for question in columns if question.name not in self.reached]
        for row in self.state.rows(owner.name) if new else ():
            for question in new:
                self._come_to(question, f"{owner.name}/{row}/{question.name}")

    def _mend_one(self, finding: Finding, attempt: int) -> None:
        path = finding.path
        part = self.state.form.parts[path.rpartition("/")[2]]
        if attempt % 3 == 1 and self._even_out(part, path):
            return
        if attempt % 6 == 5 and self._make_up(part, path):
            return
        paths = self._inputs(part, path)
        own = [path] if path in paths else []
        is_missing = finding.code in {"required_missing", "not_a_choice", "unreadable"}
        if own and (is_missing or attempt % 2 == 0):
            paths = own
        for each in paths:
            self._try(each, attempt, is_missing=is_missing)

    def _try(self, path: str, attempt: int, *, is_missing: bool) -> None:
        question = self.state.form.question(path.rpartition("/")[2])
        if not is_missing and attempt in ZEROS and question.kind in NUMERIC:
            self._put(path, "0")
        elif not is_missing and attempt in BLANKS and not self.state.is_required(path):
            self._put(path, None)
        else:
            self._put(path, self.values.draw(question, path))

    def _even_out(self, part: Part, path: str) -> bool:
        """Set one figure of a wanted equality to what the other side is worth."""
        for node in _checks(part):
            for sign, one, other in comparisons_in(node):
                target = self._target(one, path)
                if sign != "=" or not target:
                    continue
                worth = self.values.worth(other, path)
                if worth is not None and self.state.value(target) != worth:
                    self._put(target, worth)
                    return True
        return False

    def _make_up(self, part: Part, path: str) -> bool:
        """Add what is missing between two sides to one of the figures that they are made of."""
        figures = [each for each in self._inputs(part, path) if self._figure(each) is not None]
        for node in _checks(part):
            for sign, one, other in comparisons_in(node):
                if sign not in MET_BY_EQUALS or self._gap(one, other, path) in {None, 0}:
                    continue
                for figure in self.dice.sample(figures, min(len(figures), MOST_FIGURES)):
                    if self._shift(figure, one, other, path):
                        return True
        return False

    def _shift(self, figure: str, one: Node, other: Node, path: str) -> bool:
        """Whether a figure can be shifted so that both sides are worth the same; else it stays."""
        before = self.state.cell(figure)
        value = self._figure(figure)
        missing = self._gap(one, other, path)
        if value is None or missing is None:
            return False
        for wanted in (value + missing, value - missing):
            if wanted >= 0:
                self._put(figure, number_text(wanted))
                if self._gap(one, other, path) == 0:
                    return True
        self.state.put(figure, before)
        return False

    def _gap(self, one: Node, other: Node, path: str) -> Decimal | None:
        left, right = self._worth(one, path), self._worth(other, path)
        return None if left is None or right is None else right - left

    def _worth(self, node: Node, path: str) -> Decimal | None:
        if isinstance(node, Dot):
            value = self.state.value(path)
            return decimal_of(value) if isinstance(value, str) else None
        text = self.values.worth(node, path)
        return None if text is None else decimal_of(text)

    def _figure(self, path: str) -> Decimal | None:
        """What is typed at a place, if it is a number."""
        question = self.state.form.question(path.rpartition("/")[2])
        value = self.state.cell(path).value
        if question.kind not in NUMERIC or not isinstance(value, str):
            return None
        return decimal_of(value)

    def _target(self, node: Node, path: str) -> str:
        """Where a side of a comparison can be typed; the empty text where it cannot."""
        name = ""
        if isinstance(node, Dot):
            return path if path in self._inputs(self._part(path), path) else ""
        if isinstance(node, Reference):
            name = node.name
        places = self._places(name, path) if name else []
        return places[0] if len(places) == 1 else ""

    def _inputs(self, part: Part, path: str) -> list[str]:
        """The places one can type in that a finding hangs on, its own first."""
        names = [part.name]
        seen = {part.name}
        for name in names:
            each = self.state.form.parts[name]
            rules = [each.calculation, each.rules.get("constraint") if name == part.name else None]
            for rule in rules:
                new = sorted((rule.references if rule else frozenset()) - seen)
                seen.update(new)
                names.extend(new)
        return [place for name in names for place in self._places(name, path)]

    def _places(self, name: str, path: str) -> list[str]:
        """Where a question of that name can be typed, beside a path: its row, or all rows."""
        part = self.state.form.parts.get(name)
        if part is None or not isinstance(part.element, Question):
            return []
        owner, _, row = path.rpartition("/")[0].partition("/")
        if not part.owner:
            places = [name]
        elif part.owner == owner and row:
            places = [f"{owner}/{row}/{name}"]
        else:
            places = [f"{part.owner}/{each}/{name}" for each in self.state.rows(part.owner)]
        return [place for place in places if self._is_typed(part.question, place)]

    def _part(self, path: str) -> Part:
        return self.state.form.parts[path.rpartition("/")[2]]

    def _put(self, path: str, value: JSONValue) -> None:
        self.state.put(path, Cell(value))


def _questions(element: Element) -> Iterator[Question]:
    """The questions below an element that stand in no other repeat or table."""
    match element:
        case Question():
            yield element
        case Group() | Repeat():
            for child in element.children:
                if not isinstance(child, Repeat):
                    yield from _questions(child)
        case Table():
            pass


def _checks(part: Part) -> Iterator[Node]:
    rule = part.rules.get("constraint")
    if rule is not None and (node := read_rule(rule.text.strip())) is not None:
        yield node


def _hard(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.grade is Grade.HARD)

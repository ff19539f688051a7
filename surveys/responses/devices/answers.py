"""The tree of a submission as answers of a form: their places, and what somebody would type."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from zoneinfo import ZoneInfo

from surveys.engine import Element, Form, Group, Kind, Question, Repeat, Table

NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
SEVERAL: Final = frozenset({Kind.SELECT_MULTIPLE, Kind.RANK})
FILES: Final = frozenset({Kind.FILE, Kind.IMAGE})
GROUP_DIGITS: Final = 3
MOST_DIGITS: Final = 60
CLOCK: Final = len("09:30:00")

Node = list[Any]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: its question, the place of its row, the text as it came.

    ``row`` is the code of a table's row, or the number of a repeat's, from 0; None outside both.
    """

    question: Question
    text: str
    owner: str = ""
    row: str | int | None = None

    @property
    def path(self) -> str:
        """The path, with ``@number`` in the place of a repeat's row."""
        if self.row is None:
            return self.question.name
        row = f"@{self.row}" if isinstance(self.row, int) else self.row
        return f"{self.owner}/{row}/{self.question.name}"


@dataclass(slots=True)
class Answers:
    """What a submission says: the answers, and what is no question, by name."""

    given: list[Answered] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)


def answers_in(tree: Iterable[Node], form: Form, *, nodes: Iterable[str] = ()) -> Answers:
    """The answers of a tree; what is empty says nothing.

    ``nodes`` are names that the device's form has beside the questions, for counting and labels.
    """
    return _Reader(form, frozenset(nodes)).read(tree)


def typed_of(question: Question, text: str, zone: ZoneInfo) -> str | list[str]:
    """What a person would type for an XForm's text; as it is where it is not of its kind."""
    if question.kind in NUMBERS:
        return _typed_number(text)
    if question.kind in SEVERAL:
        return text.split()
    if question.kind is Kind.DATETIME:
        return _local(text, zone)
    if question.kind is Kind.TIME:
        return text[:CLOCK] if text[CLOCK : CLOCK + 1] in {".", "Z", "+", "-"} else text
    return text


def _typed_number(text: str) -> str:
    """A number with three decimals gets a fourth, because a separator before three digits may group."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        return text
    plain = format(number, "f")
    return f"{plain}0" if len(plain.partition(".")[2]) == GROUP_DIGITS else plain


def _local(text: str, zone: ZoneInfo) -> str:
    """The moment on clocks here."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    local = moment.astimezone(zone) if moment.tzinfo else moment
    return local.replace(tzinfo=None, microsecond=0).isoformat()


class _Reader:
    """Walks through a tree; names are unique in a form, so groups need no checking."""

    def __init__(self, form: Form, nodes: frozenset[str]) -> None:
        self.form, self.nodes = form, nodes
        self.answers = Answers()
        self.rows: dict[str, int] = {}

    def read(self, tree: Iterable[Node]) -> Answers:
        """The answers of the whole tree."""
        self._level(tree)
        return self.answers

    def _level(self, tree: Iterable[Node]) -> None:
        for name, text, children in tree:
            element = self._element(name)
            match element:
                case Repeat() | Table():
                    self._row(element, children)
                case Question() if self.form.owner(name) is None:
                    self._answer(Answered(element, text))
                case Group():
                    self._level(children)
                case _:
                    self._strange(name, text, children)

    def _row(self, owner: Repeat | Table, children: Iterable[Node]) -> None:
        number = self.rows.get(owner.name, 0)
        self.rows[owner.name] = number + 1
        leaves = list(_leaves(children))
        row: str | int | None = number
        if isinstance(owner, Table):
            row = self._code(owner, number, leaves)
        for name, text in leaves:
            element = self._element(name)
            mine = self.form.owner(name) if isinstance(element, Question) else None
            if isinstance(element, Question) and mine is not None and mine.name == owner.name:
                if row is None:
                    self._strange(f"{owner.name}/{name}", text, ())
                else:
                    self._answer(Answered(element, text, owner.name, row))
            elif not isinstance(element, Group):
                self._strange(name, text, ())

    def _code(self, table: Table, number: int, leaves: Iterable[tuple[str, str]]) -> str | None:
        """The row by the code that the device shows in it; else by its place; None beyond the last."""
        codes = self.form.row_codes(table.name)
        columns = {column.name for column in table.columns}
        said = [text for name, text in leaves if name not in columns and text in codes]
        if said:
            return said[0]
        return codes[number] if number < len(codes) else None

    def _answer(self, answered: Answered) -> None:
        if answered.text and answered.question.is_answerable:
            self.answers.given.append(answered)

    def _strange(self, name: str, text: str, children: Iterable[Node]) -> None:
        """What is no question: passed over where the form has it for itself."""
        if name in self.nodes and not children:
            return
        if text:
            self.answers.unknown.setdefault(name, text)
        for child, inner, below in children:
            self._strange(f"{name}/{child}", inner, below)

    def _element(self, name: str) -> Element | None:
        try:
            return self.form.element(name)
        except KeyError:
            return None


def _leaves(children: Iterable[Node]) -> Iterable[tuple[str, str]]:
    for name, text, below in children:
        yield name, text
        yield from _leaves(below)


def rows_of(given: Iterable[Answered]) -> Mapping[str, list[int]]:
    """The numbers of the rows that have an answer, by their repeats, in their order."""
    found: dict[str, dict[int, None]] = {}
    for each in given:
        if isinstance(each.row, int):
            found.setdefault(each.owner, {})[each.row] = None
    return {owner: list(numbers) for owner, numbers in found.items()}

"""Answers that are worth trying: around the values at which the logic turns."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from surveys.engine.expressions import ExpressionError, Node, parse
from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.nodes import Call, Chain, Dot, Number, Reference, Text
from surveys.engine.expressions.values import decimal_of, number_text
from surveys.engine.model import Kind, Question
from surveys.engine.quality.wording import nodes_in, text_of_node
from surveys.engine.results import JSONValue
from surveys.engine.simulation.landmarks import comparisons_in
from surveys.engine.simulation.patterns import matching
from surveys.engine.state import FormState

NUMERIC: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
DAYS: Final = frozenset({Kind.DATE, Kind.DATETIME})
CHOSEN: Final = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
FIXED: Final = {
    Kind.TIME: "08:30:00",
    Kind.ACKNOWLEDGE: "OK",
    Kind.FILE: "tep.pdf",
    Kind.IMAGE: "anh.png",
}
"""Kinds on whose value no logic is known to turn."""

WORDS: Final = ("Nội dung", "Quyết định 12/QĐ-UBND", "0912345678", "a.b@example.vn", "2026")
EARLIEST: Final = date(1900, 1, 1)


@dataclass(slots=True)
class Values:
    """Draws the answers of one respondent; the same dice give the same answers."""

    state: FormState
    dice: random.Random
    landmarks: Mapping[str, Sequence[str]]

    def draw(self, question: Question, path: str) -> JSONValue:
        """An answer in JSON form; None where there is nothing to choose from."""
        kind = question.kind
        if kind in FIXED:
            return FIXED[kind]
        if kind in NUMERIC:
            return self._number(question, path)
        if kind in DAYS:
            return self._day(question, path)
        if kind in CHOSEN:
            return self._chosen(question, path)
        return self._text(question, path)

    def worth(self, node: Node, path: str) -> str | None:
        """What an expression beside the question is worth now, as text; None for blank."""
        grounded = self._grounded(node, path)
        try:
            value = self.state.evaluate(text_of_node(grounded))
        except (ExpressionError, EvaluationError):
            return None
        return value if isinstance(value, str) else None

    def turning_points(self, question: Question, path: str) -> list[str]:
        """What the question's own checks compare it with, and what others compare it with."""
        points = list(self.landmarks.get(question.name, ()))
        for node in rules_of(question):
            for _, one, other in comparisons_in(node):
                if isinstance(one, Dot) and (value := self.worth(other, path)) is not None:
                    points.append(value)
        return points

    def _grounded(self, node: Node, path: str) -> Node:
        """The node with the answers of the same row put in: outside it, they are sequences."""
        row = path.rpartition("/")[0]
        match node:
            case Reference(name=name) if row and self._stands_in(name, row):
                return _literal(self.state.value(f"{row}/{name}"))
            case Call(name=name, arguments=arguments, at=at):
                return Call(name, tuple(self._grounded(each, path) for each in arguments), at)
            case Chain(first=first, rest=rest, at=at):
                grounded = tuple((sign, self._grounded(each, path)) for sign, each in rest)
                return Chain(self._grounded(first, path), grounded, at)
            case _:
                return node

    def _stands_in(self, name: str, row: str) -> bool:
        part = self.state.form.parts.get(name)
        return part is not None and part.owner == row.partition("/")[0]

    def _number(self, question: Question, path: str) -> str:
        points = [decimal_of(each) for each in self.turning_points(question, path)]
        known = [each for each in points if each is not None]
        pool = [Decimal(0), Decimal(1), Decimal(self.dice.randint(0, 100))]
        pool.append(Decimal(self.dice.randint(0, 10 ** self.dice.randint(1, 6))))
        for point in known:
            pool += [point - 1, point, point + 1]
        if len(known) > 1:
            between = (min(known) + max(known)) / 2
            pool.append(between)
        if question.kind is Kind.RANGE:
            pool = [*_steps(question)] or pool
        drawn = self.dice.choice(pool)
        return number_text(drawn.to_integral_value() if question.kind is Kind.INTEGER else drawn)

    def _day(self, question: Question, path: str) -> str:
        today = self.state.context.today
        pool = [today - timedelta(days=self.dice.randint(0, 900)), today]
        pool.append(today + timedelta(days=self.dice.randint(1, 900)))
        for point in self.turning_points(question, path):
            day = _day_of(point)
            if day is not None and day > EARLIEST:
                pool += [day - timedelta(days=1), day, day + timedelta(days=1)]
        day = self.dice.choice(pool)
        return day.isoformat() if question.kind is Kind.DATE else f"{day.isoformat()}T08:30:00"

    def _chosen(self, question: Question, path: str) -> JSONValue:
        codes = [choice.name for choice in self.state.choices(path)]
        if not codes:
            return None
        if question.kind is Kind.SELECT_ONE:
            return self.dice.choice(codes)
        if question.kind is Kind.RANK:
            return self.dice.sample(codes, len(codes))
        wanted = self.dice.randint(1, len(codes))
        chosen = set(self.dice.sample(codes, wanted))
        return [code for code in codes if code in chosen]

    def _text(self, question: Question, path: str) -> str:
        pool = [*WORDS, *self.turning_points(question, path)]
        patterns = [
            node.arguments[1].value
            for rule in rules_of(question)
            for node in nodes_in(rule)
            if isinstance(node, Call)
            and node.name == "regex"
            and isinstance(node.arguments[1], Text)
        ]
        if patterns and self.dice.random() < 0.8:
            return matching(self.dice.choice(patterns), self.dice)
        return self.dice.choice(pool)


def rules_of(question: Question) -> Iterator[Node]:
    """The question's readable checks."""
    for text in (question.constraint, question.warning):
        if text.strip() and (node := read_rule(text.strip())) is not None:
            yield node


@lru_cache(maxsize=1024)
def read_rule(text: str) -> Node | None:
    """A rule as its nodes; None where it cannot be read. Every respondent asks for the same ones."""
    try:
        return parse(text)
    except ExpressionError:
        return None


def _literal(value: JSONValue) -> Node:
    if isinstance(value, str) and (number := decimal_of(value)) is not None:
        return Number(number, 0)
    return Text(value if isinstance(value, str) else "", 0)


def _steps(question: Question) -> Iterator[Decimal]:
    start, end, step = (
        decimal_of(question.parameters.get(key, otherwise))
        for key, otherwise in (("start", "0"), ("end", "10"), ("step", "1"))
    )
    if start is None or end is None or not step or step < 0:
        return
    count = min(int((end - start) / step), 1_000)
    for index in range(count + 1):
        yield start + index * step


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None

"""Plausible figures: what the definition says of a number decides its size.

Looked at in turn: what the agency answered in the round before (by ``carry``), the answer that a
check compares it with (``. <= ${total}``), the figure of the same unit beside it, its unit.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from surveys.engine import Carry, Form, FormState, Kind, Question, Table, text_in
from surveys.responses.simulator.profile import Profile

# By the Vietnamese unit.
RANGES: Final = {
    "người": (12, 90),
    "đơn vị": (8, 45),
    "hệ thống": (2, 40),
    "tài khoản": (80, 4000),
    "triệu đồng": (900, 60000),
    "phiên": (2, 8),
    "lần": (0, 6),
    "vị trí": (2, 25),
    "thôn, tổ": (900, 3200),
    "tổ": (900, 3000),
    "lượt": (5000, 250000),
    "nền tảng": (0, 9),
    "%": (5, 95),
    "ngày": (1, 60),
    "giờ": (4, 40),
    "năm": (1, 30),
}
ANYTHING: Final = (1, 60)
SCALED: Final = frozenset({"người", "hệ thống", "tài khoản", "triệu đồng", "lượt", "vị trí"})
GROWTH: Final = {Carry.STOCK: (1.0, 1.15), Carry.FLOW: (0.8, 1.3), Carry.STRUCTURAL: (1.0, 1.0)}

# A second and later try at the same cell is smaller: most checks that fail want less.
SHRINKING: Final = (1.0, 0.8, 0.55, 0.35, 0.2, 0.1, 0.0)

AT_MOST: Final = re.compile(r"\.\s*<=?\s*(?:[0-9.]+\s*\*\s*)?\$\{(\w+)\}")
AT_LEAST: Final = re.compile(r"\.\s*>=?\s*\$\{(\w+)\}")
EQUAL: Final = re.compile(r"(?<![<>!])=\s*\$\{(\w+)\}")
NAMES: Final = re.compile(r"\$\{(\w+)\}")


@dataclass(slots=True)
class Figures:
    """Draws numbers for one agency's response."""

    dice: random.Random
    profile: Profile

    def draw(self, state: FormState, question: Question, path: str, *, attempt: int = 0) -> str:
        """A number for the cell, as it would be typed."""
        size = self._size(state, question, path)
        if attempt:
            size *= SHRINKING[min(attempt, len(SHRINKING) - 1)]
        if question.kind is Kind.DECIMAL:
            return f"{max(size, 0):.2f}"
        return str(max(round(size), 1 if attempt == len(SHRINKING) else 0))

    def spread(self, total: int, cells: int) -> list[int]:
        """``total`` distributed over ``cells`` by chance, some of them likelier than others."""
        weights = [self.dice.uniform(0.1, 1) for _ in range(cells)]
        drawn = Counter(self.dice.choices(range(cells), weights, k=total))
        return [drawn[cell] for cell in range(cells)]

    def _size(self, state: FormState, question: Question, path: str) -> float:
        for size in (
            self._as_before(state, question, path),
            self._as_compared(state, question, path),
            self._as_beside(state, question, path),
        ):
            if size is not None:
                return size
        unit = text_in(question.unit, "vi")
        low, high = RANGES.get(unit, ANYTHING)
        size = self.dice.uniform(low, high)
        return size * self.profile.size if unit in SCALED else size

    def _as_before(self, state: FormState, question: Question, path: str) -> float | None:
        before = number(previous_answer(state, path))
        if before is None or question.carry is None or _bound(question) is not None:
            return None
        return before * self.dice.uniform(*GROWTH[question.carry])

    def _as_compared(self, state: FormState, question: Question, path: str) -> float | None:
        upper = _bound(question)
        if upper is not None:
            size = number(state.value(near(state.form, path, upper)))
            if size is not None:
                return size * self._share(question)
        lower = AT_LEAST.search(question.warning) or AT_LEAST.search(question.constraint)
        if lower is not None and lower[1] != question.name:
            size = number(state.value(near(state.form, path, lower[1])))
            if size is not None:
                return size * self.dice.uniform(1, 6)
        return None

    def _as_beside(self, state: FormState, question: Question, path: str) -> float | None:
        if not question.unit or isinstance(state.form.owner(question.name), Table):
            return None
        beside = _sibling(state.form, question)
        size = None if beside is None else number(state.value(near(state.form, path, beside)))
        return None if size is None else size * self.dice.uniform(0.98, 1.18)

    def _share(self, question: Question) -> float:
        """How much of its bound an answer is: little below a soft one, sometimes above it."""
        if not AT_MOST.search(question.constraint):
            return self.dice.uniform(0.8, 1.01)
        return min(1.0, 0.25 + 0.6 * self.profile.maturity + self.dice.uniform(-0.2, 0.25))


def number(value: object) -> float | None:
    """The value as a number, None where it is none."""
    if not isinstance(value, str):
        return None
    try:
        return float(Decimal(value))
    except InvalidOperation:
        return None


def near(form: Form, path: str, name: str) -> str:
    """The path of ``name`` as seen from ``path``: in the same row if it stands in the same grid."""
    owner = form.owner(name)
    grid, _slash, rest = path.partition("/")
    if owner is not None and owner.name == grid and rest:
        return f"{grid}/{rest.partition('/')[0]}/{name}"
    return name


def is_single(form: Form, path: str, name: str) -> bool:
    """Whether ``name``, seen from ``path``, is one cell and not a whole column."""
    return form.owner(name) is None or "/" in near(form, path, name)


def spread_total(state: FormState, table: Table) -> int | None:
    """The answer outside the table which its cells must sum up to, if a check says so."""
    columns = {column.name for column in table.columns}
    for match in EQUAL.finditer(table.constraint):
        if match[1] not in columns and state.form.owner(match[1]) is None:
            total = number(state.value(match[1]))
            if total is not None:
                return int(total)
    return None


def inputs(form: Form, path: str) -> Iterator[str]:
    """The cells that a computed cell is computed from, those that a check bounds first."""
    question = form.question(path.rpartition("/")[2])
    names = [
        name
        for name in dict.fromkeys(NAMES.findall(question.calculation))
        if is_single(form, path, name)
    ]
    bounded = [name for name in names if _bound(form.question(name)) is not None]
    for name in bounded or names:
        yield near(form, path, name)


def _bound(question: Question) -> str | None:
    """The answer that this one should not exceed."""
    for expression in (question.constraint, question.warning):
        match = AT_MOST.search(expression)
        if match is not None and match[1] != question.name:
            return match[1]
    return None


def previous_answer(state: FormState, path: str) -> object:
    """What stood in the same place in the round before."""
    found: object = state.context.previous or {}
    for step in path.split("/"):
        found = found.get(step) if hasattr(found, "get") else None
    return found


def _sibling(form: Form, question: Question) -> str | None:
    return _siblings(form).get(question.name)


@lru_cache(maxsize=16)
def _siblings(form: Form) -> dict[str, str]:
    """For each number that no check bounds: the number of the same unit before it in its group."""
    siblings: dict[str, str] = {}
    for element in form.definition.elements():
        children = getattr(element, "children", ())
        last: dict[str, str] = {}
        for child in children:
            if isinstance(child, Question) and child.kind in {Kind.INTEGER, Kind.DECIMAL}:
                unit = text_in(child.unit, "vi")
                if unit in last:
                    siblings[child.name] = last[unit]
                last[unit] = child.name
    return siblings

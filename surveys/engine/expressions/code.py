"""What the compiler makes of a node, and of a whole expression."""

from collections.abc import Callable
from dataclasses import dataclass, field

from surveys.engine.expressions.scope import Run, RunMany, Scope
from surveys.engine.expressions.types import Type, Value
from surveys.engine.problems import Severity

Candidates = Callable[[Scope], tuple[int, ...] | None]
"""The rows of a list that can meet a condition, in order; None where all must be tried."""


@dataclass(frozen=True, slots=True)
class Code:
    """One compiled node. ``many`` is set for a sequence, which has no single value.

    ``literal`` is the text of a literal text, ``constant`` says that nothing outside decides it.
    """

    run: Run
    type: Type
    many: RunMany | None = None
    literal: str | None = None
    constant: bool = False
    list_name: str = ""
    candidates: Candidates | None = None


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """What is wrong with an expression, at a character counted from 0."""

    code: str
    advice: str
    position: int
    name: str = ""
    severity: Severity = Severity.ERROR


@dataclass(slots=True)
class References:
    """The names an expression reads: in its own row, and wherever they stand."""

    same_row: set[str] = field(default_factory=set)
    anywhere: set[str] = field(default_factory=set)

    @property
    def all(self) -> frozenset[str]:
        """Every name."""
        return frozenset(self.same_row | self.anywhere)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled expression. With an error among its problems it must not be run."""

    text: str
    run: Run
    type: Type
    same_row: frozenset[str] = frozenset()
    anywhere: frozenset[str] = frozenset()
    problems: tuple[CodeProblem, ...] = ()
    constant: bool = False
    is_once: bool = False
    candidates: Candidates | None = None

    @property
    def references(self) -> frozenset[str]:
        """Every name it reads."""
        return self.same_row | self.anywhere

    @property
    def is_usable(self) -> bool:
        """Whether it may be run."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def constant(value: Value, of: Type, *, literal: str | None = None) -> Code:
    """Code that always gives ``value``."""
    return Code(lambda _: value, of, literal=literal, constant=True)


def converted(code: Code, convert: Callable[[Value], Value], to: Type) -> Code:
    """Code whose value is read as another type."""
    run = code.run

    def run_converted(scope: Scope) -> Value:
        return convert(run(scope))

    return Code(run_converted, to, constant=code.constant)

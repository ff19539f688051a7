"""A table held against a log of 10 and 20 earlier ones (or more): at random, over units chosen at random.

With three questions everything that was asked is one table; with ten that would be too large, and the
tables are linked two by two.

Run: .venv/bin/python benchmarks/disclosure_log.py [TABLES]
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from measure import measured, report

from analytics.methods.disclosure import (
    Axis,
    CannotBeProtected,
    Earlier,
    Figures,
    Policy,
    Table,
    audit,
    crosstab,
    protect,
)

UNITS = 200
ANSWERS = ("a", "b", "c", "d")
KNOWN = {"type": 4, "region": 3}
STEPS = (10, 20, 50, 100, 500)
MEASURED = 5
"""So many tables are made when the log has reached a step."""
POLICY = Policy()


@dataclass
class Log:
    """A round of so many questions, and everything that was shown of it."""

    questions: int
    random: Random = field(default_factory=lambda: Random(1690))
    tables: list[Table] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    refused: int = 0
    slowest: float = 0.0

    def __post_init__(self) -> None:
        chance = np.random.default_rng(1690)
        self.known = {name: chance.integers(0, n, UNITS) for name, n in KNOWN.items()}
        self.given = {
            f"q{i}": chance.choice(len(ANSWERS), UNITS, p=[0.5, 0.3, 0.15, 0.05])
            for i in range(self.questions)
        }

    def grow(self) -> None:
        """Ask for one more table; shown or refused."""
        asked = self._table()
        started = process_time()
        try:
            shown = protect(
                [asked], POLICY, earlier=Earlier(tuple(self.tables), frozenset(self.hidden))
            )
        except CannotBeProtected:
            self.refused += 1
            return
        finally:
            self.slowest = max(self.slowest, process_time() - started)
        self.tables.append(asked)
        self.hidden |= shown.hidden

    def _table(self) -> Table:
        names = self.random.sample(
            sorted(self.given), min(self.questions, self.random.choice((1, 2, 2)))
        )
        if self.random.random() < 0.5:
            names.append(self.random.choice(sorted(self.known)))
        axes = [self._axis(name) for name in names]
        within, mask = self._filter([name for name in self.known if name not in names])
        columns = [self.given.get(name, self.known.get(name)) for name in names]
        members: dict[tuple[str, ...], list[int]] = {}
        for unit in np.flatnonzero(mask).tolist():
            place = tuple(
                axis.categories[column[unit]]
                for axis, column in zip(axes, columns, strict=True)
                if column is not None
            )
            members.setdefault(place, []).append(unit)
        return crosstab(" x ".join(names), axes, Figures(members=members), within=within)

    def _axis(self, name: str) -> Axis:
        if name in self.known:
            return Axis(name, tuple(f"{name}{i}" for i in range(KNOWN[name])))
        return Axis(name, ANSWERS, answers=True)

    def _filter(self, names: list[str]) -> tuple[dict[str, str], np.ndarray]:
        mask = np.ones(UNITS, dtype=bool)
        if not names or self.random.random() < 0.5:
            return {}, mask
        name = self.random.choice(names)
        chosen = self.random.randrange(KNOWN[name])
        return {name: f"{name}{chosen}"}, self.known[name] == chosen


def main() -> None:
    """Grow the log of both rounds, and measure at each step."""
    most = int(sys.argv[1]) if sys.argv[1:] else STEPS[1]
    for questions in (3, 10):
        log = Log(questions)
        for step in (each for each in STEPS if each <= most):
            for _ in range(100 * step):
                if len(log.tables) >= step:
                    break
                log.grow()
            log.slowest = 0.0
            label = f"{questions} questions, {len(log.tables)} earlier tables"
            with measured(label, repeats=MEASURED) as m:
                for _ in range(MEASURED):
                    log.grow()
            m.check(_is_safe(log), f"audit; slowest {log.slowest:.2f} s; {log.refused} refused")
    report()


def _is_safe(log: Log) -> bool:
    earlier = Earlier(tuple(log.tables), frozenset(log.hidden))
    again = protect(log.tables[-1:], POLICY, earlier=earlier)
    return not audit(again.published())


if __name__ == "__main__":
    main()

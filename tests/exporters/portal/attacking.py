"""One researcher who makes tables at random and keeps every number that is shown, and what follows from
all of them together.

An inner cell is a type of unit with an answer to each of some questions ("" is none). A shown count is
the sum of some inner cells, a shown sum of a number the sum of what the units in them answered. Counts are
whole and not negative; the attacker knows how many units of each type have signed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from random import Random
from typing import Any

import numpy as np
from django.utils import timezone
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from analytics.answers import signed_answers
from analytics.explorer import queries
from analytics.explorer.asking import Filter, Scope
from analytics.explorer.compute import Tabulator
from analytics.gate.enums import Audience
from exporters.portal.enums import Measure
from exporters.portal.tabling.figures import figures_of
from exporters.portal.tabling.wanted import Wanted, asking_of
from surveys.campaigns.models import Round

FEWEST = 5
CLOSE = 1e-6

Cell = tuple[str, ...]
"""The type, then the answer to each question."""


@dataclass
class Attacker:
    """Asks a round about some ``questions`` with one choice each, and about one ``number``."""

    round: Round
    questions: Sequence[str]
    number: str
    audience: Audience = Audience.RESEARCHERS
    shown: int = 0
    refused: int = 0
    counts: dict[tuple[int, ...], float] = field(default_factory=dict)
    sums: dict[tuple[int, ...], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tabulator = Tabulator.of(self.round, at=timezone.now())
        self.basis = queries.basis_of(self.round, self.audience)
        self.scope: Scope = queries.scope_of(self.round)
        self.asked: set[str] = set()
        self._hold()

    def _hold(self) -> None:
        """What the units answered in truth, and what everybody knows."""
        types = {each.agency_id: each.type for each in self.tabulator.columns.units}
        held: Counter[Cell] = Counter()
        self.values: dict[Cell, list[float]] = defaultdict(list)
        for each in signed_answers(self.round):
            cell = (
                types[each.agency_id],
                *(str(each.answers.get(name) or "") for name in self.questions),
            )
            held[cell] += 1
            if (value := each.answers.get(self.number)) is not None:
                self.values[cell].append(float(value))
        self.axes = [
            sorted({cell[place] for cell in held}) for place in range(len(self.questions) + 1)
        ]
        self.cells: list[Cell] = list(product(*self.axes))
        self.truth = np.array([held[cell] for cell in self.cells], dtype=float)
        self.worth = np.array([sum(self.values[cell]) for cell in self.cells])
        self.givers = np.array([len(self.values[cell]) for cell in self.cells])
        for kind in self.axes[0]:
            places = tuple(i for i, cell in enumerate(self.cells) if cell[0] == kind)
            self.counts[places] = self.truth[list(places)].sum()

    def _where(self, fits: Callable[[Cell], bool]) -> tuple[int, ...]:
        return tuple(i for i, cell in enumerate(self.cells) if fits(cell))

    @property
    def codes(self) -> list[str]:
        """The dimension of each place of an inner cell."""
        return ["type", *(f"question.{name}" for name in self.questions)]

    def make_tables(self, number: int, *, seed: int) -> None:
        """So many different tables at random; those that were asked before are not counted."""
        random = Random(seed)  # noqa: S311  (no secret)
        while len(self.asked) < number:
            wanted = self._at_random(random)
            asking = asking_of(wanted, self.scope)
            if asking.digest not in self.asked:
                self.asked.add(asking.digest)
                self._read(wanted, self.tabulator.result(asking, self.basis, actor=None))

    def _at_random(self, random: Random) -> Wanted:
        """Rows, perhaps columns and layers; filters by whatever does not stand there, or does."""
        measure = random.choice([Measure.COUNT] * 4 + [Measure.SUM, Measure.MEAN])
        is_count = measure is Measure.COUNT
        axes = random.sample(self.codes, random.choice((1, 2, 2, 3) if is_count else (1, 2)))
        if is_count and all(code == "type" for code in axes[:2]):
            axes = [random.choice(self.codes[1:]), *axes]
        filters = []
        for code in random.sample(self.codes, random.choice((0, 1, 1, 2))):
            values = [value for value in self.axes[self.codes.index(code)] if value]
            chosen = random.sample(values, random.randint(1, max(1, len(values) - 1)))
            filters.append(Filter(code, tuple(sorted(chosen))))
        return Wanted(
            rows=tuple(axes[:1]),
            cols=axes[1] if len(axes) > 1 else "",
            layer=axes[2] if len(axes) > 2 else "",
            filters=tuple(sorted(filters, key=lambda each: each.dimension)),
            measure=measure,
            of="" if is_count else self.number,
        )

    def _read(self, wanted: Wanted, result: dict[str, Any]) -> None:
        """Every figure of the table as an equation."""
        if "refusal" in result:
            self.refused += 1
            return
        self.shown += 1
        asking = asking_of(wanted, self.scope)
        figures = figures_of(asking, result)
        by = [f"question.{asking.question}", *asking.by]
        for place, figure in figures.counts.items():
            if wanted.of or figure.value is None:
                continue
            self._learn(self.counts, self.truth, self._at(wanted, by, place), figure.value)
        for place, figure in figures.sums.items():
            if figure.value is not None:
                self._learn(self.sums, self.worth, self._at(wanted, by, place), figure.value)
        for place, figure in figures.means.items():
            n = figures.counts[place].value
            if figure.value is not None and n is not None:
                told = figure.value * n
                self._learn(self.sums, self.worth, self._at(wanted, by, place), told)

    def _at(
        self, wanted: Wanted, by: Sequence[str], place: Sequence[str | None]
    ) -> tuple[int, ...]:
        """The inner cells behind a figure: of a dimension that is crossed, those without a value of it
        stand in no figure."""
        filters = {each.dimension: set(each.values) for each in wanted.filters}
        where = {code: value for code, value in zip(by, place, strict=False) if code in self.codes}

        def fits(cell: Cell) -> bool:
            held = dict(zip(self.codes, cell, strict=True))
            return all(held[code] in values for code, values in filters.items()) and all(
                held[code] == value if value is not None else held[code] != ""
                for code, value in where.items()
            )

        return self._where(fits)

    def _learn(
        self,
        known: dict[tuple[int, ...], float],
        truth: np.ndarray,
        places: tuple[int, ...],
        figure: float,
    ) -> None:
        held = truth[list(places)].sum()
        assert abs(held - figure) < CLOSE * max(1.0, abs(held)), "an equation that does not hold"
        known[places] = held

    def _matrix(self, known: dict[tuple[int, ...], float]) -> tuple[np.ndarray, np.ndarray]:
        matrix = np.zeros((len(known), len(self.cells)))
        for row, places in enumerate(known):
            matrix[row, list(places)] = 1
        return matrix, np.array(list(known.values()))

    def _targets(self) -> Iterator[tuple[dict[str, str], list[int]]]:
        """Every group of units by up to three of their properties and answers."""
        for size in (1, 2, 3):
            for places in combinations(range(len(self.axes)), size):
                if places == (0,):
                    continue
                for values in product(*(self.axes[place] for place in places)):
                    wanted = dict(zip(places, values, strict=True))
                    inside = [
                        i
                        for i, cell in enumerate(self.cells)
                        if all(cell[place] == value for place, value in wanted.items())
                    ]
                    yield {self.codes[p]: v for p, v in wanted.items()}, inside

    def recovered_counts(self) -> list[tuple[dict[str, str], int]]:
        """Small groups whose size is the only whole number that fits everything shown."""
        matrix, told = self._matrix(self.counts)
        found = []
        for what, inside in self._targets():
            n = int(self.truth[inside].sum())
            if 0 < n < FEWEST and self._is_only(matrix, told, inside, n):
                found.append((what, n))
        return found

    def _is_only(self, matrix: np.ndarray, told: np.ndarray, inside: list[int], n: int) -> bool:
        """Whether no other whole number fits; first without asking for whole numbers."""
        cost = np.zeros(len(self.cells))
        cost[inside] = 1
        ends = [
            linprog(sign * cost, A_eq=matrix, b_eq=told, bounds=(0, None), method="highs")
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends), "what was shown fits nothing"
        low, high = (
            float(sign * (end.fun or 0.0)) for sign, end in zip((1, -1), ends, strict=True)
        )
        if low > n - 1 + CLOSE and high < n + 1 - CLOSE:
            return True
        fits = LinearConstraint(matrix, told, told)
        whole = np.ones(len(cost), dtype=np.int_)
        for sign, could in ((1, low <= n - 1 + CLOSE), (-1, high >= n + 1 - CLOSE)):
            if not could:
                continue
            end = milp(sign * cost, constraints=fits, integrality=whole, bounds=Bounds(0, np.inf))
            if end.x is not None and round(float(cost @ np.asarray(end.x))) != n:
                return False
        return True

    def recovered_sums(self) -> list[tuple[dict[str, str], int]]:
        """Groups of fewer than five who gave a number, whose sum follows from the sums shown."""
        if not self.sums:
            return []
        matrix, _told = self._matrix(self.sums)
        nobody = {
            place
            for known in (self.counts, self.sums)
            for places, told in known.items()
            if told == 0
            for place in places
        }
        left_over = np.array([place not in nobody for place in range(len(self.cells))])
        _u, strength, ways = np.linalg.svd(matrix[:, left_over], full_matrices=False)
        basis = ways[strength > CLOSE]
        found = []
        for what, inside in self._targets():
            givers = int(self.givers[inside].sum())
            if not 0 < givers < FEWEST:
                continue
            target = np.zeros(len(self.cells))
            target[inside] = 1
            target = target[left_over]
            left = target - basis.T @ (basis @ target)
            if np.abs(left).max() < CLOSE:
                found.append((what, givers))
        return found

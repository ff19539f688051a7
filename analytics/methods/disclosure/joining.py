"""Tables of one measure as sums of a single table of everything that they ask, where that one is small.

What tables tell together is more than what each pair of them tells by the cells that they share: three
tables of two questions each can leave one way only to fill in the table of all three.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from analytics.methods.disclosure.entries import EVERYTHING, Reading
from analytics.methods.disclosure.linking import few_between
from analytics.methods.disclosure.systems import System, TablesDisagree, system_of
from analytics.methods.disclosure.tables import Cell, Origin, Table
from analytics.methods.disclosure.unknowns import Unknowns, distinct

_MOST: Final = 2_000
"""Up to so many cells of the single table; beyond, tables are linked two by two."""
_ASKED_TOGETHER: Final = 3
"""Small groups by up to so many answers are guarded, whether a table asked for them or not."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Tables with the single table that they are made of.

    ``system``: their cells, and inner ones: how many units each inner group has, which everybody knows,
    and small groups. ``told``: the keys of cells that count answers; ``few``: those of the small groups.
    """

    system: System
    unknowns: Unknowns
    told: frozenset[str]
    few: frozenset[str]


def joined(measure: str, tables: Sequence[Table], reading: Reading, below: int) -> Joint | None:
    """The tables of one measure together; None where the single table would be too large.

    None too where a unit gave two answers to one question. Small groups have 1 to ``below`` - 1 units.
    """
    whole = _Whole.of([table.origin for table in tables if table.origin is not None], reading)
    if whole is None:
        return None
    system = system_of(tables)
    ways = whole.rows(
        (whole.atoms[entry.group], whole.answers(reading.meaning[entry.answer]))
        for entry in (reading.entries[cell.key] for cell in system.cells)
    )
    if np.any(ways @ whole.counts.ravel() != system.values):
        raise TablesDisagree("cells do not count the units behind them")
    nobody = csr_array((0, ways.shape[1]))
    guards, few = whole.small_groups(reading, below)
    every = np.ones(whole.counts.shape[1], dtype=bool)
    sizes = whole.rows((np.array([atom]), every) for atom in range(len(whole.counts)))
    inner = [
        *_inner_cells(measure, "size", whole.counts.sum(axis=1), known=True),
        *_inner_cells(measure, "few", few, known=False),
    ]
    cells = (*system.cells, *inner)
    lines = system.matrix
    wider = csr_array((lines.data, lines.indices, lines.indptr), (lines.shape[0], len(cells)))
    place = {cell.key: i for i, cell in enumerate(cells)}
    return Joint(
        System(cells, place, wider, system.sums),
        Unknowns(
            csr_array(vstack([ways, sizes, guards])), nobody, whole.counts.ravel().astype(float)
        ),
        frozenset(e.key for e in reading.entries.values() if e.answer != EVERYTHING),
        frozenset(cell.key for cell in inner if not cell.known),
    )


def _inner_cells(
    measure: str, name: str, counts: NDArray[np.intp], *, known: bool
) -> Iterator[Cell]:
    for place, n in enumerate(counts.tolist()):
        key = f"\0{measure}\0{name}\0{place}"
        yield Cell(key=key, value=float(n), count=n, known=known, inner=True)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The single table. ``counts``: shape (inner groups, answers to all questions together)."""

    questions: Mapping[str, Mapping[str, int]]
    atoms: Mapping[bytes, NDArray[np.intp]]
    counts: NDArray[np.intp]

    @classmethod
    def of(cls, origins: Sequence[Origin], reading: Reading) -> Self | None:
        questions: dict[str, dict[str, int]] = {}
        for axis in (axis for origin in origins for axis in origin.axes if axis.answers):
            known = questions.setdefault(axis.name, {})
            for kind in axis.categories:
                known.setdefault(kind, len(known))
        label, number = reading.inner_groups()
        size = prod(len(kinds) for kinds in questions.values())
        if number * size > _MOST:
            return None
        answered = _answered(origins, reading.units, questions)
        if answered is None:
            return None
        counts = np.bincount(label * size + answered, minlength=number * size)
        parts = {group: np.unique(label[reading.mask(group)]) for group in reading.groups}
        return cls(questions, parts, counts.reshape(number, size))

    def answers(self, meaning: Mapping[str, Iterable[str]]) -> NDArray[np.bool_]:
        """Which answers to all questions together an answer to some of them spans."""
        inside = np.ones([len(kinds) for kinds in self.questions.values()], dtype=bool)
        for i, (name, kinds) in enumerate(self.questions.items()):
            if name in meaning:
                spanned = np.zeros(len(kinds), dtype=bool)
                spanned[[kinds[kind] for kind in meaning[name]]] = True
                inside &= spanned.reshape([-1 if j == i else 1 for j in range(inside.ndim)])
        return inside.ravel()

    def rows(self, parts: Iterable[tuple[NDArray[np.intp], NDArray[np.bool_]]]) -> csr_array:
        """A row for each pair of inner groups and answers: the cells of the single table in both."""
        groups, answers = self.counts.shape
        columns = [
            (atoms[:, None] * answers + np.flatnonzero(told)).ravel() for atoms, told in parts
        ]
        ends = np.cumsum([0, *(len(each) for each in columns)])
        every = np.concatenate([*columns, np.zeros(0, dtype=np.intp)])
        return csr_array((np.ones(len(every)), every, ends), (len(columns), groups * answers))

    def small_groups(self, reading: Reading, below: int) -> tuple[csr_array, NDArray[np.intp]]:
        """Small groups as rows, each once, and how many units they have: by a group of units and answers
        to a few questions, and what one group has more than another."""
        told = [self.answers(meaning) for meaning in self._meanings(reading)]
        groups = [*self.atoms.values(), *(np.array([atom]) for atom in range(len(self.counts)))]
        inside = np.zeros((len(groups), len(self.counts)), dtype=np.int64)
        for row, atoms in enumerate(groups):
            inside[row, atoms] = 1
        numbers = inside @ self.counts @ np.array(told, dtype=np.int64).T
        found = [
            (groups[row], told[column])
            for row, column in np.argwhere((numbers > 0) & (numbers < below))
        ]
        by_answer = {a: self.counts @ self.answers(m) for a, m in reading.meaning.items()}
        found += [
            (np.array(sorted(atoms)), self.answers(reading.meaning[answer]))
            for answer, atoms in few_between(self.atoms, reading.entries, by_answer, below)
        ]
        rows = distinct(self.rows(found))
        return rows, (rows @ self.counts.ravel()).astype(np.intp)

    def _meanings(self, reading: Reading) -> Iterator[Mapping[str, Iterable[str]]]:
        yield from (m for answer, m in reading.meaning.items() if answer != EVERYTHING)
        for number in range(1, _ASKED_TOGETHER + 1):
            for names in combinations(self.questions, number):
                yield from _each_answer({name: self.questions[name] for name in names})


def _each_answer(questions: Mapping[str, Iterable[str]]) -> Iterator[Mapping[str, Iterable[str]]]:
    if not questions:
        yield {}
        return
    (name, kinds), *others = questions.items()
    for rest in _each_answer(dict(others)):
        yield from ({name: (kind,), **rest} for kind in kinds)


def _answered(
    origins: Iterable[Origin], units: NDArray[np.int64], questions: Mapping[str, Mapping[str, int]]
) -> NDArray[np.intp] | None:
    """For each unit its answer to all questions together; the first one where no table asked it for one.

    None where a unit gave two answers to one question.
    """
    found = np.full((len(questions), len(units)), -1, dtype=np.intp)
    rows = {name: row for row, name in enumerate(questions)}
    for origin in origins:
        for place, ids in origin.members.items():
            at = np.searchsorted(units, np.array([*ids], dtype=np.int64))
            for axis, part in zip(origin.axes, place, strict=True):
                if not axis.answers:
                    continue
                row, kind = found[rows[axis.name]], questions[axis.name][part]
                if np.any((row[at] >= 0) & (row[at] != kind)):
                    return None
                row[at] = kind
    sizes = [len(kinds) for kinds in questions.values()]
    answered: NDArray[np.intp] = np.ravel_multi_index(tuple(np.maximum(found, 0)), sizes)
    return answered

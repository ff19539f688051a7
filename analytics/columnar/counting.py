"""Counting one partition: a bincount over Arrow's dictionary codes for each variable.

Texts are never looked at row by row: rows are counted by group and dictionary code, and only the few
entries of the dictionary are then translated. Knows no Django; everything here travels to workers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.columnar.cells import MARK, State, answer_of, state_of
from analytics.columnar.columns import TEXTS, marks_of
from analytics.columnar.partitions import Partition


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted: the columns by how they are read, by which column, under which weights.

    ``categories`` hold one choice a row, ``several`` choices joined by blanks, ``numbers`` figures with
    marks beside them, ``texts`` something of which only presence is counted. ``crossed`` are lists of
    up to three columns of categories that are counted together.
    """

    categories: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    crossed: tuple[tuple[str, ...], ...] = ()
    by: str | None = None
    weight: str | None = None
    unmarked: tuple[str, ...] = ()

    def schema(self) -> pa.Schema:
        """The columns that counting reads."""
        texts = dict.fromkeys([*self.categories, *self.several, *self.texts])
        texts |= dict.fromkeys(name for names in self.crossed for name in names)
        if self.by is not None:
            texts[self.by] = None
        texts |= dict.fromkeys(marks_of(n) for n in self.numbers if n not in self.unmarked)
        figures = dict.fromkeys(self.numbers)
        if self.weight is not None:
            figures[self.weight] = None
        fields = [(name, TEXTS) for name in texts] + [(name, pa.float64()) for name in figures]
        return pa.schema(fields)


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows (int64) and their weights (float64, None without) by group and entry: groups x entries.

    Entries are as they are written; None is blank.
    """

    entries: tuple[Any, ...]
    rows: np.ndarray
    weights: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """Of a figure by group: how many, their weight, mean, sum of squared deviations, extremes."""

    rows: np.ndarray
    weight: np.ndarray
    mean: np.ndarray
    squares: np.ndarray
    least: np.ndarray
    most: np.ndarray


@dataclass(frozen=True, slots=True)
class Tally:
    """What one partition amounts to; ``groups`` are the entries of the column it is counted by."""

    groups: tuple[str | None, ...]
    sizes: Counts
    cells: Mapping[str, Counts]
    chosen: Mapping[str, Counts]
    sums: Mapping[str, Sums]
    crossed: Mapping[tuple[str, ...], Counts]


def tally_of(part: Partition, counting: Counting) -> Tally:
    """Read a partition and count it."""
    return counted(part.read(counting.schema()), counting)


def counted(table: pa.Table, counting: Counting) -> Tally:
    """Count a table that has the columns of ``counting.schema()``."""
    rows = Rows(table, counting)
    return Tally(
        groups=rows.groups,
        sizes=rows.sizes(),
        cells={
            **{name: rows.entries(name) for name in counting.categories},
            **{name: rows.states(name) for name in (*counting.texts, *counting.several)},
            **{
                name: rows.marks(name) for name in counting.numbers if name not in counting.unmarked
            },
        },
        chosen={name: rows.choices(name) for name in counting.several},
        sums={name: rows.sums(name) for name in counting.numbers},
        crossed={names: rows.crossed(names) for names in counting.crossed},
    )


class Rows:
    """A table with its rows' groups and weights worked out once."""

    def __init__(self, table: pa.Table, counting: Counting) -> None:
        self._table = table
        self._weights = None
        if counting.weight is not None:
            self._weights = np.nan_to_num(table[counting.weight].to_numpy(), nan=0.0)
        self.groups: tuple[str | None, ...] = (None,)
        self._group = np.zeros(table.num_rows, dtype=np.int64)
        if counting.by is not None:
            codes, texts = self._encoded(counting.by)
            answers = [answer_of(text) for text in texts]
            self.groups = (None, *dict.fromkeys(each for each in answers if each is not None))
            places = [self.groups.index(each) for each in answers]
            self._group = np.array([0, *places], dtype=np.int64)[codes]
        self._order: np.ndarray | None = None

    def entries(self, name: str) -> Counts:
        """Rows by group and what is written."""
        codes, texts = self._encoded(name)
        return self._counts(codes, (None, *texts))

    def states(self, name: str) -> Counts:
        """Rows by group and state. Of the dictionary only what may be a mark is looked at."""
        codes, texts = self._dictionary(name)
        marked = np.flatnonzero(pc.starts_with(texts, MARK).to_numpy(zero_copy_only=False))
        states = {int(place): state_of(texts[int(place)].as_py()) for place in marked}
        known = tuple(dict.fromkeys([State.BLANK, State.ANSWERED, *states.values()]))
        places = np.ones(len(texts) + 1, dtype=np.int64)
        places[0] = 0
        for place, state in states.items():
            places[place + 1] = known.index(state)
        return self._counts(places[codes], tuple(state.value for state in known))

    def marks(self, name: str) -> Counts:
        """Rows by group and mark beside a figure; "blank" is a figure or none."""
        return self.states(marks_of(name))

    def sizes(self) -> Counts:
        """Rows by group, all of them under "blank"."""
        return self._counts(np.zeros(self._table.num_rows, dtype=np.int64), (State.BLANK.value,))

    def choices(self, name: str) -> Counts:
        """Rows by group and each of the choices in them: a row counts once for each."""
        codes, texts = self._encoded(name)
        combined = self._counts(codes, (None, *texts))
        answers = pa.array([answer_of(text) for text in texts], pa.string())
        split = pc.split_pattern(answers, " ")
        parents = pc.list_parent_indices(split).to_numpy(zero_copy_only=False)
        chosen = pc.list_flatten(split).dictionary_encode()
        known = chosen.dictionary.to_pylist()
        member = np.zeros((len(texts) + 1, len(known)))
        member[parents + 1, chosen.indices.to_numpy(zero_copy_only=False)] = 1.0
        rows = np.rint(combined.rows.astype(np.float64) @ member).astype(np.int64)
        weights = None if combined.weights is None else combined.weights @ member
        return Counts(tuple(known), rows, weights)

    def crossed(self, names: Sequence[str]) -> Counts:
        """Rows by group and what is written in several columns at once."""
        codes = np.zeros(self._table.num_rows, dtype=np.int64)
        entries: list[tuple[str | None, ...]] = [()]
        for name in names:
            own, texts = self._encoded(name)
            codes = codes * (len(texts) + 1) + own
            entries = [(*before, text) for before in entries for text in (None, *texts)]
        return self._counts(codes, tuple(entries))

    def sums(self, name: str) -> Sums:
        """The moments of a figure by group, over the rows that have it."""
        values = self._table[name].to_numpy()
        if self._order is None:
            self._order = np.argsort(self._group, kind="stable")
            self._starts = np.searchsorted(self._group[self._order], np.arange(len(self.groups)))
        has = ~np.isnan(values)
        weights = self._weights if self._weights is not None else np.ones(len(values))
        held = np.where(has, weights, 0.0)
        shown = np.where(has, values, 0.0)
        weight = self._added(held)
        total = self._added(held * shown)
        mean = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
        apart = shown - mean[self._group]
        return Sums(
            rows=self._added(has.astype(np.float64)).astype(np.int64),
            weight=weight,
            mean=mean,
            squares=self._added(held * apart * apart),
            least=self._extreme(np.minimum, np.where(has, values, np.inf), np.inf),
            most=self._extreme(np.maximum, np.where(has, values, -np.inf), -np.inf),
        )

    def _added(self, values: np.ndarray) -> np.ndarray:
        added = np.bincount(self._group, weights=values, minlength=len(self.groups))
        return added.astype(np.float64, copy=False)  # of no rows it is a count

    def _extreme(self, best: np.ufunc, values: np.ndarray, none: float) -> np.ndarray:
        found = np.full(len(self.groups), none)
        sizes = np.diff([*self._starts, len(values)])
        there = np.flatnonzero(sizes)
        if len(there):
            found[there] = best.reduceat(values[self._order], self._starts[there])
        return found

    def _counts(self, codes: np.ndarray, entries: tuple[Any, ...]) -> Counts:
        width = len(entries)
        shape = (len(self.groups), width)
        places = codes if len(self.groups) == 1 else self._group * width + codes
        rows = np.bincount(places, minlength=shape[0] * width).reshape(shape)
        weights = None
        if self._weights is not None:
            weights = np.bincount(places, weights=self._weights, minlength=shape[0] * width)
            weights = weights.reshape(shape).astype(np.float64, copy=False)
        return Counts(entries, rows, weights)

    def _encoded(self, name: str) -> tuple[np.ndarray, list[str]]:
        """Codes and their texts; code 0 is null, code 1 the first text."""
        codes, texts = self._dictionary(name)
        return codes, texts.to_pylist()

    def _dictionary(self, name: str) -> tuple[np.ndarray, Any]:
        array: Any = self._table[name].combine_chunks()
        indices = array.indices
        if indices.null_count:
            indices = indices.fill_null(-1)
        codes: np.ndarray = indices.to_numpy(zero_copy_only=False) + 1
        return codes, array.dictionary

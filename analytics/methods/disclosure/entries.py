"""The cells of tables as a reader takes them: over which units each counts, and what these answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from analytics.methods.disclosure.tables import (
    TOTAL,
    Axis,
    Cell,
    Origin,
    Table,
    cell_key,
    spans_of,
)

EVERYTHING = cell_key({})
"""The answer that all give: whatever it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell: over which units it counts (``group``, packed bits), and what they answered."""

    key: str
    group: bytes
    answer: str


@dataclass(slots=True)
class Reading:
    """Tables of one measure with what stands in their cells.

    ``units``: ids of all that stand in any, ascending. ``entries`` by key. ``given``: for each answer
    who gave it, shape (units,), among those that a table asks for it. ``meaning``: for each answer the
    categories that it spans, by axis.
    """

    units: NDArray[np.int64]
    entries: dict[str, Entry] = field(default_factory=dict)
    given: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    meaning: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def groups(self) -> set[bytes]:
        """The groups of units that cells count."""
        return {each.group for each in self.entries.values()}

    def mask(self, group: bytes) -> NDArray[np.bool_]:
        """Which units stand in a group, shape (units,)."""
        bits = np.unpackbits(np.frombuffer(group, dtype=np.uint8), count=len(self.units))
        return bits.astype(bool)

    def inner_groups(self) -> tuple[NDArray[np.intp], int]:
        """Units that no group tells apart: for each unit the number of its own, and how many there are."""
        bits = np.array([self.mask(group) for group in sorted(self.groups)])
        packed = np.ascontiguousarray(np.packbits(bits, axis=0).T)
        kinds, label = np.unique(
            packed.view([("", packed.dtype)] * packed.shape[1]).ravel(), return_inverse=True
        )
        return label.ravel(), len(kinds)


def reading_of(tables: Iterable[Table]) -> Reading:
    """Read tables of one measure, each with its origin."""
    given = list(tables)
    origins = [table.origin for table in given if table.origin is not None]
    units = np.unique(
        np.concatenate([[*ids] for origin in origins for ids in origin.members.values() if ids])
    ).astype(np.int64)
    reading = Reading(units)
    for table in given:
        if table.origin is not None:
            _TableReader(reading, table.origin).take_in(table.cells)
    return reading


class _TableReader:
    """One table: each pair of a unit and its place once, as positions of its categories."""

    def __init__(self, reading: Reading, origin: Origin) -> None:
        self._reading, self._axes = reading, origin.axes
        self._spans = [spans_of(axis) for axis in origin.axes]
        places = [(place, ids) for place, ids in origin.members.items() if ids]
        self._rows = np.searchsorted(
            reading.units, np.concatenate([[*ids] for _place, ids in places] or [[]])
        )
        lengths = [len(ids) for _place, ids in places]
        self._at = [
            np.repeat([axis.categories.index(place[i]) for place, _ids in places], lengths)
            for i, axis in enumerate(origin.axes)
        ]
        self._groups: dict[tuple[str, ...], bytes] = {}
        self._answers: dict[tuple[str, ...], str] = {}

    def take_in(self, cells: Iterable[Cell]) -> None:
        """Note each cell with its group and answer, and who gave the answer."""
        for place, cell in zip(product(*self._spans), cells, strict=True):
            known, told = self._apart(place)
            if known not in self._groups:
                self._groups[known] = np.packbits(self._who(known)).tobytes()
            if told not in self._answers:
                self._answers[told] = self._note(told)
            self._reading.entries[cell.key] = Entry(
                cell.key, self._groups[known], self._answers[told]
            )

    def _apart(self, place: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What readers know of the units in a place, and what these answered."""
        named: list[tuple[Axis, str]] = list(zip(self._axes, place, strict=True))
        known = tuple(TOTAL if axis.answers else part for axis, part in named)
        return known, tuple(part if axis.answers else TOTAL for axis, part in named)

    def _who(self, place: tuple[str, ...]) -> NDArray[np.bool_]:
        inside = np.ones(len(self._rows), dtype=bool)
        for axis, span, part, at in zip(self._axes, self._spans, place, self._at, strict=True):
            if part != TOTAL:
                inside &= np.array([kind in span[part] for kind in axis.categories])[at]
        mask = np.zeros(len(self._reading.units), dtype=bool)
        mask[self._rows[inside]] = True
        return mask

    def _note(self, told: tuple[str, ...]) -> str:
        named = [(axis.name, part) for axis, part in zip(self._axes, told, strict=True)]
        answer = cell_key(dict(named))
        given, mine = self._reading.given, self._who(told)
        given[answer] = given[answer] | mine if answer in given else mine
        self._reading.meaning[answer] = {
            axis.name: span[part]
            for axis, span, part in zip(self._axes, self._spans, told, strict=True)
            if part != TOTAL
        }
        return answer

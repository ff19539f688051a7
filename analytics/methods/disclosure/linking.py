"""Tables over different units as one system, by the units that they share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.disclosure.tables import (
    TOTAL,
    Axis,
    Cell,
    Origin,
    Sum,
    Table,
    cell_key,
    spans_of,
)

_MOST: Final = 30_000
"""Up to so many inner cells; beyond, tables are linked by their keys and held apart by their units."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A cell as the reader knows it: over which units it counts, and what they answered."""

    key: str
    group: bytes
    answer: str


def linked(tables: Iterable[Table], *, below: int = 0) -> tuple[Table, ...]:
    """Inner tables that tie together the cells of tables over different, overlapping units.

    Readers are taken to know which units a filter or a group has, not what these answered. Units that no table
    tells apart are one inner group; a cell over some of the groups is the sum of the inner cells of
    its answer. So the yes of a province is that of its large communes and that of the others, even
    where the three were asked for by different filters. One table by itself needs no link.

    What one group has more than another inside it is a figure as well, which a reader has by taking one
    from the other: the counts ``below`` so many of such differences are inner cells too.
    """
    found: dict[str, list[Table]] = {}
    for table in tables:
        if table.origin is not None:
            found.setdefault(table.origin.measure, []).append(table)
    links = (_link(measure, several, below) for measure, several in found.items())
    return tuple(link for link in links if link is not None)


def _link(measure: str, tables: list[Table], below: int) -> Table | None:
    origins = [table.origin for table in tables if table.origin is not None]
    if len({_shape(origin) for origin in origins}) < 2:
        return None
    units = np.unique(
        np.concatenate([[*ids] for origin in origins for ids in origin.members.values() if ids])
    ).astype(np.int64)
    entries: dict[str, _Entry] = {}
    answers: dict[str, NDArray[np.bool_]] = {}
    for origin in origins:
        _take_in(origin, units, entries, answers)
    groups = {each.group for each in entries.values()}
    label, number = _atoms(groups, len(units))
    if number * len(answers) > _MOST:
        return None
    parts = {group: np.unique(label[_mask(group, len(units))]) for group in groups}
    cells = tuple(
        Cell(
            key=_inner(measure, atom, answer),
            value=float(count),
            count=int(count),
            known=answer == cell_key({}),
            inner=True,
        )
        for answer, mask in answers.items()
        for atom, count in enumerate(np.bincount(label[mask], minlength=number))
    )
    ties = tuple(
        Sum(each.key, tuple(_inner(measure, atom, each.answer) for atom in parts[each.group]))
        for each in entries.values()
        if each.answer != cell_key({})
    )
    lines = ties + _inside(measure, tables, entries, number)
    counts = {
        answer: np.bincount(label[mask], minlength=number) for answer, mask in answers.items()
    }
    more, sums = _differences(measure, parts, entries, counts, below)
    return Table(f"units of {measure}", cells + more, lines + sums)


def _differences(
    measure: str,
    parts: Mapping[bytes, NDArray[np.intp]],
    entries: Mapping[str, _Entry],
    counts: Mapping[str, NDArray[np.intp]],
    below: int,
) -> tuple[tuple[Cell, ...], tuple[Sum, ...]]:
    """The small counts of what one group of an answer has more than another, as sums of inner cells.

    A difference of one inner group is that inner group's cell.
    """
    few = _few(parts, entries, counts, below)
    cells = tuple(
        Cell(key=_together(measure, atoms, answer), value=float(n), count=n, inner=True)
        for (answer, atoms), n in few.items()
    )
    sums = tuple(
        Sum(
            _together(measure, atoms, answer),
            tuple(_inner(measure, atom, answer) for atom in sorted(atoms)),
        )
        for answer, atoms in few
    )
    return cells, sums


def _take_in(
    origin: Origin,
    units: NDArray[np.int64],
    entries: dict[str, _Entry],
    answers: dict[str, NDArray[np.bool_]],
) -> None:
    """Note each cell of a table with its group and answer, and who gave the answer."""
    spans = [spans_of(axis) for axis in origin.axes]
    at = {place: np.searchsorted(units, ids) for place, ids in origin.members.items()}
    for place in product(*spans):
        known = [TOTAL if axis.answers else part for axis, part in _named(origin, place)]
        told = [part if axis.answers else TOTAL for axis, part in _named(origin, place)]
        answer = cell_key({axis.name: part for axis, part in _named(origin, told)})
        group = _who(at, spans, known, len(units))
        mine = _who(at, spans, told, len(units))
        answers[answer] = answers.get(answer, np.zeros(len(units), dtype=bool)) | mine
        conditions = {axis.name: part for axis, part in _named(origin, place)}
        key = cell_key({**origin.within, **conditions}, measure=origin.measure)
        entries[key] = _Entry(key, np.packbits(group).tobytes(), answer)


def _named(origin: Origin, place: Iterable[str]) -> list[tuple[Axis, str]]:
    return list(zip(origin.axes, place, strict=True))


def _who(
    at: Mapping[tuple[str, ...], NDArray[np.intp]],
    spans: list[dict[str, tuple[str, ...]]],
    place: list[str],
    number: int,
) -> NDArray[np.bool_]:
    mask = np.zeros(number, dtype=bool)
    for leaf in product(*(span[part] for span, part in zip(spans, place, strict=True))):
        if leaf in at:
            mask[at[leaf]] = True
    return mask


def _atoms(groups: set[bytes], number: int) -> tuple[NDArray[np.intp], int]:
    """For each unit the number of its inner group, and how many there are."""
    bits = np.array([_mask(group, number) for group in sorted(groups)])
    packed = np.ascontiguousarray(np.packbits(bits, axis=0).T)
    kinds, label = np.unique(
        packed.view([("", packed.dtype)] * packed.shape[1]).ravel(), return_inverse=True
    )
    return label.ravel(), len(kinds)


def _mask(group: bytes, number: int) -> NDArray[np.bool_]:
    bits = np.unpackbits(np.frombuffer(group, dtype=np.uint8), count=number)
    return bits.astype(bool)


def _inside(
    measure: str, tables: list[Table], entries: Mapping[str, _Entry], number: int
) -> tuple[Sum, ...]:
    """The sums over answers, once for each inner group."""
    found = {
        (entries[line.total].answer, tuple(entries[part].answer for part in line.parts))
        for table in tables
        for line in table.sums
        if all(entries[part].group == entries[line.total].group for part in line.parts)
        and entries[line.parts[0]].answer != entries[line.total].answer
    }
    return tuple(
        Sum(_inner(measure, atom, total), tuple(_inner(measure, atom, part) for part in parts))
        for total, parts in sorted(found)
        for atom in range(number)
    )


def _inner(measure: str, atom: int, answer: str) -> str:
    return f"\0{measure}\0{atom}\0{answer}"


def _few(
    parts: Mapping[bytes, NDArray[np.intp]],
    entries: Mapping[str, _Entry],
    counts: Mapping[str, NDArray[np.intp]],
    below: int,
) -> dict[tuple[str, frozenset[int]], int]:
    """The small counts by answer and inner groups; both of two groups have a cell of the answer."""
    answers = [answer for answer in counts if answer != cell_key({})]
    if not below or not answers:
        return {}
    groups = {group: row for row, group in enumerate(parts)}
    held = np.array([counts[answer] for answer in answers])
    inside = np.zeros((len(groups), held.shape[1]), dtype=bool)
    for group, row in groups.items():
        inside[row, parts[group]] = True
    asked = np.zeros((len(answers), len(groups)), dtype=bool)
    rows = {answer: row for row, answer in enumerate(answers)}
    for each in entries.values():
        if each.answer in rows:
            asked[rows[each.answer], groups[each.group]] = True
    sizes = inside.sum(axis=1)
    common = inside.astype(np.int64) @ inside.T.astype(np.int64)
    found: dict[tuple[str, frozenset[int]], int] = {}
    for large in range(len(groups)):
        small = np.flatnonzero((common[large] == sizes) & (sizes[large] - sizes > 1))
        more = inside[large] & ~inside[small]
        numbers = held @ more.T.astype(np.int64)
        told = (numbers > 0) & (numbers < below) & asked[:, small] & asked[:, [large]]
        for row, column in np.argwhere(told):
            atoms = frozenset(np.flatnonzero(more[column]).tolist())
            found[answers[row], atoms] = int(numbers[row, column])
    return found


def _together(measure: str, atoms: Iterable[int], answer: str) -> str:
    return f"\0{measure}\0{','.join(str(atom) for atom in sorted(atoms))}\0{answer}"


def _shape(origin: Origin) -> tuple[object, ...]:
    return tuple(sorted(origin.within.items())), tuple(axis.name for axis in origin.axes)

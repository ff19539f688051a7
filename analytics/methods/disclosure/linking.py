"""Tables over different units as one system, by the units that they share."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.methods.disclosure.entries import EVERYTHING, Entry, Reading, reading_of
from analytics.methods.disclosure.tables import Cell, Origin, Sum, Table

_MOST = 30_000
"""Up to so many inner cells; beyond, tables are linked by their keys and held apart by their units."""


def by_measure(tables: Iterable[Table]) -> dict[str, list[Table]]:
    """The tables over different units, or of different dimensions, of each measure; one by itself needs
    no link."""
    found: dict[str, list[Table]] = {}
    for table in tables:
        if table.origin is not None:
            found.setdefault(table.origin.measure, []).append(table)
    return {measure: several for measure, several in found.items() if _differ(several)}


def _differ(tables: Iterable[Table]) -> bool:
    return len({_shape(table.origin) for table in tables if table.origin is not None}) > 1


def _shape(origin: Origin) -> tuple[object, ...]:
    return tuple(sorted(origin.within.items())), tuple(axis.name for axis in origin.axes)


def linked(tables: Iterable[Table], *, below: int = 0) -> tuple[Table, ...]:
    """Inner tables that tie together the cells of tables over different, overlapping units.

    Readers are taken to know which units a filter or a group has, not what these answered. Units that no table
    tells apart are one inner group; a cell over some of the groups is the sum of the inner cells of
    its answer. So the yes of a province is that of its large communes and that of the others, even
    where the three were asked for by different filters. One table by itself needs no link.

    What one group has more than another inside it is a figure as well, which a reader has by taking one
    from the other: the counts ``below`` so many of such differences are inner cells too.
    """
    links = (
        link_of(measure, several, reading_of(several), below)
        for measure, several in by_measure(tables).items()
    )
    return tuple(link for link in links if link is not None)


def link_of(measure: str, tables: Sequence[Table], reading: Reading, below: int) -> Table | None:
    """The inner table of tables of one measure; None where it would be too large."""
    entries = reading.entries
    label, number = reading.inner_groups()
    if number * len(reading.given) > _MOST:
        return None
    parts = {group: np.unique(label[reading.mask(group)]) for group in reading.groups}
    counts = {
        answer: np.bincount(label[mask], minlength=number) for answer, mask in reading.given.items()
    }
    cells = tuple(
        Cell(
            key=_inner(measure, atom, answer),
            value=float(count),
            count=int(count),
            known=answer == EVERYTHING,
            inner=True,
        )
        for answer, numbers in counts.items()
        for atom, count in enumerate(numbers)
    )
    ties = tuple(
        Sum(each.key, tuple(_inner(measure, atom, each.answer) for atom in parts[each.group]))
        for each in entries.values()
        if each.answer != EVERYTHING
    )
    lines = ties + _inside(measure, tables, entries, parts)
    more, sums = _differences(measure, parts, entries, counts, below)
    return Table(f"units of {measure}", cells + more, lines + sums)


def _differences(
    measure: str,
    parts: Mapping[bytes, NDArray[np.intp]],
    entries: Mapping[str, Entry],
    counts: Mapping[str, NDArray[np.intp]],
    below: int,
) -> tuple[tuple[Cell, ...], tuple[Sum, ...]]:
    """The small counts of what one group of an answer has more than another, as sums of inner cells.

    A difference of one inner group is that inner group's cell.
    """
    few = few_between(parts, entries, counts, below)
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


def _inside(
    measure: str,
    tables: Iterable[Table],
    entries: Mapping[str, Entry],
    parts: Mapping[bytes, NDArray[np.intp]],
) -> tuple[Sum, ...]:
    """The sums over answers, once for each inner group of the units that were asked for all of them."""
    found: dict[tuple[str, tuple[str, ...]], set[int]] = {}
    for line in (line for table in tables for line in table.sums):
        whole, inside = entries[line.total], [entries[part] for part in line.parts]
        if inside[0].answer != whole.answer and all(each.group == whole.group for each in inside):
            atoms = found.setdefault((whole.answer, tuple(each.answer for each in inside)), set())
            atoms.update(parts[whole.group].tolist())
    return tuple(
        Sum(_inner(measure, atom, total), tuple(_inner(measure, atom, part) for part in several))
        for (total, several), atoms in sorted(found.items())
        for atom in sorted(atoms)
    )


def _inner(measure: str, atom: int, answer: str) -> str:
    return f"\0{measure}\0{atom}\0{answer}"


def few_between(
    parts: Mapping[bytes, NDArray[np.intp]],
    entries: Mapping[str, Entry],
    counts: Mapping[str, NDArray[np.intp]],
    below: int,
) -> dict[tuple[str, frozenset[int]], int]:
    """The small counts of what one group has more than another, by answer and inner groups; both of the
    two groups have a cell of the answer.

    ``parts``: the inner groups of each group. ``counts``: of each answer by inner group.
    """
    answers = [answer for answer in counts if answer != EVERYTHING]
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

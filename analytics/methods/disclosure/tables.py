"""Tables as one linear system: cells, and the sums that tie them together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

TOTAL = "*"
"""What stands for all categories of an axis where a cell is asked for by its categories."""


class TablesDisagree(ValueError):
    """Two tables give the same cell different figures, or a sum is not the sum of its parts."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one respondent adds to a cell.

    ``holder`` is the organisation it belongs to: contributions of one holder are one. ``weight`` is
    its sampling weight. ``waived``: the respondent has agreed to be recognised.
    """

    value: float
    holder: str = ""
    weight: float = 1.0
    waived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure of a table.

    ``value`` is what would be published (a count, a weighted count or a sum); ``count`` how many
    respondents stand behind it, unweighted; ``people`` how many persons, where respondents are units
    of persons. ``known``: everybody knows the figure from elsewhere (the roster), so that hiding it
    hides nothing. ``unsafe``: a rule outside of this package says that it must be hidden.
    """

    key: str
    value: float
    count: int
    people: int | None = None
    contributions: tuple[Contribution, ...] = ()
    known: bool = False
    unsafe: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """``total`` is the sum of ``parts``, by keys.

    ``answers``: the parts are what the same respondents answered, so that one part which holds all
    of them tells what each of them answered.
    """

    total: str
    parts: tuple[str, ...]
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure computed from cells (a share, a mean, a quantile): hidden as soon as one of them is.

    ``support`` is how many respondents determine it (the observations at or beyond a quantile, 1
    for a minimum); None where the cells say it.
    """

    key: str
    value: float
    rests_on: tuple[str, ...]
    support: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Cells with their sums and what is computed from them.

    A cell that stands in several tables has the same key in each: that is how tables are linked.
    """

    name: str
    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...] = ()
    derived: tuple[Derived, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of a table: its name, its categories in order, and groups of them.

    ``groups`` maps a group to its parts (categories or other groups), from the lowest level up: a
    province to its communes. A category stands in one group at most. ``answers``: the categories
    are what respondents answered, not what kind of respondent they are.
    """

    name: str
    categories: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] | None = None
    answers: bool = False


def cell_key(conditions: Mapping[str, str], *, measure: str = "n") -> str:
    """The one name of a cell: its measure, and its conditions whatever their order.

    Conditions are the categories that it stands for and the filters in force. A cell of a table
    filtered to one province is thereby the cell of the table by provinces.
    """
    held = sorted(item for item in conditions.items() if item[1] != TOTAL)
    return "|".join(
        [_quoted(measure), *(f"{_quoted(name)}={_quoted(kind)}" for name, kind in held)]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What stands in the inner cells of a table, by categories, one for each axis; absent is 0.

    ``counts``: respondents, unweighted. ``values``: what is published, where that is not the count.
    ``people``: persons, where respondents are units of persons. ``contributions``: who adds what,
    for the rules of magnitude tables. ``unsafe``: inner cells that another rule hides.
    """

    counts: Mapping[tuple[str, ...], int]
    values: Mapping[tuple[str, ...], float] | None = None
    people: Mapping[tuple[str, ...], int] | None = None
    contributions: Mapping[tuple[str, ...], Sequence[Contribution]] | None = None
    unsafe: frozenset[tuple[str, ...]] = frozenset()


def crosstab(
    name: str,
    axes: Sequence[Axis],
    figures: Figures | Mapping[tuple[str, ...], int],
    *,
    within: Mapping[str, str] | None = None,
    measure: str = "n",
) -> Table:
    """A table of any number of dimensions with all of its margins, groups and sums.

    ``figures``: counts alone, or more. ``within``: the filters in force, which become part of every
    key. Keys are ``cell_key({axis: category, ...} | within, measure=measure)``; the total over an
    axis leaves it out. Raises ValueError for a category that an axis does not have.
    """
    inner = figures if isinstance(figures, Figures) else Figures(counts=figures)
    _refuse_unknown(axes, inner.counts)
    spans = [_spans(axis) for axis in axes]
    held = dict(within or {})
    cells = tuple(
        _cell(_key(axes, place, held, measure), place, spans, inner) for place in product(*spans)
    )
    sums = tuple(
        Sum(
            _key(axes, _with(place, i, whole), held, measure),
            tuple(_key(axes, _with(place, i, part), held, measure) for part in parts),
            answers=axis.answers,
        )
        for i, axis in enumerate(axes)
        for whole, parts in _additions(axis)
        for place in product(*(spans[j] if j != i else [TOTAL] for j in range(len(axes))))
    )
    return Table(name, cells, sums)


def _cell(
    key: str, place: tuple[str, ...], spans: Sequence[Mapping[str, tuple[str, ...]]], inner: Figures
) -> Cell:
    leaves = list(product(*(span[part] for span, part in zip(spans, place, strict=True))))
    values = inner.counts if inner.values is None else inner.values
    return Cell(
        key=key,
        count=sum(inner.counts.get(leaf, 0) for leaf in leaves),
        value=float(sum(values.get(leaf, 0) for leaf in leaves)),
        people=None if inner.people is None else sum(inner.people.get(leaf, 0) for leaf in leaves),
        contributions=()
        if inner.contributions is None
        else tuple(each for leaf in leaves for each in inner.contributions.get(leaf, ())),
        unsafe=place in inner.unsafe,
    )


def _key(
    axes: Sequence[Axis], place: Sequence[str], within: Mapping[str, str], measure: str
) -> str:
    kinds = {axis.name: kind for axis, kind in zip(axes, place, strict=True)}
    return cell_key({**within, **kinds}, measure=measure)


def _with(place: Sequence[str], i: int, kind: str) -> tuple[str, ...]:
    return (*place[:i], kind, *place[i + 1 :])


def _spans(axis: Axis) -> dict[str, tuple[str, ...]]:
    """Every category, group and the total, with the categories that it spans."""
    spans: dict[str, tuple[str, ...]] = {kind: (kind,) for kind in axis.categories}
    for group, parts in (axis.groups or {}).items():
        spans[group] = tuple(leaf for part in parts for leaf in spans[part])
    spans[TOTAL] = axis.categories
    return spans


def _additions(axis: Axis) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sums along an axis: each group of its parts, the total of what stands in no group."""
    groups = axis.groups or {}
    yield from groups.items()
    inside = {part for parts in groups.values() for part in parts}
    yield TOTAL, tuple(kind for kind in (*axis.categories, *groups) if kind not in inside)


def _refuse_unknown(axes: Sequence[Axis], counts: Iterable[tuple[str, ...]]) -> None:
    for place in counts:
        for axis, kind in zip(axes, place, strict=True):
            if kind not in axis.categories:
                raise ValueError(f"{kind!r} is no category of {axis.name!r}")


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("=", "\\=")


@dataclass(frozen=True, slots=True)
class System:
    """All cells of linked tables once, and their sums as ``matrix @ values == 0``.

    ``matrix``: one row for each sum (-1 at the total, +1 at its parts), one column for each cell.
    """

    cells: tuple[Cell, ...]
    place: Mapping[str, int]
    matrix: csr_array
    sums: tuple[Sum, ...]

    @property
    def values(self) -> NDArray[np.float64]:
        """The figures, shape (cells,)."""
        return np.array([cell.value for cell in self.cells], dtype=np.float64)


def system_of(tables: Iterable[Table]) -> System:
    """Linked tables as one system. Raises TablesDisagree."""
    cells: dict[str, Cell] = {}
    sums: dict[tuple[str, frozenset[str]], Sum] = {}
    for table in tables:
        for cell in table.cells:
            known = cells.setdefault(cell.key, cell)
            if not _same(known.value, cell.value):
                raise TablesDisagree(f"{cell.key}: {known.value} and {cell.value}")
        for line in table.sums:
            sums.setdefault((line.total, frozenset(line.parts)), line)
    place = {key: i for i, key in enumerate(cells)}
    system = System(
        tuple(cells.values()), place, sums_matrix(sums.values(), place), tuple(sums.values())
    )
    _refuse_wrong_sums(system)
    return system


def sums_matrix(sums: Iterable[Sum], place: Mapping[str, int]) -> csr_array:
    """The sums as rows: shape (sums, cells)."""
    lines = list(sums)
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for row, line in enumerate(lines):
        for key, sign in ((line.total, -1.0), *((part, 1.0) for part in line.parts)):
            rows.append(row)
            columns.append(place[key])
            signs.append(sign)
    return csr_array((signs, (rows, columns)), shape=(len(lines), len(place)))


def _refuse_wrong_sums(system: System) -> None:
    values = system.values
    scale = max(1.0, float(np.abs(values).max(initial=0.0)))
    off = np.abs(system.matrix @ values)
    for row in np.flatnonzero(off > 1e-9 * scale * 10):
        raise TablesDisagree(f"{system.sums[row].total} is not the sum of its parts")


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))

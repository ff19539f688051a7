"""Tables as one linear system: cells, and the sums that tie them together."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, TypeAlias, TypeVar

Each = TypeVar("Each")
ByPlace: TypeAlias = Mapping[Any, Each]
"""Something for each inner cell, by its categories: a tuple with one for each axis (Any, because a
mapping by tuples of two is, to a type checker, none by tuples of any length)."""
TOTAL = "*"
"""What stands for all categories of an axis where a cell is asked for by its categories."""


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
    ``inner``: it stands in no table, but others are made of it.
    """

    key: str
    value: float
    count: int
    people: int | None = None
    contributions: tuple[Contribution, ...] = ()
    known: bool = False
    unsafe: bool = False
    inner: bool = False


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


@dataclass(frozen=True, slots=True)
class Origin:
    """Who stands where in a table of counts: unit ids of each inner cell, by its categories."""

    axes: tuple[Axis, ...]
    members: Mapping[tuple[str, ...], tuple[int, ...]]
    within: Mapping[str, str]
    measure: str = "n"


@dataclass(frozen=True, slots=True)
class Table:
    """Cells with their sums and what is computed from them.

    A cell that stands in several tables has the same key in each: that is how tables are linked.
    ``origin``: who stands in which cell, by which tables over other units are linked too.
    """

    name: str
    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...] = ()
    derived: tuple[Derived, ...] = ()
    origin: Origin | None = None


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

    ``counts``: respondents, unweighted. ``members``: their ids instead, by which tables over other
    units are linked. ``values``: what is published, where that is not the count.
    ``people``: persons, where respondents are units of persons. ``contributions``: who adds what,
    for the rules of magnitude tables. ``unsafe``: inner cells that another rule hides.
    """

    counts: ByPlace[int] = field(default_factory=dict)
    members: ByPlace[Collection[int]] | None = None
    values: ByPlace[float] | None = None
    people: ByPlace[int] | None = None
    contributions: ByPlace[Sequence[Contribution]] | None = None
    unsafe: frozenset[tuple[str, ...]] = frozenset()


def crosstab(
    name: str,
    axes: Sequence[Axis],
    figures: Figures | ByPlace[int],
    *,
    within: Mapping[str, str] | None = None,
    measure: str = "n",
) -> Table:
    """A table of any number of dimensions with all of its margins, groups and sums.

    ``figures``: counts alone, or more. ``within``: the filters in force, which become part of every
    key. Keys are ``cell_key({axis: category, ...} | within, measure=measure)``; the total over an
    axis leaves it out, or keeps the filter where one is on it. Raises ValueError for a category that an
    axis does not have.
    """
    inner = figures if isinstance(figures, Figures) else Figures(counts=figures)
    held = dict(within or {})
    origin = None
    if inner.members is not None:
        members = {place: tuple(sorted(set(ids))) for place, ids in inner.members.items()}
        origin = None if inner.values else Origin(tuple(axes), members, held, measure)
        inner = replace(inner, counts={place: len(ids) for place, ids in members.items()})
    _refuse_unknown(axes, inner.counts)
    spans = [spans_of(axis) for axis in axes]
    cells = tuple(
        _cell(_key(axes, place, held, measure), place, spans, inner) for place in product(*spans)
    )
    sums = (
        Sum(
            _key(axes, _with(place, i, whole), held, measure),
            tuple(_key(axes, _with(place, i, part), held, measure) for part in parts),
            answers=axis.answers,
        )
        for i, axis in enumerate(axes)
        for whole, parts in _additions(axis)
        for place in product(*(spans[j] if j != i else [TOTAL] for j in range(len(axes))))
    )
    # Filtered to one category, the total is that category's cell, and no sum.
    told = tuple(line for line in sums if line.parts != (line.total,))
    return Table(name, cells, told, origin=origin)


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
    kinds = {axis.name: kind for axis, kind in zip(axes, place, strict=True) if kind != TOTAL}
    return cell_key({**within, **kinds}, measure=measure)


def _with(place: Sequence[str], i: int, kind: str) -> tuple[str, ...]:
    return (*place[:i], kind, *place[i + 1 :])


def spans_of(axis: Axis) -> dict[str, tuple[str, ...]]:
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

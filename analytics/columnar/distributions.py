"""The distributions of all questions in one pass over the copy, also by group and weighted.

Loads pyarrow and numpy: tasks only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.columnar.cells import STATES, State, answer_of, state_of
from analytics.columnar.columns import UNIT_COLUMNS, is_number
from analytics.columnar.counting import Counting, Counts, Sums, Tally, counted, tally_of
from analytics.columnar.merging import merged
from analytics.columnar.reading import ColumnarDataset, ordered_categories
from analytics.columnar.scheduling import over_partitions
from analytics.dataset import Measure, Variable


@dataclass(frozen=True, slots=True)
class NumberMoments:
    """Of a figure by group: float64 arrays, NaN where a group has none (``variance``: fewer than two rows).

    ``variance`` divides by the weight less one; without weights that is the sample's.
    """

    mean: np.ndarray
    variance: np.ndarray
    least: np.ndarray
    most: np.ndarray


@dataclass(frozen=True, slots=True)
class Distribution:
    """How one variable is distributed, by group.

    ``groups`` are the categories of the column it is counted by, in their order, with None last for
    rows without one (without such a column: None alone). ``states`` counts rows by group and state, in
    the order of ``STATES``: the first column is the base of answers, "not asked" is in no base.
    ``counts`` counts rows by group and category; of several choices a row counts for each, of figures
    and free texts there are no categories. The
    ``weighted`` ones are sums of weights, None without a weight.
    """

    variable: Variable
    groups: tuple[str | None, ...]
    states: np.ndarray
    categories: tuple[str, ...]
    counts: np.ndarray
    moments: NumberMoments | None = None
    weighted_states: np.ndarray | None = None
    weighted_counts: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class CrossCounts:
    """Rows by the categories of up to three variables, an axis each, where all are answered.

    ``weighted`` are the sums of weights, None without a weight.
    """

    categories: tuple[tuple[str, ...], ...]
    counts: np.ndarray
    weighted: np.ndarray | None = None


def distributions(
    dataset: ColumnarDataset, *, by: str | None = None, weight: str | None = None
) -> dict[str, Distribution]:
    """The distribution of every variable of the dataset, by group, in one pass over its partitions.

    ``by`` names a variable with one category or text a row, ``weight`` a number (rows without it weigh
    nothing). Memory is bounded by one partition and the counts. KeyError for an unknown name,
    ValueError for one of another measure.
    """
    counting = _counting(dataset, by=by, weight=weight)
    tally = _tally(dataset, counting)
    order = _group_order(dataset, by, tally)
    return {variable.name: _distribution(variable, tally, order) for variable in dataset.variables}


def cross_counts(
    dataset: ColumnarDataset, names: Sequence[str], *, weight: str | None = None
) -> CrossCounts:
    """Rows by the categories of one to three variables, in one pass over the partitions.

    KeyError for an unknown name, ValueError for one that has no single category a row or for more
    than three.
    """
    if not 1 <= len(names) <= 3:
        raise ValueError("a table has one to three dimensions")
    variables = [_single(dataset, name) for name in names]
    if weight is not None:
        _figure(dataset, weight)
    counting = Counting(crossed=(tuple(names),), weight=weight)
    found = _tally(dataset, counting).crossed[tuple(names)]
    answers = [tuple(_answer(text) for text in entry) for entry in found.entries]
    categories = tuple(
        ordered_categories(variable, {entry[axis] for entry in answers})
        for axis, variable in enumerate(variables)
    )
    shape = tuple(len(each) for each in categories)
    counts, weighted = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    for column, entry in enumerate(answers):
        if None in entry:
            continue
        place = tuple(
            each.index(text)
            for each, text in zip(categories, entry, strict=True)
            if text is not None
        )
        counts[place] += found.rows[0, column]
        if found.weights is not None:
            weighted[place] += found.weights[0, column]
    return CrossCounts(categories, counts, None if weight is None else weighted)


def _tally(dataset: ColumnarDataset, counting: Counting) -> Tally:
    parts = over_partitions(tally_of, dataset.partitions(), counting)
    return merged(parts or [counted(counting.schema().empty_table(), counting)])


def _counting(dataset: ColumnarDataset, *, by: str | None, weight: str | None) -> Counting:
    if by is not None:
        _single(dataset, by)
    if weight is not None:
        _figure(dataset, weight)
    kinds: dict[str, list[str]] = {}
    for variable in dataset.variables:
        kinds.setdefault(_kind(variable), []).append(variable.name)
    return Counting(
        categories=tuple(kinds.get("categories", ())),
        several=tuple(kinds.get("several", ())),
        numbers=tuple(kinds.get("numbers", ())),
        texts=tuple(kinds.get("texts", ())),
        by=by,
        weight=weight,
        unmarked=tuple(UNIT_COLUMNS),
    )


def _kind(variable: Variable) -> str:
    if is_number(variable):
        return "numbers"
    match variable.measure:
        case Measure.CATEGORY:
            return "categories"
        case Measure.CATEGORIES:
            return "several"
        case _:
            return "texts"


def _single(dataset: ColumnarDataset, name: str) -> Variable:
    variable = dataset.variable(name)
    if _kind(variable) not in {"categories", "texts"}:
        raise ValueError(f"{name} has no single category a row")
    return variable


def _figure(dataset: ColumnarDataset, name: str) -> Variable:
    variable = dataset.variable(name)
    if not is_number(variable):
        raise ValueError(f"{name} is no number")
    return variable


def _group_order(dataset: ColumnarDataset, by: str | None, tally: Tally) -> list[str | None]:
    """The groups in the order of their categories; None last, and only where rows have none."""
    if by is None:
        return [None]
    known = ordered_categories(dataset.variable(by), tally.groups)
    return [*(each for each in known if each in tally.groups), None]


def _distribution(variable: Variable, tally: Tally, order: Sequence[str | None]) -> Distribution:
    places = [tally.groups.index(group) for group in order]
    states = _states(variable, tally)
    chosen = _chosen(variable, tally)
    return Distribution(
        variable=variable,
        groups=tuple(order),
        states=states.rows[places],
        weighted_states=None if states.weights is None else states.weights[places],
        categories=chosen.entries,
        counts=chosen.rows[places],
        weighted_counts=None if chosen.weights is None else chosen.weights[places],
        moments=_moments(tally.sums[variable.name], places) if is_number(variable) else None,
    )


def _states(variable: Variable, tally: Tally) -> Counts:
    """Rows by group and state, the states in their order."""
    name = variable.name
    cells = tally.cells.get(name, tally.sizes)
    told = [state_of(each) if _kind(variable) == "categories" else each for each in cells.entries]
    found = _gathered(cells, [STATES.index(State(state)) for state in told], len(STATES))
    if is_number(variable):
        # A null mark is a figure or a blank: the figures are known from their sums.
        _move(found.rows, tally.sums[name].rows)
        if found.weights is not None:
            _move(found.weights, tally.sums[name].weight)
    return found


def _move(counts: np.ndarray, answered: np.ndarray) -> None:
    counts[:, STATES.index(State.ANSWERED)] += answered.astype(counts.dtype)
    counts[:, STATES.index(State.BLANK)] -= answered.astype(counts.dtype)


def _chosen(variable: Variable, tally: Tally) -> Counts:
    """Rows by group and category, the categories in their order; without entries for others."""
    if _kind(variable) not in {"categories", "several"}:
        return Counts((), np.zeros((len(tally.groups), 0), dtype=np.int64))
    is_several = _kind(variable) == "several"
    counts = tally.chosen[variable.name] if is_several else tally.cells[variable.name]
    # What was chosen among several is an answer already; of one choice the marks are told apart.
    answers = list(counts.entries) if is_several else [_answer(each) for each in counts.entries]
    categories = ordered_categories(variable, answers)
    places = [-1 if each is None else categories.index(each) for each in answers]
    gathered = _gathered(counts, places, len(categories))
    return Counts(categories, gathered.rows, gathered.weights)


def _gathered(counts: Counts, places: Sequence[int], width: int) -> Counts:
    """The columns of counts added up at their places; -1 is left out."""
    rows = np.zeros((len(counts.rows), width), dtype=np.int64)
    weights = None if counts.weights is None else np.zeros(rows.shape)
    for column, place in enumerate(places):
        if place >= 0:
            rows[:, place] += counts.rows[:, column]
            if weights is not None and counts.weights is not None:
                weights[:, place] += counts.weights[:, column]
    return Counts((), rows, weights)


def _answer(written: str | None) -> str | None:
    return None if written is None else answer_of(written)


def _moments(sums: Sums, places: Sequence[int]) -> NumberMoments:
    rows, weight = sums.rows[places], sums.weight[places]
    none = np.full(len(places), np.nan)
    has, spread = rows > 0, (rows > 1) & (weight > 1)
    return NumberMoments(
        mean=np.where(has & (weight > 0), sums.mean[places], np.nan),
        variance=np.divide(sums.squares[places], weight - 1, out=none.copy(), where=spread),
        least=np.where(has, sums.least[places], np.nan),
        most=np.where(has, sums.most[places], np.nan),
    )

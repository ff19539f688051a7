"""Signs that answers were given without care. They are reasons to ask, not to delete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.methods.descriptive.columns import Codes, Column, Floats, coded

ENOUGH_ITEMS = 3
FAST = 0.4


@dataclass(frozen=True, slots=True)
class StraightLining:
    """Units that gave the same answer to every item of a grid they answered.

    ``rows`` are their places; ``judged`` units answered three items at least; ``share`` is None
    where nobody did. ``longest`` has the longest run of one answer of each row, in the order of items.
    """

    rows: tuple[int, ...]
    judged: int
    share: float | None
    longest: tuple[int, ...]


def straight_lining(
    items: Sequence[Column], *, missing: Sequence[str] = (), enough: int = ENOUGH_ITEMS
) -> StraightLining:
    """Straight-lining over ``items``, columns of one scale in the order in which they were asked.

    Each of shape (rows,). Blank items and missing codes are passed over: they neither break a run
    nor are part of it. Raises ValueError for columns of different length.
    """
    table = _codes(items, missing)
    answered = table >= 0
    judged = answered.sum(axis=1) >= enough
    least = np.where(answered, table, np.iinfo(np.intp).max).min(
        axis=1, initial=np.iinfo(np.intp).max
    )
    same = judged & (np.where(answered, table, -1).max(axis=1, initial=-1) == least)
    size = int(judged.sum())
    return StraightLining(
        rows=tuple(np.flatnonzero(same).tolist()),
        judged=size,
        share=int(same.sum()) / size if size else None,
        longest=tuple(_longest_runs(table).tolist()),
    )


def duplicates(
    columns: Mapping[str, Column], *, least_answers: int = 5
) -> tuple[tuple[int, ...], ...]:
    """Groups of rows that agree in every column, the greatest group first.

    Rows with fewer than ``least_answers`` answers are left out, as short answers agree by chance.
    Raises ValueError for columns of different length.
    """
    read = [pd.factorize(pd.Series(each, dtype=object))[0] for each in columns.values()]
    table = _table(read)
    rows = np.flatnonzero((table >= 0).sum(axis=1) >= least_answers)
    if not len(rows):
        return ()
    _, group, sizes = np.unique(table[rows], axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(group.ravel(), kind="stable")
    pieces = np.split(rows[order], np.cumsum(sizes)[:-1])
    found = [tuple(piece.tolist()) for piece in pieces if len(piece) > 1]
    return tuple(sorted(found, key=lambda each: (-len(each), each)))


def too_fast(seconds: Floats, *, share_of_median: float = FAST) -> tuple[int, ...]:
    """Rows that took less than 40 % of the median time, the fastest first.

    ``seconds``: shape (rows,), NaN where nothing was measured.
    """
    if np.isnan(seconds).all():
        return ()
    rows = np.flatnonzero(seconds < share_of_median * np.nanmedian(seconds))
    return tuple(rows[np.argsort(seconds[rows], kind="stable")].tolist())


def _codes(columns: Sequence[Column], missing: Sequence[str]) -> Codes:
    """The columns as one table of codes, shape (rows, columns); -1 for blank and missing."""
    labels: tuple[str, ...] = tuple(missing)
    read = []
    for column in columns:
        each = coded(column, labels)
        labels = each.labels
        read.append(each.codes - len(missing))
    return np.maximum(_table(read), -1)


def _table(read: Sequence[Codes]) -> Codes:
    if len({len(codes) for codes in read}) > 1:
        raise ValueError("The columns have different lengths.")
    return np.stack(read, axis=1) if read else np.zeros((0, 0), dtype=np.intp)


def _longest_runs(table: Codes) -> Codes:
    """One pass over the items: a run goes on, begins anew, or stands still at a blank."""
    longest = np.zeros(len(table), dtype=np.intp)
    run, last = longest.copy(), np.full(len(table), -1, dtype=np.intp)
    for item in table.T:
        answered = item >= 0
        run = np.where(answered, np.where(item == last, run + 1, 1), run)
        last = np.where(answered, item, last)
        longest = np.maximum(longest, run)
    return longest

"""Reading a column of answers: what is a value, what is a code for missing, what is blank.

A column is coded as ``analytics.dataset`` writes it: values, the text of a missing code ("KAD") in
place of a value, None for blank. It is read whole by factorize and bincount, never row by row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from surveys.engine import MissingCode

Column: TypeAlias = "pd.Series[Any] | npt.NDArray[Any] | pd.Categorical | Sequence[object]"
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.intp]

# Beyond them the squares of products leave the range of float64, upwards or downwards.
LARGEST = 1e100
HEAVIEST = 1e50
LIGHTEST = 1e-50

MISSING: tuple[str, ...] = tuple(code.value for code in MissingCode)


@dataclass(frozen=True, slots=True)
class Base:
    """Who stands behind the numbers of a question, in units (not weighted, unless named so).

    rows = not_asked + asked; asked = answered + blank + the missing codes + unreadable.
    ``missing`` counts by code, every code named, also those that nobody gave. ``unreadable`` is
    what is neither a value nor a code, such as text in a number.
    """

    rows: int
    asked: int
    answered: int
    blank: int
    missing: Mapping[str, int]
    unreadable: int = 0
    weighted: bool = False
    weight_asked: float = 0.0
    weight_answered: float = 0.0

    @property
    def not_asked(self) -> int:
        """Units to which the question did not apply, by the logic of the questionnaire."""
        return self.rows - self.asked

    @property
    def n(self) -> int:
        """Valid answers: the base of every valid share."""
        return self.answered


@dataclass(frozen=True, slots=True)
class Answers:
    """A question's column with what is known of its rows.

    ``column``: shape (rows,). ``weights``: shape (rows,), finite, not negative; None counts every
    row once. ``asked``: shape (rows,), False where the question was not put to the unit (what such a
    row holds is passed over); None means that all were asked. ``missing``: texts that say why there
    is no answer.
    """

    column: Column
    weights: "Column | None" = None
    asked: "Column | None" = None
    missing: tuple[str, ...] = MISSING


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts, sums of weights and sums of squared weights by label, over the rows asked.

    Arrays of shape (labels,); without weights the three are equal. ``blank`` and ``blank_weight``
    are those of blank rows, ``rows`` are all rows. A distribution and its errors are made of this
    alone; the tallies of segments of a table are ``added`` before.
    """

    labels: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    weights: Floats
    squares: Floats
    blank: int
    blank_weight: float
    rows: int
    weighted: bool

    def base(self, valid: Sequence[int], missing: Sequence[str]) -> Base:
        """The base where the labels at the places ``valid`` are answers, and ``missing`` are codes."""
        place = {label: index for index, label in enumerate(self.labels)}
        chosen = list(valid)
        return Base(
            rows=self.rows,
            asked=int(self.counts.sum()) + self.blank,
            answered=int(self.counts[chosen].sum()),
            blank=self.blank,
            missing={code: int(self.counts[place[code]]) for code in missing},
            weighted=self.weighted,
            weight_asked=float(self.weights.sum()) + self.blank_weight,
            weight_answered=float(self.weights[chosen].sum()),
        )


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as codes: ``codes[i]`` is the place of row i in ``labels``, -1 for blank."""

    labels: tuple[str, ...]
    codes: Codes


def rows_of(answers: Answers, size: int) -> tuple[Flags | None, Floats | None]:
    """Who was asked, and the weights, checked against a column of ``size`` rows.

    Raises ValueError for another length than the column's, and for weights that are negative,
    missing or beyond 1e50. Weights below 1e-50 are 0.
    """
    asked = None if answers.asked is None else np.asarray(answers.asked, dtype=np.bool_)
    weights = None if answers.weights is None else np.asarray(answers.weights, dtype=np.float64)
    for each in (asked, weights):
        if each is not None and each.shape != (size,):
            raise ValueError(f"{each.shape} entries beside a column of {size} rows.")
    if weights is None:
        return asked, None
    if not ((weights >= 0) & (weights <= HEAVIEST)).all():
        raise ValueError("Weights are finite and not negative.")
    return asked, np.where(weights < LIGHTEST, 0.0, weights)


def coded(column: Column, labels: Sequence[str], *, empty_is_blank: bool = True) -> Coded:
    """The column as places in ``labels``; what is not among them is added behind, as it appears.

    A pandas Categorical is read by its codes, without looking at a row.
    """
    raw, found = _factorized(column)
    names = [plain(each) for each in found]
    known = {label: place for place, label in enumerate(labels)}
    for name in names:
        if not (empty_is_blank and name == ""):
            known.setdefault(name, len(known))
    places = [-1 if empty_is_blank and name == "" else known[name] for name in names]
    return Coded(tuple(known), np.array([*places, -1], dtype=np.intp)[raw])


def tally(answers: Answers, labels: Sequence[str], *, empty_is_blank: bool = True) -> Tally:
    """The sums of a column by label: first ``labels``, then what else it holds."""
    column = coded(answers.column, labels, empty_is_blank=empty_is_blank)
    rows = len(column.codes)
    asked, weights = rows_of(answers, rows)
    codes = column.codes + 1
    if asked is not None:
        codes = codes[asked]
        weights = None if weights is None else weights[asked]
    size = len(column.labels) + 1
    counts = np.bincount(codes, minlength=size)
    if weights is None:
        heavy = squares = np.asarray(counts, dtype=np.float64)
    else:
        heavy = np.bincount(codes, weights, size).astype(np.float64)
        squares = np.bincount(codes, weights * weights, size).astype(np.float64)
    return Tally(
        column.labels,
        counts[1:],
        heavy[1:],
        squares[1:],
        blank=int(counts[0]),
        blank_weight=float(heavy[0]),
        rows=rows,
        weighted=weights is not None,
    )


def added(pieces: Sequence[Tally]) -> Tally:
    """The tally of a column that was read in pieces; labels are those of the first, then new ones.

    Raises ValueError for no piece, and for pieces of which some are weighted and some are not.
    """
    if not pieces or len({piece.weighted for piece in pieces}) > 1:
        raise ValueError("Tallies of one column are added: all weighted or none, and at least one.")
    labels = tuple(dict.fromkeys(label for piece in pieces for label in piece.labels))
    place = {label: index for index, label in enumerate(labels)}
    sums = np.zeros((3, len(labels)))
    for piece in pieces:
        places = [place[label] for label in piece.labels]
        sums[:, places] += (piece.counts, piece.weights, piece.squares)
    return Tally(
        labels,
        sums[0].astype(np.int64),
        sums[1],
        sums[2],
        blank=sum(piece.blank for piece in pieces),
        blank_weight=sum(piece.blank_weight for piece in pieces),
        rows=sum(piece.rows for piece in pieces),
        weighted=pieces[0].weighted,
    )


def states(answers: Answers, size: int) -> tuple[Flags, Flags, Flags]:
    """Row by row: was asked, is blank, holds a missing code. The last two are of those asked.

    Raises ValueError for a column of another length than ``size``.
    """
    column = answers.column
    series = pd.Series(column) if isinstance(column, pd.Categorical) else _series(column)
    if len(series) != size:
        raise ValueError(f"A column of {len(series)} rows for {size} units.")
    asked, _ = rows_of(answers, size)
    everyone = np.ones(size, dtype=np.bool_) if asked is None else asked
    blank = np.asarray(series.isna(), dtype=np.bool_)
    said = np.asarray(series.isin(answers.missing), dtype=np.bool_)
    return everyone, everyone & blank, everyone & said


def _series(column: Column) -> "pd.Series[Any]":
    """The column as it is; a list without guessing of what kind it is."""
    if isinstance(column, pd.Series):
        return column
    return pd.Series(column, dtype=None if isinstance(column, np.ndarray) else object)


def numeric(column: Column) -> tuple[Floats, Coded | None]:
    """The column as float64 with NaN for what is no number, or one beyond 1e100; and the texts among it, coded.

    The second is None where the column holds numbers and blanks only: then nothing but NaN is blank.
    """
    array = _array(column)
    if array.dtype.kind in "iufb" and not (np.abs(array.astype(np.float64)) > LARGEST).any():
        return array.astype(np.float64), None
    series = pd.Series(array, dtype=object)
    values = np.asarray(pd.to_numeric(series.where(series.notna(), None), errors="coerce"))
    values = values.astype(np.float64)
    values[np.abs(values) > LARGEST] = np.nan
    texts = np.array(array, dtype=object)
    texts[~np.isnan(values)] = None
    return values, coded(texts, ())


def _array(column: Column) -> npt.NDArray[Any]:
    if isinstance(column, pd.Series):
        return column.to_numpy()
    if isinstance(column, pd.Categorical | np.ndarray):
        return np.asarray(column)
    return np.array(list(column), dtype=object)


def plain(value: object) -> str:
    """A choice as its name: 1.0 read from a file of numbers is "1"."""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value)


def _factorized(column: Column) -> tuple[Codes, Sequence[object]]:
    if isinstance(column, pd.Series) and isinstance(column.dtype, pd.CategoricalDtype):
        column = column.array  # type: ignore[assignment]  # the dtype says that it is Categorical
    if isinstance(column, pd.Categorical):
        return column.codes.astype(np.intp), list(column.categories)
    if not isinstance(column, pd.Series | np.ndarray):
        column = np.array(list(column), dtype=object)
    raw, found = pd.factorize(column)
    return raw, list(found)

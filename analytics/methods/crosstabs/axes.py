"""The columns a table is made of: one choice each, or several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Texts: TypeAlias = "Sequence[str | None] | pd.Series[Any]"
BLANK = "blank"


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column with one category for each row.

    ``codes`` (n,) integers of any width: 0..k-1 are ``categories`` in order, k..k+m-1 are the ``missing``
    codes in order, negative is blank. Raises ValueError for a code beyond these.
    """

    name: str
    categories: tuple[str, ...]
    codes: NDArray[np.integer]
    missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse codes that no category stands for."""
        _refuse_beyond(self.name, self.codes, len(self.categories) + len(self.missing))

    @property
    def answered(self) -> Mask:
        """(n,) rows with a category."""
        return np.asarray((self.codes >= 0) & (self.codes < len(self.categories)))

    def missing_counts(self) -> dict[str, int]:
        """Rows by missing code, and ``blank`` where there are any."""
        return _missing_counts(self.codes, len(self.categories), self.missing)

    @classmethod
    def from_values(
        cls,
        name: str,
        values: Texts,
        categories: Sequence[str],
        *,
        missing: Sequence[str] = (),
    ) -> "Coded":
        """From category keys; None and NaN are blank. Raises ValueError for a key that is neither."""
        codes = _coded(name, values, (*categories, *missing))
        return cls(name, tuple(categories), codes, tuple(missing))


@dataclass(frozen=True, slots=True, eq=False)
class Ticked:
    """A question with several answers; its base are the rows that saw it.

    ``ticks`` (n, k) of bool in the order of ``options``; ``states`` (n,) integers: 0 saw the question
    (whatever was ticked, also nothing), 1..m are the ``missing`` codes in order, negative is blank.
    """

    name: str
    options: tuple[str, ...]
    ticks: Mask
    states: NDArray[np.integer]
    missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse shapes that do not fit and states that stand for nothing."""
        if self.ticks.shape != (len(self.states), len(self.options)):
            raise ValueError(f"{self.name}: ticks must be rows by options")
        _refuse_beyond(self.name, self.states, 1 + len(self.missing))

    @property
    def answered(self) -> Mask:
        """(n,) rows that saw the question."""
        return np.asarray(self.states == 0)

    def missing_counts(self) -> dict[str, int]:
        """Rows by missing code, and ``blank`` where there are any."""
        return _missing_counts(self.states, 1, self.missing)

    @classmethod
    def from_values(
        cls,
        name: str,
        values: Texts,
        options: Sequence[str],
        *,
        missing: Sequence[str] = (),
    ) -> "Ticked":
        """From keys with spaces between ("a c"); "" saw it and ticked nothing, None is blank.

        Raises ValueError for a key that is neither an option nor a missing code.
        """
        places, found = _distinct(values)
        states = np.array([missing.index(key) + 1 if key in missing else 0 for key in found] + [-1])
        ticked = [set() if key in missing else set(key.split()) for key in found]
        stray = sorted(set().union(*ticked) - set(options))
        if stray:
            raise ValueError(f"{name}: {stray[0]!r} is no option")
        ticks = np.zeros((len(found) + 1, len(options)), dtype=np.bool_)
        for row, keys in enumerate(ticked):
            ticks[row] = [option in keys for option in options]
        return cls(
            name, tuple(options), ticks[places], states.astype(np.int16)[places], tuple(missing)
        )


Axis = Coded | Ticked


def keys_of(axis: Axis) -> tuple[str, ...]:
    """The categories or options of an axis, in order."""
    return axis.categories if isinstance(axis, Coded) else axis.options


def _refuse_beyond(name: str, codes: NDArray[np.integer], count: int) -> None:
    if len(codes) and int(codes.max()) >= count:
        raise ValueError(f"{name}: code {int(codes.max())} stands for nothing")


def _missing_counts(
    codes: NDArray[np.integer], first: int, missing: tuple[str, ...]
) -> dict[str, int]:
    counts = {
        name: int(np.count_nonzero(codes == first + position))
        for position, name in enumerate(missing)
    }
    blank = int(np.count_nonzero(codes < 0))
    return counts | ({BLANK: blank} if blank else {})


def _coded(name: str, values: Texts, keys: Sequence[str]) -> NDArray[np.integer]:
    places, found = _distinct(values)
    stray = [key for key in found if key not in keys]
    if stray:
        raise ValueError(f"{name}: {stray[0]!r} is neither category nor missing code")
    codes = np.array([*(keys.index(key) for key in found), -1], dtype=np.int16)
    return np.asarray(codes[places])


def _distinct(values: Texts) -> tuple[NDArray[np.intp], list[str]]:
    """The place of each row among the distinct texts; -1, the last, for None and NaN."""
    column = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype=object)
    places, found = pd.factorize(column)
    return places, [str(key) for key in found]

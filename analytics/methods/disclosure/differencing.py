"""Sets of units behind what was shown: whether a new one, put beside them, tells of a few units."""

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr

_NONE: Final = 1e-8
_MOST_PAIRED: Final = 2_000
_MOST_SPANNED: Final = 4_000_000
"""Up to so many entries, all shown sets together are examined; beyond, only pairs."""


@dataclass(frozen=True, slots=True)
class UnitSet:
    """Units behind a figure: ids in ascending order, none twice, shape (units,), int64.

    A unit is an answer that counts. Where answers may change, its id is that of the signed revision,
    so that a changed answer is another unit: the same table before and after tells of it.
    """

    ids: NDArray[np.int64]

    @classmethod
    def of(cls, units: Iterable[int]) -> Self:
        """The set of these ids."""
        return cls(np.unique(np.fromiter(units, dtype=np.int64)))

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        """The set that ``packed`` gave."""
        gaps = np.frombuffer(zlib.decompress(packed), dtype="<i8")
        return cls(np.cumsum(gaps, dtype=np.int64))

    def packed(self) -> bytes:
        """The set in few bytes: compressed gaps between ids."""
        return zlib.compress(np.diff(self.ids, prepend=0).astype("<i8").tobytes(), 6)

    @property
    def hash(self) -> str:
        """SHA-256 of the ids: two sets are the same if their hashes are."""
        return hashlib.sha256(self.ids.astype("<i8").tobytes()).hexdigest()

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Difference:
    """What gives a few units away: ``few`` of them, by the earlier sets at ``beside``.

    ``beside`` is empty where no single earlier set does it, but several together.
    """

    few: int
    beside: tuple[int, ...]


def difference(new: UnitSet, shown: Sequence[UnitSet], *, minimum: int) -> Difference | None:
    """How ``new`` together with the sets shown before tells of fewer than ``minimum`` units.

    * A set that differs from an earlier one in 1 to minimum - 1 units: the difference of two shown
      figures is the figure of these units.
    * A group of units of that size whose figure follows from sums and differences of all shown sets
      (Chin and Ozsoyoglu 1982, IEEE Transactions on Software Engineering 8). Groups are the units
      that no shown set tells apart, alone or two together. A group that could be told before ``new``
      is not held against it.

    None if there is neither, or if the very set was shown before. A set of fewer than ``minimum`` units is not shown in the first place:
    that is the threshold's work.
    """
    sizes = symmetric_differences(new, shown)
    if not len(shown) or np.any(sizes == 0):
        return None
    near = np.flatnonzero((sizes > 0) & (sizes < minimum))
    if len(near):
        return Difference(int(sizes[near].min()), tuple(near.tolist()))
    few = _newly_told(new, shown, minimum)
    return None if few is None else Difference(few, ())


def symmetric_differences(new: UnitSet, shown: Sequence[UnitSet]) -> NDArray[np.int64]:
    """In how many units each earlier set differs from the new one, shape (sets,)."""
    if not len(shown):
        return np.zeros(0, dtype=np.int64)
    lengths = np.array([len(one) for one in shown], dtype=np.int64)
    together = np.concatenate([one.ids for one in shown])
    at = np.searchsorted(new.ids, together)
    common = np.zeros(len(together), dtype=np.int64)
    inside = at < len(new.ids)
    common[inside] = new.ids[at[inside]] == together[inside]
    ends = np.concatenate([[0], np.cumsum(common)])
    bounds = np.concatenate([[0], np.cumsum(lengths)])
    both = ends[bounds[1:]] - ends[bounds[:-1]]
    sizes: NDArray[np.int64] = lengths + len(new) - 2 * both
    return sizes


def _newly_told(new: UnitSet, shown: Sequence[UnitSet], minimum: int) -> int | None:
    """The smallest group of fewer than ``minimum`` units that only the new set gives away."""
    found = _groups((*shown, new))
    if found is None:
        return None
    member, sizes = found
    small = np.flatnonzero(sizes < minimum)
    if not len(small):
        return None
    pairs = len(small) <= _MOST_PAIRED
    together = sizes[small][:, None] + sizes[small][None, :] if pairs else sizes[small]
    if pairs:
        np.fill_diagonal(together, sizes[small])
    told = _told(member, small, pairs=pairs) & ~_told(member[:-1], small, pairs=pairs)
    told &= together < minimum
    return int(together[told].min()) if told.any() else None


def _told(
    member: NDArray[np.float64], small: NDArray[np.intp], *, pairs: bool
) -> NDArray[np.bool_]:
    """Which of the small groups, and which two of them together, sums of the sets give.

    ``member``: shape (sets, groups). A group is given if its indicator lies in the span of the sets'.
    Shape (small, small), a group alone on the diagonal; without ``pairs`` shape (small,).
    """
    basis, triangle, _pivot = qr(member.T, mode="economic", pivoting=True)
    size = np.abs(np.diag(triangle))
    kept = basis[small][:, size > _NONE * size[0]]
    alone = 1.0 - np.einsum("gr,gr->g", kept, kept)
    told: NDArray[np.bool_] = alone < _NONE
    if pairs:
        far = alone[:, None] + alone[None, :] - 2 * kept @ kept.T
        np.fill_diagonal(far, alone)
        told = far < _NONE
    return told


def _groups(
    sets: Sequence[UnitSet],
) -> tuple[NDArray[np.float64], NDArray[np.int64]] | None:
    """Units that no set tells apart, as groups: which set has which (sets, groups), and their sizes.

    None where that would be too large to be examined.
    """
    units = np.unique(np.concatenate([one.ids for one in sets]))
    if len(units) * len(sets) > 8 * _MOST_SPANNED:
        return None
    bits = np.zeros((len(sets), len(units)), dtype=bool)
    for row, one in enumerate(sets):
        bits[row, np.searchsorted(units, one.ids)] = True
    packed = np.ascontiguousarray(np.packbits(bits, axis=0).T)
    _kinds, first, sizes = np.unique(
        packed.view([("", packed.dtype)] * packed.shape[1]).ravel(),
        return_index=True,
        return_counts=True,
    )
    if len(first) * len(sets) > _MOST_SPANNED:
        return None
    return bits[:, first].astype(np.float64), sizes

"""Counting the cells of a table by one bincount over combined codes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.crosstabs.axes import Axis, Coded, Mask, keys_of

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Sums over the base by layer (L): ``cells`` (L, R, C), ``rows`` (L, R), ``columns`` (L, C), ``base`` (L,)."""

    cells: Counts
    rows: Counts
    columns: Counts
    base: Counts

    def together(self) -> "Tally":
        """The same with all layers as one."""
        return Tally(
            *(
                part.sum(axis=0, keepdims=True)
                for part in (self.cells, self.rows, self.columns, self.base)
            )
        )


def tally(rows: Axis, columns: Axis, layers: Coded, base: Mask, weights: Counts | None) -> Tally:
    """Sums of ``weights`` (n,), or of rows where None, over the rows of ``base`` (n,)."""
    layer = (layers.codes, len(layers.categories))
    return Tally(
        cells=_sums((layer, rows, columns), base, weights),
        rows=_sums((layer, rows), base, weights),
        columns=_sums((layer, columns), base, weights),
        base=_sums((layer,), base, weights),
    )


_Codes = tuple[NDArray[np.integer], int]


def _sums(parts: tuple[_Codes | Axis, ...], base: Mask, weights: Counts | None) -> Counts:
    """Several answers are gone through option by option, so no row is copied for each of its ticks."""
    for position, part in enumerate(parts):
        if not isinstance(part, tuple) and not isinstance(part, Coded):
            others = parts[:position] + parts[position + 1 :]
            stacked = [
                _sums(others, base & part.ticks[:, k], weights) for k in range(len(part.options))
            ]
            return np.stack(stacked, axis=position)
    coded = [
        part if isinstance(part, tuple) else (part.codes, len(keys_of(part)))
        for part in parts
        if isinstance(part, tuple | Coded)
    ]
    return _binned(coded, base, weights)


def _binned(coded: list[_Codes], base: Mask, weights: Counts | None) -> Counts:
    shape = tuple(count for _, count in coded)
    size = int(np.prod(shape))
    combined = combine(coded, base)
    counted = np.bincount(combined, weights, minlength=size + 1)[1 : size + 1]
    return counted.astype(np.float64).reshape(shape)


def combine(coded: list[_Codes], base: Mask) -> NDArray[np.int32]:
    """One code for each row: 0 outside of ``base``, then 1 + the position in the table."""
    combined = np.zeros(len(base), dtype=np.int32)
    for codes, count in coded:
        combined *= count
        combined += codes
    combined += 1
    combined *= base
    return combined

"""Putting axes against each other: counts, shares, totals and tests for each layer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.definitions.reasons import Reason
from analytics.methods.crosstabs.association import Estimated, Significance, TwoWay, associate
from analytics.methods.crosstabs.axes import Axis, Coded, Mask, keys_of
from analytics.methods.crosstabs.counting import Counts, Tally, combine, tally
from analytics.methods.crosstabs.results import Association, Cell, CrossTab, Head, Margin, Sheet
from analytics.methods.multiplicity import adjusted
from analytics.methods.weighting.design import SampleDesign
from analytics.methods.weighting.variance import share_covariance

ALL = ""


def crosstab(
    rows: Axis,
    columns: Axis | None = None,
    layers: Coded | None = None,
    *,
    design: SampleDesign | None = None,
    significance: Significance | None = None,
) -> CrossTab:
    """The table of ``rows`` by ``columns`` by ``layers``, each over the same n rows of data.

    The base are rows with a valid answer on every axis (a question with several answers: that saw it)
    and, with a ``design``, a weight above 0; what is missing is counted by axis. Without columns the table
    has one, of everybody. With a design, shares are weighted and tests are those of Rao and Scott.
    A question with several answers is tested option by option, never as one table of all its ticks,
    because the ticks of one respondent depend on each other.

    Raises ValueError where the axes or the design differ in length.
    """
    rules = significance or Significance()
    length = len(rows.answered)
    data = _Data(
        rows=rows,
        columns=columns or _everybody(length),
        layers=layers or _everybody(length),
        design=design,
        base=_base((rows, columns, layers), design, length),
    )
    counted = tally(data.rows, data.columns, data.layers, data.base, None)
    weighed = counted
    if design is not None:
        weighed = tally(data.rows, data.columns, data.layers, data.base, design.weights)
    tested = columns is not None
    together = _sheet(_Layer(data, None, counted.together(), weighed.together(), 0, tested), rules)
    sheets = [
        _sheet(_Layer(data, key, counted, weighed, position, tested), rules)
        for position, key in enumerate(layers.categories if layers else ())
    ]
    return CrossTab(
        rows=_head(rows),
        columns=_head(columns) if columns else None,
        layers=_head(layers) if layers else None,
        weighted=design is not None,
        asked=length,
        together=_adjusted([together], rules)[0],
        sheets=_adjusted(sheets, rules),
        adjustment=rules.adjustment,
        marked_beyond=rules.marked_beyond,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Data:
    rows: Axis
    columns: Axis
    layers: Coded
    design: SampleDesign | None
    base: Mask


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """One sheet to be made: position ``at`` of the tallies; ``key`` None takes all layers together."""

    data: _Data
    key: str | None
    counted: Tally
    weighed: Tally
    at: int
    tested: bool

    def domain(self) -> Mask:
        """The rows of the sheet."""
        if self.key is None:
            return self.data.base
        return np.asarray(self.data.base & (self.data.layers.codes == self.at))


def _everybody(length: int) -> Coded:
    return Coded(ALL, (ALL,), np.zeros(length, dtype=np.int8))


def _head(axis: Axis) -> Head:
    return Head(axis.name, keys_of(axis), not isinstance(axis, Coded), axis.missing_counts())


def _base(axes: Sequence[Axis | None], design: SampleDesign | None, length: int) -> Mask:
    masks = [axis.answered for axis in axes if axis is not None]
    if design is not None:
        masks.append(design.weights > 0)
    if any(len(mask) != length for mask in masks):
        raise ValueError("the axes and the design must have the same rows")
    return np.asarray(np.logical_and.reduce(masks))


def _sheet(layer: _Layer, rules: Significance) -> Sheet:
    counted, weighed, at = layer.counted, layer.weighed, layer.at
    residuals = np.full(counted.cells[at].shape, np.nan)
    associations = []
    for spot, association, found in _associations(layer, rules):
        associations.append(association)
        if found is not None:
            residuals[spot] = found
    return Sheet(
        layer=layer.key,
        base=Margin(int(counted.base[at]), float(weighed.base[at])),
        rows=_margins(counted.rows[at], weighed.rows[at]),
        columns=_margins(counted.columns[at], weighed.columns[at]),
        cells=_cells(layer, residuals, rules),
        associations=tuple(associations),
    )


def _margins(counted: Counts, weighed: Counts) -> tuple[Margin, ...]:
    return tuple(Margin(int(n), float(weight)) for n, weight in zip(counted, weighed, strict=True))


def _cells(layer: _Layer, residuals: Counts, rules: Significance) -> tuple[tuple[Cell, ...], ...]:
    at, weighed = layer.at, layer.weighed
    counts, weights = layer.counted.cells[at], weighed.cells[at]
    total = float(weighed.base[at])
    return tuple(
        tuple(
            Cell(
                n=int(counts[i, j]),
                weighted=float(weights[i, j]),
                row_share=_share(weights[i, j], weighed.rows[at, i]),
                column_share=_share(weights[i, j], weighed.columns[at, j]),
                total_share=_share(weights[i, j], total),
                residual=None if np.isnan(residuals[i, j]) else float(residuals[i, j]),
                marked=bool(abs(residuals[i, j]) > rules.marked_beyond),
            )
            for j in range(counts.shape[1])
        )
        for i in range(counts.shape[0])
    )


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 0 else None


_Spot = tuple[int | slice, int | slice]


def _associations(
    layer: _Layer, rules: Significance
) -> Iterator[tuple[_Spot, Association, Counts | None]]:
    """Each test with its place in the table and the residuals for it."""
    if not layer.tested:
        n = int(layer.counted.base[layer.at])
        yield (0, 0), Association(row=None, column=None, n=n, reason=Reason.ONE_DIMENSION), None
        return
    for row, i in _tested_alone(layer.data.rows):
        for column, j in _tested_alone(layer.data.columns):
            table = _two_way(layer, i, j)
            association, residuals = associate(table, rules, row=row, column=column)
            spot = (slice(None) if i is None else i, slice(None) if j is None else j)
            yield spot, association, _of_option(residuals, i, j)


def _tested_alone(axis: Axis) -> Sequence[tuple[str | None, int | None]]:
    """One choice is tested as a whole; several answers option by option."""
    if isinstance(axis, Coded):
        return [(None, None)]
    return [(option, position) for position, option in enumerate(axis.options)]


def _two_way(layer: _Layer, i: int | None, j: int | None) -> TwoWay:
    """The table to test: an option (position i or j) becomes ticked and not ticked, in this order."""
    at, counted = layer.at, layer.counted
    n = counted.cells[at]
    rows, columns, base = counted.rows[at], counted.columns[at], counted.base[at]
    keys = keys_of(layer.data.columns)
    if i is not None:
        n = np.stack([n[i], columns - n[i]])
        rows = np.array([rows[i], base - rows[i]])
    if j is not None:
        n = np.stack([n[:, j], rows - n[:, j]], axis=1)
        keys = (keys[j], keys[j])
    return TwoWay(n, keys, _estimated(layer, (i, j), n.shape))


def _estimated(
    layer: _Layer, options: tuple[int | None, int | None], shape: tuple[int, ...]
) -> Estimated | None:
    design, domain = layer.data.design, layer.domain()
    if design is None or not domain.any():
        return None
    axes = (layer.data.rows, layer.data.columns)
    coded = [
        (_codes(axis, option), size)
        for axis, option, size in zip(axes, options, shape, strict=True)
    ]
    cells = combine(coded, domain) - 1
    shares, covariance = share_covariance(cells, shape[0] * shape[1], design)
    return Estimated(shares.reshape(shape), covariance, design.degrees_of_freedom_within(domain))


def _codes(axis: Axis, option: int | None) -> "np.ndarray[tuple[int], np.dtype[np.integer]]":
    if isinstance(axis, Coded):
        return axis.codes
    assert option is not None, "several answers are tested option by option"
    return np.where(axis.ticks[:, option], 0, 1).astype(np.int8)


def _of_option(residuals: Counts | None, i: int | None, j: int | None) -> Counts | None:
    """The residuals of the ticked side: it comes first where an option was tested."""
    if residuals is None:
        return None
    found = residuals if i is None else residuals[0]
    return found if j is None else found[..., 0]


def _adjusted(sheets: Sequence[Sheet], rules: Significance) -> tuple[Sheet, ...]:
    """Adjust over every test made in ``sheets``, one family."""
    every = [association for sheet in sheets for association in sheet.associations]
    p_values = adjusted([association.p for association in every], rules.adjustment)
    made = sum(association.p is not None for association in every)
    found = iter(
        replace(association, p_adjusted=p, tests=made)
        for association, p in zip(every, p_values, strict=True)
    )
    return tuple(
        replace(sheet, associations=tuple(next(found) for _ in sheet.associations))
        for sheet in sheets
    )

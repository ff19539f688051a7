"""Figures per head, per employee, per case."""

from collections.abc import Mapping, Sequence

import numpy as np

from analytics.definitions.model import IndicatorDefinition
from analytics.definitions.reasons import Reason
from analytics.methods.index.arrays import Floats, Grid
from analytics.methods.index.warnings import IndexWarning


def denominate(
    grid: Grid,
    indicators: Sequence[IndicatorDefinition],
    columns: Mapping[str, Floats],
    units: Sequence[str],
) -> tuple[Grid, tuple[IndexWarning, ...]]:
    """Value / denominator * per, by column; shapes (units, indicators).

    A denominator that is missing (``NO_DENOMINATOR``) or not above 0 (``ZERO_DENOMINATOR``) takes
    the figure out and is named; one already missing keeps its reason. A rule that scores a ratio has
    used the denominator itself.
    """
    warnings: list[IndexWarning] = []
    result = grid
    for number, indicator in enumerate(indicators):
        if indicator.denominator is None or indicator.source.scoring:
            continue
        below = columns[indicator.denominator.column]
        values = np.array(result.values)
        held = ~np.isnan(values[:, number])
        usable = below > 0
        values[:, number] *= indicator.denominator.per / np.where(usable, below, 1.0)
        result = Grid(values, result.why)
        for reason, places in (
            (Reason.NO_DENOMINATOR, held & np.isnan(below)),
            (Reason.ZERO_DENOMINATOR, held & (below <= 0)),
        ):
            gaps = np.zeros(values.shape, dtype=np.bool_)
            gaps[:, number] = places
            result = result.with_gaps(gaps, reason)
            data = {"column": indicator.denominator.column}
            warnings += [
                IndexWarning(reason, units[int(row)], indicator.code, data)
                for row in np.flatnonzero(places)
            ]
    return result, tuple(warnings)

"""Correlations between columns with their warnings, and what lies behind a whole set of them."""

from analytics.methods.correlations.components import Components, components
from analytics.methods.correlations.pairs import (
    Bounds,
    Correlation,
    CorrelationMethod,
    Flag,
    correlate,
    correlations,
    with_parents,
)

__all__ = [
    "Bounds",
    "Components",
    "Correlation",
    "CorrelationMethod",
    "Flag",
    "components",
    "correlate",
    "correlations",
    "with_parents",
]

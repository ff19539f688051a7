"""Tables to three dimensions with their tests.

``crosstab`` puts ``Coded`` (one choice) and ``Ticked`` (several) columns against each other and says how
strongly they go together. Results are frozen and plain; ``as_plain`` makes them ready for JSON.
"""

from analytics.methods.crosstabs.association import Significance
from analytics.methods.crosstabs.axes import Coded, Ticked
from analytics.methods.crosstabs.results import (
    Association,
    AssociationMethod,
    Cell,
    CrossTab,
    Head,
    Margin,
    Sheet,
)
from analytics.methods.crosstabs.tabulating import crosstab

__all__ = [
    "Association",
    "AssociationMethod",
    "Cell",
    "Coded",
    "CrossTab",
    "Head",
    "Margin",
    "Sheet",
    "Significance",
    "Ticked",
    "crosstab",
]

"""Comparing groups, and the same respondents at two times, by ranks and counts.

Every test says by which method its p-value was found, or why there is none.
"""

from analytics.methods.comparisons.groups import dunn, kruskal_wallis, mann_whitney
from analytics.methods.comparisons.paired import friedman, mcnemar, paired_bootstrap, wilcoxon
from analytics.methods.comparisons.results import (
    Bootstrapped,
    Compared,
    ComparisonMethod,
    GroupComparison,
    PairOfGroups,
)
from analytics.methods.comparisons.trend import cochran_armitage

__all__ = [
    "Bootstrapped",
    "Compared",
    "ComparisonMethod",
    "GroupComparison",
    "PairOfGroups",
    "cochran_armitage",
    "dunn",
    "friedman",
    "kruskal_wallis",
    "mann_whitney",
    "mcnemar",
    "paired_bootstrap",
    "wilcoxon",
]

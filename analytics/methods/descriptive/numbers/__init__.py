"""Questions answered with a number."""

from analytics.methods.descriptive.numbers.histograms import Bin, Histogram, histogram
from analytics.methods.descriptive.numbers.outliers import (
    Outlier,
    Outliers,
    Rule,
    against_history,
    against_last_round,
    among_peers,
)
from analytics.methods.descriptive.numbers.ratios import RatioOfTotals, ratio_of_totals
from analytics.methods.descriptive.numbers.summary import NumberSummary, Spread, number_summary

__all__ = [
    "Bin",
    "Histogram",
    "NumberSummary",
    "Outlier",
    "Outliers",
    "RatioOfTotals",
    "Rule",
    "Spread",
    "against_history",
    "against_last_round",
    "among_peers",
    "histogram",
    "number_summary",
    "ratio_of_totals",
]

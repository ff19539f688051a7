"""Questions answered with a number."""

from analytics.methods.descriptive.numbers.histograms import Bin, Histogram, histogram
from analytics.methods.descriptive.numbers.summary import NumberSummary, Spread, number_summary

__all__ = [
    "Bin",
    "Histogram",
    "NumberSummary",
    "Spread",
    "histogram",
    "number_summary",
]

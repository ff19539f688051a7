"""Stored results as figures for people: the statement, the chart, the table behind it, the small print."""

from analytics.explorer.showing.figures import Cell, Chart, Figure, FigureTable, Row
from analytics.explorer.showing.questions import figure_of
from analytics.explorer.showing.shown import Shown

__all__ = ["Cell", "Chart", "Figure", "FigureTable", "Row", "Shown", "figure_of"]

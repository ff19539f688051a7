"""A workbook as plain data: what a writer writes, without a file library."""

from exporters.book.areas import Area, column_letter
from exporters.book.cells import Cell, Formula, Link, Look, Scalar, Tone, shown_width
from exporters.book.charts import Chart, ChartKind, Errors, Series
from exporters.book.colours import SHADES, Colour, Shade
from exporters.book.marks import Bounds, Choices, ColourScale, DataBar, Mark, Painted, Validation
from exporters.book.names import BadName, Name, name_of
from exporters.book.pages import Page, page_of
from exporters.book.sheets import Book, Paper, Sheet
from exporters.book.sides import Side, is_figure, sided
from exporters.book.widths import MEASURED, fitted_widths

__all__ = [
    "MEASURED",
    "SHADES",
    "Area",
    "BadName",
    "Book",
    "Bounds",
    "Cell",
    "Chart",
    "ChartKind",
    "Choices",
    "Colour",
    "ColourScale",
    "DataBar",
    "Errors",
    "Formula",
    "Link",
    "Look",
    "Mark",
    "Name",
    "Page",
    "Painted",
    "Paper",
    "Scalar",
    "Series",
    "Shade",
    "Sheet",
    "Side",
    "Tone",
    "Validation",
    "column_letter",
    "fitted_widths",
    "is_figure",
    "name_of",
    "page_of",
    "shown_width",
    "sided",
]

"""Excel workbooks: styles, charts, pages and what else is laid over sheets by openpyxl, the rows by us.

openpyxl can write a formula or its value, not both; other programs then show 0 or nothing. It also
holds an object for each cell until it saves. So it saves sheets without rows, and the rows that we
have written go into their places. The same input gives the same bytes: the times inside the archive and
its properties come from the book.

Numbers, dates and times have codes that name no country (``#,##0.0``, ``d/m/yyyy``): the program of the
reader draws the separators of its own region, 1.234,5 in Viet Nam and 1,234.5 in English.
"""

from exporters.formats.xlsx.cells import NotFinite
from exporters.formats.xlsx.checking import MAX_COLUMNS, MAX_ROWS, Dangling, TooLargeForExcel
from exporters.formats.xlsx.texts import MAX_TEXT, readable
from exporters.formats.xlsx.workbook import write_xlsx

__all__ = [
    "MAX_COLUMNS",
    "MAX_ROWS",
    "MAX_TEXT",
    "Dangling",
    "NotFinite",
    "TooLargeForExcel",
    "readable",
    "write_xlsx",
]

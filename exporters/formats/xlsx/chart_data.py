"""References of charts with the values that stand in their cells."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)

from exporters.book import Area, Cell, Formula, Scalar, Sheet
from exporters.formats.xlsx.styles import number_format
from exporters.formats.xlsx.texts import readable


def numbers_of(area: Area, sheets: Mapping[str, Sheet]) -> NumRef:
    """A reference to figures; cells without one are gaps."""
    cells = list(_cells(area, sheets))
    shown = next((number_format(cell) for cell in cells if _figure(cell) is not None), "General")
    points = [
        NumVal(idx=index, v=repr(value))
        for index, cell in enumerate(cells)
        if (value := _figure(cell)) is not None
    ]
    cache = NumData(formatCode=shown, ptCount=len(cells), pt=points)
    return NumRef(f=area.absolute, numCache=cache)


def texts_of(area: Area, sheets: Mapping[str, Sheet]) -> StrRef:
    """A reference to words."""
    cells = list(_cells(area, sheets))
    points = [
        StrVal(idx=index, v=readable(str(value)))
        for index, cell in enumerate(cells)
        if (value := value_of(cell)) is not None
    ]
    return StrRef(f=area.absolute, strCache=StrData(ptCount=len(cells), pt=points))


def categories_of(area: Area, sheets: Mapping[str, Sheet]) -> AxDataSource:
    """What the values of a chart are of: words, or figures where the first cell holds one."""
    first = next((cell for cell in _cells(area, sheets) if value_of(cell) is not None), Cell())
    if _figure(first) is None:
        return AxDataSource(strRef=texts_of(area, sheets))
    return AxDataSource(numRef=numbers_of(area, sheets))


def value_of(cell: Cell) -> Scalar:
    """What a cell shows, its formula's value where it has one."""
    return cell.value.value if isinstance(cell.value, Formula) else cell.value


def _figure(cell: Cell) -> int | float | None:
    value = value_of(cell)
    if isinstance(value, bool | str | date) or value is None:
        return None
    return float(value) if isinstance(value, Decimal) else value


def _cells(area: Area, sheets: Mapping[str, Sheet]) -> Iterator[Cell]:
    """The cells of an area, row by row; those that a short row lacks are empty."""
    rows = sheets[area.sheet].rows
    for row in rows[area.top - 1 : area.bottom]:
        for column in range(area.left - 1, area.right):
            yield row[column] if column < len(row) else Cell()

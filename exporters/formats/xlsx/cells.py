"""The cells of a sheet as XML: values, formulas with what the server computed, the number of their style."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Final

from openpyxl.utils.datetime import to_excel

from exporters.book import Area, Cell, Formula, Scalar, Sheet, Side, column_letter, sided
from exporters.formats.xlsx.layout import Measures
from exporters.formats.xlsx.styles import Stylist
from exporters.formats.xlsx.texts import escaped, literal, readable

EMPTY: Final = Cell()


class NotFinite(ValueError):
    """A cell holds an infinite figure or none that is a number: no file can say that."""


def rows_of(sheet: Sheet, measures: Measures, stylist: Stylist) -> Iterator[str]:
    """The ``<row>`` of every row that holds something or is not as tall as the others."""
    letters = [column_letter(column) for column in range(1, _width(sheet, measures) + 1)]
    covers = _Covers(measures.merged)
    heights = measures.heights
    for number, row in enumerate(sided(sheet.rows), start=1):
        cells = "".join(_cells(row, number, letters, covers, stylist, tall=number in heights))
        if cells or number in heights:
            yield f'<row r="{number}"{_height(heights.get(number))}>{cells}</row>'
    behind = sorted(number for number in heights if number > len(sheet.rows))
    yield from (f'<row r="{number}"{_height(heights[number])}/>' for number in behind)


def extent_of(sheet: Sheet, measures: Measures) -> str:
    """The area that holds all cells, for readers that make room before they read."""
    return Area(sheet.name, 1, 1, max(1, len(sheet.rows)), max(1, _width(sheet, measures))).local


def _width(sheet: Sheet, measures: Measures) -> int:
    return max((sheet.width, *(area.right for area in measures.merged)))


def _height(points: float | None) -> str:
    return "" if points is None else f' ht="{points!r}" customHeight="1"'


class _Covers:
    """The cells that lie under a merged one: they take its style, as each draws its part of the border."""

    def __init__(self, areas: tuple[Area, ...]) -> None:
        self._rows: dict[int, list[Area]] = {}
        for area in areas:
            for number in range(area.top, area.bottom + 1):
                self._rows.setdefault(number, []).append(area)
        self._styles: dict[Area, int] = {}

    def begin(self, number: int) -> Mapping[int, Area]:
        """By column: the merged areas of a row."""
        return {
            column: area
            for area in self._rows.get(number, ())
            for column in range(area.left, area.right + 1)
        }

    def style(self, area: Area, number: int, column: int, own: int) -> int:
        """The style of a cell of an area; ``own`` is that of its first one."""
        if (number, column) == (area.top, area.left):
            self._styles[area] = own
        return self._styles.get(area, own)


def _cells(
    row: list[tuple[Cell, Side]],
    number: int,
    letters: list[str],
    covers: _Covers,
    stylist: Stylist,
    *,
    tall: bool,
) -> Iterator[str]:
    under = covers.begin(number)
    if under:
        row = row + [(EMPTY, Side.PLAIN)] * (max(under) - len(row))
    for place, (cell, side) in enumerate(row):
        area = under.get(place + 1) if under else None
        if area is None:
            if cell.value is None and cell == EMPTY:
                continue
            yield _cell(f"{letters[place]}{number}", stylist.number(cell, side, tall=tall), cell)
            continue
        is_first = (number, place + 1) == (area.top, area.left)
        style = covers.style(
            area, number, place + 1, stylist.number(cell, side, tall=tall) if is_first else 0
        )
        yield _cell(f"{letters[place]}{number}", style, cell if is_first else EMPTY)


def _cell(place: str, style: int, cell: Cell) -> str:
    value = cell.value
    begun = f'<c r="{place}" s="{style}"'
    if isinstance(value, Formula):
        kind, told = _cached(value.value, place)
        return f"{begun}{kind}><f>{escaped(value.text)}</f><v>{told}</v></c>"
    if value is None or value == "":
        return f"{begun}/>"
    if isinstance(value, str):
        text = escaped(literal(readable(value)))
        return f'{begun} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, bool):
        return f'{begun} t="b"><v>{int(value)}</v></c>'
    return f"{begun}><v>{_figure(value, place)}</v></c>"


def _cached(value: float | Decimal | str | None, place: str) -> tuple[str, str]:
    if value is None or isinstance(value, str):
        return ' t="str"', escaped(literal(readable(value or "")))
    return "", _figure(value, place)


def _figure(value: Scalar, place: str) -> str:
    """A number to its last digit, a day or moment as Excel counts days. Raises NotFinite."""
    match value:
        case datetime():
            # Excel knows no time zones: the local wall clock stands in the cell.
            return _day(value.replace(tzinfo=None))
        case date():
            return _day(value)
        case Decimal() if value.is_finite():
            return format(value, "f")
        case float() if isfinite(value):
            return float.__repr__(value)
        case int():
            return int.__repr__(value)
    raise NotFinite(f"{place}: {value!r}")


def _day(value: date) -> str:
    return repr(to_excel(value))  # type: ignore[no-untyped-call]  # not in the stubs

"""The cells of a worksheet's part: found, made where there are none, and given a style."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from surveys.excelform.marking.package import MAIN, RELATION, Element

_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")

_BEHIND_DRAWING: Final = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


class Cells:
    """The cells of one sheet by their places: row and column, from 1."""

    def __init__(self, root: Element) -> None:
        self._data = root.find(f"{{{MAIN}}}sheetData")
        self._rows: dict[int, Element] = {}
        self._cells: dict[tuple[int, int], Element] = {}
        if self._data is not None:
            self._read(self._data)

    def style(self, place: tuple[int, int]) -> int:
        """The style of a cell; of one that is not there, that of its row, else 0."""
        cell = self._cells.get(place)
        if cell is not None:
            return int(cell.get("s") or 0)
        row = self._rows.get(place[0])
        return int(row.get("s") or 0) if row is not None and row.get("customFormat") else 0

    def restyle(self, place: tuple[int, int], style: int) -> None:
        """Give a cell a style; an empty one comes to be."""
        if self._data is not None:
            self._cell(place).set("s", str(style))

    def styled(self) -> Iterator[tuple[tuple[int, int], int]]:
        """Every cell with its style."""
        for place, cell in self._cells.items():
            yield place, int(cell.get("s") or 0)

    def _read(self, data: Element) -> None:
        row_number = 0
        for row in data.iterfind(f"{{{MAIN}}}row"):
            row_number = int(row.get("r") or row_number + 1)
            self._rows[row_number] = row
            column = 0
            for cell in row.iterfind(f"{{{MAIN}}}c"):
                place = place_of(cell.get("r") or "")
                column = place[1] if place else column + 1
                self._cells[row_number, column] = cell

    def _cell(self, place: tuple[int, int]) -> Element:
        if place not in self._cells:
            row_number, column = place
            row = self._row(row_number)
            made = etree.Element(f"{{{MAIN}}}c")
            made.set("r", f"{letters_of(column)}{row_number}")
            before = [each for number, each in self._in_row(row_number) if number < column]
            row.insert(row.index(before[-1]) + 1 if before else 0, made)
            self._cells[place] = made
        return self._cells[place]

    def _in_row(self, row: int) -> list[tuple[int, Element]]:
        return sorted(
            ((column, cell) for (number, column), cell in self._cells.items() if number == row),
            key=lambda each: each[0],
        )

    def _row(self, number: int) -> Element:
        if number not in self._rows:
            assert self._data is not None, "restyle() has looked"
            made = etree.Element(f"{{{MAIN}}}row")
            made.set("r", str(number))
            before = [each for each in self._rows if each < number]
            index = self._data.index(self._rows[max(before)]) + 1 if before else 0
            self._data.insert(index, made)
            self._rows[number] = made
        return self._rows[number]


def place_of(name: str) -> tuple[int, int] | None:
    """Row and column of a cell's name, from 1."""
    found = _PLACE.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def letters_of(column: int) -> str:
    """The name of a column, from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def draw_notes(root: Element, relation: str) -> None:
    """Name the drawing of the notes in a worksheet, where its schema wants it."""
    made = etree.Element(f"{{{MAIN}}}legacyDrawing")
    made.set(f"{{{RELATION}}}id", relation)
    for position, child in enumerate(root):
        if etree.QName(child).localname in _BEHIND_DRAWING:
            root.insert(position, made)
            return
    root.append(made)

"""Sheets with one row a unit: title, note, lines above the headings, then the units."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from exporters.book import Area, Cell, Formula, Look, Mark, Scalar, Sheet, Tone
from exporters.book.widths import PADDING, text_width
from exporters.books.assessment.addresses import CODE_LINE, FIRST, HEAD
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.places import Places
from exporters.books.assessment.results import Value
from exporters.books.assessment.words import WORDS
from surveys.engine import text_in

EMPTY: Final = Cell()
KEY_WIDTHS: Final = (14, 26)
NAME_WIDTHS: Final = (34, 48)
TEXT_WIDTHS: Final = (15, 30)
"""The least and the most that columns of texts take."""
TITLE_LINE, NOTE_LINE = 1, 2
NOTE_COLUMNS: Final = 8
NOTE_HEIGHT: Final = 30.0
"""A note runs over two lines of so many columns."""


Maker = Callable[[int, int], Cell]
"""The cell of a unit, from its number among the units and its row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, what stands above that by line, and the cell of each unit."""

    head: str
    cell: Maker
    code: str = ""
    above: Mapping[int, Cell] = field(default_factory=dict)
    width: int = 15
    decimals: int | None = None
    """Of its figures, where they are not the usual ones."""

    def shown(self, unit: int, row: int) -> Cell:
        """The cell of a unit."""
        cell = self.cell(unit, row)
        if self.decimals is None or cell.look is not Look.DECIMAL:
            return cell
        return replace(cell, decimals=self.decimals)


def stored(values: Sequence[Scalar], look: Look = Look.TEXT) -> Maker:
    """Cells of values as they are, in the order of the units."""
    return lambda unit, _row: Cell(values[unit], look)


def served(values: Sequence[Scalar], look: Look = Look.DECIMAL) -> Maker:
    """Cells of values that the server computed and no formula states."""
    return lambda unit, _row: Cell(values[unit], look, tone=Tone.SERVER)


def proved(formula: str | None, value: Value | int, look: Look = Look.DECIMAL) -> Cell:
    """The cell of a formula with what the run has stored of it; without one, marked as the server's."""
    if formula is None:
        return Cell(value, look, tone=Tone.SERVER)
    return Cell(Formula(formula, value), look)


def unit_sheet(
    contents: AssessmentContents,
    places: Places,
    name: str,
    columns: Sequence[Column],
    *,
    note: str = "",
    marks: tuple[Mark, ...] = (),
) -> Sheet:
    """The sheet of that name with its columns behind the units' keys and names."""
    words = WORDS[places.language]
    lines: list[tuple[Cell, ...]] = [
        (Cell(title_of(contents, places, name), Look.TITLE),),
        (Cell(told(contents, note), Look.NOTE),),
    ]
    lines += [
        (EMPTY, EMPTY, *(column.above.get(line, EMPTY) for column in columns))
        for line in range(NOTE_LINE + 1, CODE_LINE)
    ]
    codes = (Cell(column.code or None, Look.NOTE) for column in columns)
    lines.append((EMPTY, EMPTY, *codes))
    heads = (words["key"], words["unit"], *(column.head for column in columns))
    lines.append(tuple(Cell(head, Look.HEAD) for head in heads))
    assert len(lines) == HEAD
    for number, unit in enumerate(contents.units):
        row = FIRST + number
        cells = (column.shown(number, row) for column in columns)
        named = (Cell(unit.key), Cell(unit.named(places.language), Look.LABEL))
        lines.append((*named, *cells))
    return Sheet(
        name=name,
        rows=tuple(lines),
        widths=(*unit_widths(contents, places.language), *(column.width for column in columns)),
        frozen=(HEAD, 2),
        filtered=True,
        head_rows=HEAD,
        landscape=True,
        fitted=len(columns) <= FITTING,
        marks=marks,
        merged=(Area.row(name, NOTE_LINE, 1, min(2 + len(columns), NOTE_COLUMNS)),),
        heights={NOTE_LINE: NOTE_HEIGHT},
    )


def unit_widths(contents: AssessmentContents, language: str) -> tuple[int, int]:
    """How wide the columns of keys and names are."""
    keys = (unit.key for unit in contents.units)
    names = (unit.named(language) for unit in contents.units)
    return room_for(keys, KEY_WIDTHS), room_for(names, NAME_WIDTHS, bold=True)


def room_for(
    texts: Iterable[str | None], ends: tuple[int, int] = TEXT_WIDTHS, *, bold: bool = False
) -> int:
    """The width of a column of texts, between two ends: no more lines than needed."""
    least, most = ends
    widest = max((text_width(text) for text in texts if text), default=0.0)
    return max(least, min(most, round(widest * (BOLD if bold else 1.0) + PADDING)))


BOLD: Final = 1.08
"""How much wider bold letters are."""
FITTING: Final = 12
"""As many columns go on the width of a page."""


def note_area(name: str) -> tuple[Area, ...]:
    """The columns over which the note of a sheet runs."""
    return (Area.row(name, NOTE_LINE, 1, NOTE_COLUMNS),)


def title_of(contents: AssessmentContents, places: Places, name: str) -> str:
    """What stands over a sheet."""
    index = text_in(contents.facts.index_name, places.language)
    return WORDS[places.language]["title"].format(index=index, sheet=name)


def told(contents: AssessmentContents, note: str) -> str:
    """A note with the number and the hash of the run, where it names them."""
    return note.format(number=contents.facts.number, hash=contents.facts.hash)

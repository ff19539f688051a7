"""The proof: what the server computed, what the workbook computes, and the difference."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from exporters.book import Area, Cell, Colour, Formula, Look, Painted, Shade, Sheet
from exporters.books.assessment.addresses import FIRST, NAME, OnSheet
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import text
from exporters.books.assessment.places import Places
from exporters.books.assessment.results import Value
from exporters.books.assessment.shading import decimals_in
from exporters.books.assessment.unit_rows import Column, served, unit_sheet
from exporters.books.assessment.words import WORDS

TOLERANCE = "0.000000001"
SUMMARY_LINE = 3
"""Where the largest difference and the verdict stand."""


def verify_sheet(contents: AssessmentContents, places: Places) -> Sheet:
    """For every unit index, rank and level twice with the difference; for every node the largest
    difference is in its column's heading lines."""
    words, name = WORDS[places.language], places.sheets["verify"]
    own = OnSheet(name)
    columns = list(_columns(contents, places))
    sheet = unit_sheet(contents, places, name, columns, note=words["note_verify"])
    differences = [
        own.down(NAME + 1 + number, FIRST, places.last, at=name)
        for number, column in enumerate(columns)
        if column.code == DIFFERENCE
    ]
    most = ",".join(f"MAX({cells}),-MIN({cells})" for cells in differences)
    verdict = Area.cell(name, SUMMARY_LINE, 3)
    largest = Area.cell(name, SUMMARY_LINE, 2).local
    summary = (
        Cell(words["largest"], Look.LABEL),
        Cell(Formula(f"MAX({most})", 0)),
        Cell(
            Formula(
                f"IF(B{SUMMARY_LINE}<{TOLERANCE},{text(words['agrees'])},{text(words['differs'])})",
                words["agrees"],
            ),
            Look.LABEL,
        ),
    )
    rows = (*sheet.rows[: SUMMARY_LINE - 1], summary, *sheet.rows[SUMMARY_LINE:])
    marks = [
        Painted(verdict, f"${largest[0]}${largest[1:]}<{TOLERANCE}", GOOD, bold=True),
        Painted(verdict, f"${largest[0]}${largest[1:]}>={TOLERANCE}", WRONG, bold=True),
    ]
    marks += [
        Painted(
            Area.column(name, NAME + 1 + number, FIRST, places.last),
            f"ABS({own.cell(NAME + 1 + number, FIRST, at=name)})>={TOLERANCE}",
            WRONG,
        )
        for number, column in enumerate(columns)
        if column.code == DIFFERENCE
    ]
    return replace(sheet, rows=rows, marks=tuple(marks))


GOOD: Final = Shade(Colour.OK_SOFT, Colour.OK)
WRONG: Final = Shade(Colour.BAD_SOFT, Colour.BAD)


DIFFERENCE = "Δ"


def _columns(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    words, root = WORDS[places.language], contents.root
    block = places.blocks[root]
    at = places.sheets["verify"]
    results = [unit.nodes[root] for unit in contents.units]
    parts: list[tuple[str, int, list[Value]]] = [
        ("score", block.score, [each.score for each in results]),
        ("rank", block.rank, [each.told_rank for each in results]),
    ]
    if block.level:
        parts.append(("level", block.level, [each.told_level for each in results]))
    first, decimals = NAME + 1, decimals_in(contents)(root)
    for head, column, values in parts:
        look = Look.DECIMAL if head == "score" else Look.INTEGER
        shown = [_shown(value) for value in values]
        here = [block.cell(column, row, at=at) for row in places.rows]
        for side, cell in (
            ("server", served(shown, look)),
            ("workbook", _linked(here, shown, look)),
        ):
            yield Column(head=f"{words[head]}, {words[side]}", cell=cell, decimals=decimals)
        yield Column(
            head=f"{words[head]}, {words['difference']}",
            code=DIFFERENCE,
            cell=_compared(OnSheet(at), first),
        )
        first += 3


def _shown(value: Value) -> Value | int:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _linked(cells: list[str], values: list[Value | int], look: Look) -> Callable[[int, int], Cell]:
    return lambda unit, _row: Cell(Formula(cells[unit], values[unit]), look)


def _compared(own: OnSheet, first: int) -> Callable[[int, int], Cell]:
    """The difference of two figures; 0 of two equal reasons, 1 of what does not agree."""

    def cell(_unit: int, row: int) -> Cell:
        server = own.cell(first, row, at=own.sheet)
        workbook = own.cell(first + 1, row, at=own.sheet)
        both = f"AND(ISNUMBER({server}),ISNUMBER({workbook}))"
        same = f"IF({server}&{text('')}={workbook}&{text('')},0,1)"
        return Cell(Formula(f"IF({both},{workbook}-{server},{same})", 0))

    return cell

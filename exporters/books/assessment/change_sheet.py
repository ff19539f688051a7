"""The change since the round before, where there is a run of it."""

from exporters.book import Cell, Formula, Look, Sheet
from exporters.books.assessment.addresses import NAME, OnSheet
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import text
from exporters.books.assessment.places import Places
from exporters.books.assessment.unit_rows import Column, stored, title_of, unit_sheet
from exporters.books.assessment.words import WORDS


def change_sheet(contents: AssessmentContents, places: Places) -> Sheet | None:
    """Now, then and the difference of scores and ranks; why they do not compare, where they do not; None
    without an earlier run."""
    earlier = contents.earlier
    if earlier is None:
        return None
    words, name = WORDS[places.language], places.sheets["change"]
    if earlier.broken:
        rows: list[tuple[Cell, ...]] = [
            (Cell(title_of(contents, places, name), Look.TITLE),),
            (Cell(words["note_broken"].format(period=earlier.title[places.language]), Look.NOTE),),
            (),
        ]
        rows += ((Cell(reason),) for reason in earlier.broken[places.language])
        return Sheet(name=name, rows=tuple(rows), widths=(100,))
    note = words["note_change"].format(period=earlier.title[places.language])
    columns = [
        *_pair(contents, places, "score", NAME + 1),
        *_pair(contents, places, "rank", NAME + 4),
    ]
    return unit_sheet(contents, places, name, columns, note=note)


def _pair(
    contents: AssessmentContents, places: Places, head: str, first: int
) -> tuple[Column, Column, Column]:
    """The live figure, the earlier one and how far the unit has come."""
    assert contents.earlier is not None
    words, block, root = WORDS[places.language], places.blocks[contents.root], contents.root
    own = OnSheet(places.sheets["change"])
    is_rank = head == "rank"
    column = block.rank if is_rank else block.score
    results = [unit.nodes[root] for unit in contents.units]
    now = [each.rank if is_rank else each.score for each in results]
    held = contents.earlier.ranks if is_rank else contents.earlier.scores
    then = [held.get(unit.key) for unit in contents.units]
    look = Look.INTEGER if is_rank else Look.DECIMAL

    def current(unit: int, row: int) -> Cell:
        value = now[unit]
        return Cell(
            Formula(
                block.cell(column, row, at=own.sheet),
                results[unit].score if value is None else value,
            ),
            look,
        )

    def difference(unit: int, row: int) -> Cell:
        here, there = (own.cell(first + n, row, at=own.sheet) for n in (0, 1))
        way = f"{there}-{here}" if is_rank else f"{here}-{there}"
        formula = f"IF(AND(ISNUMBER({here}),ISNUMBER({there})),{way},{text('')})"
        a, b = now[unit], then[unit]
        both = isinstance(a, int | float) and b is not None
        value = ((b - a) if is_rank else (a - b)) if both else ""  # type: ignore[operator]
        return Cell(Formula(formula, value), look)

    return (
        Column(head=f"{words[head]}, {words['now']}", cell=current),
        Column(head=f"{words[head]}, {words['before']}", cell=stored(then, look)),
        Column(head=f"{words[head]}, {words['change']}", cell=difference),
    )

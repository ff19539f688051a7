"""The weights: what can be changed, and what follows from it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from exporters.book import Area, Bounds, Cell, Formula, Look, Name, Sheet, Tone, name_of
from exporters.books.assessment.addresses import HEAD, OnSheet
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import text
from exporters.books.assessment.places import Places
from exporters.books.assessment.results import Weighed
from exporters.books.assessment.unit_rows import (
    NOTE_HEIGHT,
    NOTE_LINE,
    note_area,
    room_for,
    title_of,
    told,
)
from exporters.books.assessment.words import WORDS, word_of

NODE, NODE_NAME, CHILD, CHILD_NAME, METHOD, NOMINAL, WEIGHT, SHARE, EFFECTIVE, SUM, CHECK = range(
    1, 12
)
HEADS: Final = (
    "node",
    "node_name",
    "child",
    "child_name",
    "weighting",
    "nominal",
    "weight",
    "share",
    "effective",
    "sum",
    "check",
)
WIDTHS: Final = (16, 30, 16, 34, 16, 12, 12, 12, 14, 12, 18)


def weights_sheet(contents: AssessmentContents, places: Places) -> Sheet:
    """One row for each child of each node, from the index down."""
    words, name = WORDS[places.language], places.sheets["weights"]
    rows: list[tuple[Cell, ...]] = [
        (Cell(title_of(contents, places, name), Look.TITLE),),
        (Cell(told(contents, words["note_weights"]), Look.NOTE),),
        *(() for _ in range(4)),
        tuple(Cell(words[f"weight_{head}"], Look.HEAD) for head in HEADS),
    ]
    above: dict[str, int] = {}
    for node, found in groupby(contents.weighed, key=lambda row: row.node):
        group = list(found)
        for row in group:
            above.setdefault(row.child, places.weights[row.node, row.child])
        rows += (tuple(_row(contents, places, row, group, above.get(node))) for row in group)
    changed = Area.column(name, WEIGHT, HEAD + 1, HEAD + len(contents.weighed))
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=_widths(contents),
        frozen=(HEAD, 0),
        head_rows=HEAD,
        landscape=True,
        merged=note_area(name),
        heights={NOTE_LINE: NOTE_HEIGHT},
        validations=(Bounds(changed, error=words["weight_bounds"]),),
    )


def _widths(contents: AssessmentContents) -> tuple[int, ...]:
    nodes = room_for(row.node for row in contents.weighed)
    children = room_for(row.child for row in contents.weighed)
    return (nodes, WIDTHS[NODE_NAME - 1], children, *WIDTHS[CHILD_NAME - 1 :])


def weight_names(contents: AssessmentContents, places: Places) -> tuple[Name, ...]:
    """A defined name for every weight: ``w_<child>`` in the tree, ``w_<node>_<child>`` beside it."""
    sheet = places.sheets["weights"]
    beside = {node.code for root in contents.definition.support for node in root.walk()}
    taken: set[str] = set()
    found = []
    for row in contents.weighed:
        told = f"{row.node}_{row.child}" if row.node in beside else row.child
        plain, number = name_of(told, before="w_"), 1
        name = plain
        while name.casefold() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.casefold())
        place = places.weights[row.node, row.child]
        found.append(Name(name, Area.cell(sheet, place, WEIGHT)))
    return tuple(found)


def weight_cell(places: Places, node: str, child: str, *, at: str, column: int = WEIGHT) -> str:
    """The weight of a child (or another of its columns), as the sheet ``at`` writes it."""
    row = places.weights[node, child]
    return OnSheet(places.sheets["weights"]).cell(column, row, at=at, fixed=True)


def check_cell(contents: AssessmentContents, places: Places, node: str, *, at: str) -> str:
    """Why the weights of a node are of no use; an empty text where they are."""
    first = next(row.child for row in contents.weights if row.node == node)
    return weight_cell(places, node, first, at=at, column=CHECK)


def _row(
    contents: AssessmentContents,
    places: Places,
    row: Weighed,
    group: Sequence[Weighed],
    above: int | None,
) -> Iterator[Cell]:
    language, own = places.language, OnSheet(places.sheets["weights"])
    number = places.weights[row.node, row.child]
    first = places.weights[row.node, group[0].child]
    weights = own.down(WEIGHT, first, first + len(group) - 1, at=own.sheet)
    used = contents.used_weight(row)
    yield Cell(row.node, Look.NOTE)
    yield Cell(contents.name_of(row.node, language))
    yield Cell(row.child, Look.NOTE)
    yield Cell(contents.name_of(row.child, language), Look.LABEL)
    yield Cell(word_of("weighting", contents.weighting_of(row.node), language))
    yield Cell(row.nominal, Look.DECIMAL)
    yield Cell(used, Look.DECIMAL, tone=Tone.INPUT)
    share = f'IF({own.cell(CHECK, first, at=own.sheet)}="",{own.cell(WEIGHT, number, at=own.sheet)}/SUM({weights}),"")'
    yield Cell(Formula(share, row.share), Look.DECIMAL)
    yield Cell(_effective(contents, own, row, number, above), Look.DECIMAL)
    if row is not group[0]:
        return
    shares = own.down(SHARE, first, first + len(group) - 1, at=own.sheet)
    total = None if row.share is None else 1
    yield Cell(Formula(f"IF(COUNT({shares})=0,{text('')},SUM({shares}))", total), Look.DECIMAL)
    yield Cell(Formula(_check(contents, row.node, weights, len(group)), _reason(contents, group)))


def _effective(
    contents: AssessmentContents, own: OnSheet, row: Weighed, number: int, above: int | None
) -> Formula | None:
    share = own.cell(SHARE, number, at=own.sheet)
    if row.node == contents.root:
        return Formula(share, row.effective)
    if above is None:
        return None
    reach = own.cell(EFFECTIVE, above, at=own.sheet)
    both = f"AND(ISNUMBER({share}),ISNUMBER({reach}))"
    return Formula(f"IF({both},{share}*{reach},{text('')})", row.effective)


def _check(contents: AssessmentContents, node: str, weights: str, count: int) -> str:
    """Negative weights and nothing but zeros are refused, as the server does."""
    gone = text(unweighed(contents, node) or "ZERO_WEIGHTS")
    zero = f"IF(SUM({weights})>0,{text('')},{text('ZERO_WEIGHTS')})"
    found = f"IF(COUNTIF({weights},{text('<0')})>0,{text('NEGATIVE_WEIGHT')},{zero})"
    return f"IF(COUNT({weights})<{count},{gone},{found})"


def _reason(contents: AssessmentContents, group: Sequence[Weighed]) -> str:
    if all(row.share is not None for row in group):
        return ""
    return unweighed(contents, group[0].node) or "ZERO_WEIGHTS"


def unweighed(contents: AssessmentContents, node: str) -> str:
    """Why the server found no weights for a node's children."""
    return next(
        (
            str(warning["reason"])
            for warning in contents.facts.warnings
            if warning["element"] == node and not warning["unit"]
        ),
        "",
    )

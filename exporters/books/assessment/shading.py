"""Colours over the columns of nodes: bars behind scores, the shades of levels, as on the pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from analytics.indices.shades import Shades
from exporters.book import SHADES, Area, DataBar, Mark, Painted, column_letter
from exporters.books.assessment.addresses import FIRST
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.places import Places

FINE: Final = 4
NARROW: Final = 2.0
"""What ranges over no more than this is told with so many decimals."""


def decimals_in(contents: AssessmentContents) -> Callable[[str], int | None]:
    """By code of a node or indicator: the decimals of its scores, None for the usual ones."""
    shades = Shades(contents.definition)

    def found(code: str) -> int | None:
        low, high = shades.span(code)
        return FINE if high - low <= NARROW else None

    return found


def node_marks(
    contents: AssessmentContents, places: Places, codes: Iterable[str]
) -> Iterator[Mark]:
    """The marks of nodes over all units, on the sheets where their blocks are."""
    shades = Shades(contents.definition)
    for code in codes:
        block, (low, high) = places.blocks[code], shades.span(code)
        scores = Area.column(block.sheet, block.score, FIRST, places.last)
        yield DataBar(scores, least=low, most=high if high > low else low + 1.0)
        if block.level:
            levels = Area.column(block.sheet, block.level, FIRST, places.last)
            names = shades.level_names(code, places.language)
            found = {level: shades.of(code, 0.0, level) or 0 for level in names}
            yield from painted_levels(levels, list(found), found)


def painted_levels(
    area: Area, levels: Sequence[int], shade_of: Mapping[int, int]
) -> Iterator[Painted]:
    """The ground of each level over the cells that hold its number."""
    first = f"{column_letter(area.left)}{area.top}"
    for level in levels:
        yield Painted(area, f"AND(ISNUMBER({first}),{first}={level})", SHADES[shade_of[level]])

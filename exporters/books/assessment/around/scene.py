"""What a sheet around the computing ones is made of, and the pieces that they share."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Final

from analytics.definitions.model import NodeDefinition
from analytics.indices.shades import Shades
from exporters.book import Cell, Formula, Look
from exporters.books.assessment.addresses import FIRST, Block
from exporters.books.assessment.around.facts import Around
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import significant
from exporters.books.assessment.places import Places
from exporters.books.assessment.results import Value
from surveys.engine import text_in

EMPTY: Final = Cell()
WIDE_SPAN, NARROW_SPAN = 20.0, 2.0
"""Scores that range over more than the first have one decimal, over less than the second four."""


@dataclass(frozen=True)
class Scene:
    """A run, where its figures stand, what is beside it, and what the sheets around are called."""

    contents: AssessmentContents
    places: Places
    around: Around
    names: Mapping[str, str]

    @property
    def language(self) -> str:
        """The language of the workbook."""
        return self.places.language

    @property
    def root(self) -> Block:
        """Where the index itself stands."""
        return self.places.blocks[self.contents.root]

    @property
    def index_name(self) -> str:
        """What the index is called."""
        return text_in(self.contents.facts.index_name, self.language)

    def title(self, key: str) -> Cell:
        """What stands over a sheet."""
        return Cell(f"{self.index_name}: {self.names[key]}", Look.TITLE)

    def name_of(self, code: str) -> str:
        """What an indicator or node is called."""
        return self.contents.name_of(code, self.language)

    @cached_property
    def shades(self) -> Shades:
        """The shades of scores and levels, as on the pages."""
        return Shades(self.contents.definition)

    def span(self, code: str) -> tuple[float, float]:
        """The least and the most that a node or indicator can be."""
        low, high = self.shades.span(code)
        return (low, high) if high > low else (low, low + 1.0)

    def decimals(self, code: str) -> int:
        """With how many decimals scores of a node are told."""
        low, high = self.span(code)
        return 1 if high - low > WIDE_SPAN else 4 if high - low <= NARROW_SPAN else 2

    def level_names(self, code: str) -> dict[int, str]:
        """The names of a node's levels, the least first; none where it has none."""
        return self.shades.level_names(code, self.language)

    def scores(self, code: str) -> list[float | None]:
        """The scores of a node in the order of the units, None without one."""
        return [figure_of(unit.nodes[code].score) for unit in self.contents.units]

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The numbers of the units that have a score, the best first, equals as they come."""
        scored = [
            (-significant(score), number)
            for number, score in enumerate(self.scores(self.contents.root))
            if score is not None
        ]
        return tuple(number for _score, number in sorted(scored))

    @cached_property
    def places_in_order(self) -> Mapping[int, int]:
        """By the number of a unit with a score: the how manieth it is."""
        return {unit: place for place, unit in enumerate(self.order, start=1)}

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What units are told by in lists: the name, with the key where two have the same."""
        names = [unit.named(self.language) for unit in self.contents.units]
        times = Counter(names)
        return tuple(
            name if times[name] == 1 else f"{name} ({unit.key})"
            for name, unit in zip(names, self.contents.units, strict=True)
        )

    def nodes(self) -> Iterator[NodeDefinition]:
        """The index, then each pillar with what is below it, from the top down."""
        yield self.contents.definition.tree
        for pillar in self.contents.pillars:
            yield from list(pillar.walk())[::-1]

    def all_of(self, block: Block, column: int, *, at: str = "") -> str:
        """A column of a node over all units, as a formula writes it."""
        return block.down(column, FIRST, self.places.last, at=at)


def figure_of(value: Value) -> float | None:
    """The figure, None for the code of a reason."""
    return float(value) if isinstance(value, float | int) else None


def mean_of(values: Sequence[float | None]) -> float | None:
    """The mean of the figures there are."""
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def best_in(area: str) -> str:
    """The formula of the highest figure of an area; an empty text where it has none, which is not 0."""
    return f'IF(COUNT({area})=0,"",MAX({area}))'


def heads(*texts: str) -> tuple[Cell, ...]:
    """A row of headings."""
    return tuple(Cell(text, Look.HEAD) for text in texts)


def number(
    formula: str,
    value: float | str | None,
    look: Look = Look.DECIMAL,
    decimals: int | None = None,
) -> Cell:
    """A live figure."""
    return Cell(Formula(formula, value), look, decimals)


def shades_of_levels(scene: Scene, code: str) -> dict[int, int]:
    """The shade of each level of a node."""
    return {level: scene.shades.of(code, 0.0, level) or 0 for level in scene.level_names(code)}


def padded(row: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """The row with empty cells up to a width."""
    return (*row, *(EMPTY,) * (width - len(row)))

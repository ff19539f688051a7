"""Where things stand on the profile of a unit."""

from typing import Final

from exporters.book import Area
from exporters.books.assessment.addresses import Block
from exporters.books.assessment.around.glossary_sheet import Glossary
from exporters.books.assessment.around.ranking_sheet import Ranking
from exporters.books.assessment.around.scene import Scene
from exporters.books.assessment.around.words import SHEETS

CHOICE_ROW: Final = 3
AT: Final = "$I$3"
"""The cell that says in which line of the sheets of units the chosen one stands."""
CARD_ROW: Final = 6
NODES_HEAD: Final = 8
SHOWN: Final = 5
"""So many strengths and weaknesses."""
CHART_ROWS: Final = 22


class ProfilePlaces:
    """The rows of the sheet; cached values are those of the first unit."""

    def __init__(self, scene: Scene, ranking: Ranking, glossary: Glossary) -> None:
        self.scene, self.ranking, self.glossary = scene, ranking, glossary
        self.name = scene.names["profile"]
        self.words = {key: both[scene.language] for key, both in SHEETS.items()}
        self.unit = scene.contents.units[0]
        self.nodes = [scene.contents.definition.tree, *scene.contents.pillars]
        self.codes = list(scene.contents.indicators)
        self.shown = min(SHOWN, len(self.codes))
        self.nodes_end = NODES_HEAD + len(self.nodes)
        self.strengths_head = self.nodes_end + CHART_ROWS + 3
        self.weaknesses_head = self.strengths_head + self.shown + 3
        self.leaves_head = self.weaknesses_head + self.shown + 3
        self.top = self.leaves_head + 1
        self.end = self.leaves_head + len(self.codes)

    def at(self, area: str) -> str:
        """The chosen unit's cell of an area over all units."""
        return f"INDEX({area},{AT})"

    def of(self, block: Block, column: int) -> str:
        """The chosen unit's cell of a node's column."""
        return self.at(block.all(column))

    def area(self, head: int, column: int, count: int) -> Area:
        """A part of a column below a heading."""
        return Area.column(self.name, column, head + 1, head + count)

"""Where things stand on the summary, and how much of what goes there."""

from typing import Final

from exporters.book import Area
from exporters.books.assessment.around.ranking_sheet import Ranking
from exporters.books.assessment.around.scene import Scene
from exporters.books.assessment.around.words import SHEETS

TABLE_HEAD: Final = 9
CHART_HEIGHT: Final = 7.5
ROW_POINTS: Final = 13.5
ROW_HEIGHT: Final = ROW_POINTS / 72 * 2.54
"""Of the rows behind charts, in points and in centimetres."""
BAR_HEIGHT: Final = 0.4
MOST_BARS: Final = 58
"""So many bars go on a page; of more units the first are drawn."""
FIRST_BARS: Final = 30
CLASSES: Final = 6


class SummaryPlaces:
    """The rows of the sheet, from top to bottom."""

    def __init__(self, scene: Scene, ranking: Ranking) -> None:
        self.scene, self.ranking = scene, ranking
        self.name = scene.names["summary"]
        self.words = {key: both[scene.language] for key, both in SHEETS.items()}
        self.code = scene.contents.root
        self.everyone = scene.root.all(scene.root.score)
        self.decimals = scene.decimals(self.code)
        self.known = [score for score in scene.scores(self.code) if score is not None]
        levels = len(scene.level_names(self.code)) if scene.root.level else CLASSES
        self.groups_end = TABLE_HEAD + levels
        self.pillars_head = self.groups_end + 3
        self.pillars = scene.contents.pillars
        self.pillars_end = self.pillars_head + len(self.pillars)
        self.charts_row = self.pillars_end + 2
        self.bars_row = self.charts_row + rows_of(CHART_HEIGHT) + 1

    @property
    def bars(self) -> int:
        """How many units are drawn."""
        count = len(self.scene.order)
        return count if count <= MOST_BARS else FIRST_BARS

    @property
    def bars_height(self) -> float:
        """How tall a chart of units is, in centimetres."""
        return max(7.0, 3.0 + BAR_HEIGHT * self.bars)

    def area(self, head: int, column: int, count: int) -> Area:
        """A part of a column below a heading."""
        return Area.column(self.name, column, head + 1, head + count)

    def told(self, value: float | None) -> str:
        """A figure in a sentence, as the language writes it."""
        text = f"{value or 0.0:,.{self.decimals}f}"
        if self.scene.language == "en":
            return text
        return text.translate(str.maketrans(",.", ".,"))


def rows_of(height: float) -> int:
    """How many rows a chart covers."""
    return round(height / ROW_HEIGHT) + 1

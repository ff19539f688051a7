"""How many units are at each level of the index, or in each class of scores where it has none."""

from collections.abc import Iterator
from itertools import pairwise

from exporters.book import Cell, Look
from exporters.books.assessment.around.scene import number
from exporters.books.assessment.around.summary_places import CLASSES, TABLE_HEAD, SummaryPlaces


class Groups:
    """The lines of the table."""

    def __init__(self, places: SummaryPlaces) -> None:
        self.places = places

    def lines(self) -> Iterator[tuple[Cell, ...]]:
        """Levels where there are any, else classes, the least first."""
        return self._levels() if self.places.scene.root.level else self._classes()

    def _levels(self) -> Iterator[tuple[Cell, ...]]:
        root, units = self.places.scene.root, self.places.scene.contents.units
        held = [unit.nodes[self.places.code].level for unit in units]
        levels = root.all(root.level)
        names = self.places.scene.level_names(self.places.code)
        for place, (level, name) in enumerate(names.items()):
            row, n = TABLE_HEAD + 1 + place, held.count(level)
            yield (
                Cell(name, Look.LABEL),
                number(f"COUNTIF({levels},{level})", n, Look.INTEGER),
                self._share(row, n, len(names)),
            )

    def _classes(self) -> Iterator[tuple[Cell, ...]]:
        """Six classes between what the index can be at least and at most."""
        steps = self.places.scene.shades.thresholds(self.places.code)
        for place, (low, high) in enumerate(pairwise(steps)):
            last = place == CLASSES - 1
            n = sum(low <= score and (score < high or last) for score in self.places.known)
            row = TABLE_HEAD + 1 + place
            upper = "" if last else f'-COUNTIF({self.places.everyone},">={high!r}")'
            formula = f'COUNTIF({self.places.everyone},">={low!r}"){upper}'
            decimals = max(1, self.places.decimals - 2)
            label = f"{self._class(low, decimals)}-{self._class(high, decimals)}"
            yield (
                Cell(label, Look.LABEL),
                number(formula, n, Look.INTEGER),
                self._share(row, n, CLASSES),
            )

    def _class(self, value: float, decimals: int) -> str:
        text = f"{value:.{decimals}f}"
        return text if self.places.scene.language == "en" else text.replace(".", ",")

    def _share(self, row: int, n: int, groups: int) -> Cell:
        span = f"$B${TABLE_HEAD + 1}:$B${TABLE_HEAD + groups}"
        total = len(self.places.known)
        formula = f'IF(SUM({span})=0,"",B{row}/SUM({span}))'
        return number(formula, n / total if total else None, Look.SHARE)

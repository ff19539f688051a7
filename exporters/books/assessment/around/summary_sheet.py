"""The summary: headline figures, levels, pillars and charts, all by formulas."""

from collections.abc import Iterator
from statistics import median
from typing import Final

from exporters.book import Area, Cell, Colour, DataBar, Link, Look, Sheet
from exporters.books.assessment.around.ranking_sheet import Ranking
from exporters.books.assessment.around.scene import Scene, heads, mean_of, number
from exporters.books.assessment.around.summary_charts import SummaryCharts
from exporters.books.assessment.around.summary_groups import Groups
from exporters.books.assessment.around.summary_places import (
    ROW_POINTS,
    SummaryPlaces,
    rows_of,
)

WIDTHS: Final = (36, 12, 12, 12, 12, 12)
LINKS: Final = ("profile", "heat", "targets", "response", "methods")


class Summary:
    """The sheet."""

    def __init__(self, scene: Scene, ranking: Ranking) -> None:
        self.places = SummaryPlaces(scene, ranking)
        self.groups = list(Groups(self.places).lines())

    def sheet(self) -> Sheet:
        """The sheet."""
        facts, words = self.places.scene.contents.facts, self.places.words
        grouped = words["by_level" if self.places.scene.root.level else "by_class"]
        named = words["level_name" if self.places.scene.root.level else "class"]
        rows: list[tuple[Cell, ...]] = [
            (self.places.scene.title("summary"),),
            (Cell(facts.round_title[self.places.scene.language], Look.SUBTITLE),),
            (Cell(self._statement(), Look.NOTE),),
            *self._cards(),
            (),
            (Cell(words["details"], Look.LABEL), *self._links()),
            (Cell(grouped, Look.SUBTITLE),),
            heads(named, words["count"], words["share"]),
            *self.groups,
            (),
            (Cell(words["pillars"], Look.SUBTITLE),),
            heads(*(words[key] for key in _PILLAR_HEADS)),
            *(self._pillar(place) for place in range(len(self.places.pillars))),
        ]
        charts = tuple(SummaryCharts(self.places, self.groups).all())
        last = charts[-1].row + rows_of(charts[-1].height) if charts else self.places.charts_row
        return Sheet(
            name=self.places.name,
            rows=tuple(rows),
            widths=WIDTHS,
            tab=Colour.ACCENT,
            lined=False,
            charts=charts,
            merged=(Area(self.places.name, 3, 1, 3, 6),),
            marks=(
                DataBar(
                    self.places.area(self.places.pillars_head, 6, len(self.places.pillars)),
                    least=0,
                    most=100,
                ),
            )
            if self.places.pillars
            else (),
            breaks=tuple(chart.row - 1 for chart in charts if chart.row >= self.places.bars_row),
            heights=dict.fromkeys(range(self.places.charts_row, last + 1), ROW_POINTS),
        )

    def _statement(self) -> str:
        if not self.places.known:
            return self.places.words["unscored"]
        scene, order = self.places.scene, self.places.scene.order
        scores = scene.scores(self.places.code)
        return self.places.words["statement"].format(
            scored=len(order),
            mean=self.places.told(mean_of(scores)),
            first=scene.labels[order[0]],
            best=self.places.told(scores[order[0]]),
            last=scene.labels[order[-1]],
            least=self.places.told(scores[order[-1]]),
        )

    def _cards(self) -> Iterator[tuple[Cell, ...]]:
        words, count = self.places.words, len(self.places.known)
        units, figure = self.places.scene.contents.units, Look.FIGURE
        everyone, known = self.places.everyone, self.places.known

        def card(function: str, value: float | None) -> Cell:
            return number(
                f'IFERROR({function}({everyone}),"")', value, figure, self.places.decimals
            )

        captions = ("scored", "mean", "median", "best", "worst", "unscored")
        yield tuple(Cell(words[key], Look.CAPTION) for key in captions)
        absent = f"ROWS({everyone})-COUNT({everyone})"
        yield (
            number(f"COUNT({everyone})", count, figure, 0),
            card("AVERAGE", mean_of(known)),
            card("MEDIAN", median(known) if known else None),
            number(f"MAX({everyone})", max(known, default=0.0), figure, self.places.decimals),
            number(f"MIN({everyone})", min(known, default=0.0), figure, self.places.decimals),
            number(absent, len(units) - count, figure, 0),
        )

    def _links(self) -> Iterator[Cell]:
        for key in LINKS:
            if key not in self.places.scene.names:
                continue
            if key == "targets" and not self.places.scene.around.targets:
                continue
            name = self.places.scene.names[key]
            yield Cell(name, Look.LINK, link=Link(name))

    def _pillar(self, place: int) -> tuple[Cell, ...]:
        pillar, row = self.places.pillars[place], self.places.pillars_head + 1 + place
        block, scores = (
            self.places.scene.places.blocks[pillar.code],
            self.places.scene.scores(pillar.code),
        )
        known = [score for score in scores if score is not None]
        decimals, (low, high) = (
            self.places.scene.decimals(pillar.code),
            self.places.scene.span(pillar.code),
        )
        everyone, mean = block.all(block.score), mean_of(scores)
        share = None if mean is None else (mean - low) / (high - low) * 100

        def cell(function: str, value: float | None) -> Cell:
            formula = f'IFERROR({function}({everyone}),"")'
            return number(formula, value, Look.DECIMAL, decimals)

        return (
            Cell(self.places.scene.name_of(pillar.code), Look.LABEL),
            cell("AVERAGE", mean),
            cell("MEDIAN", median(known) if known else None),
            cell("MIN", min(known, default=0.0)),
            cell("MAX", max(known, default=0.0)),
            number(
                f'IF(ISNUMBER(B{row}),(B{row}-{low!r})/{high - low!r}*100,"")',
                share,
                Look.DECIMAL,
                1,
            ),
        )


_PILLAR_HEADS: Final = ("node", "mean", "median", "worst", "best", "mean_share")

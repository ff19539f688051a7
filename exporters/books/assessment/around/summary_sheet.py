"""The summary: headline figures, levels, pillars and charts, all by formulas."""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Final

from exporters.book import (
    SHADES,
    Area,
    Cell,
    Chart,
    ChartKind,
    Colour,
    DataBar,
    Formula,
    Link,
    Look,
    Series,
    Sheet,
)
from exporters.books.assessment.around.ranking_sheet import Ranking
from exporters.books.assessment.around.scene import (
    Scene,
    heads,
    mean_of,
    number,
    shades_of_levels,
)
from exporters.books.assessment.around.words import SHEETS

WIDTHS: Final = (36, 12, 12, 12, 12, 12)
CARDS_ROW: Final = 5
TABLE_HEAD: Final = 9
CHART_WIDTH: Final = 9.0
CHART_HEIGHT: Final = 7.5
ROW_HEIGHT: Final = 0.45
"""Of a row without wrapped text, in centimetres."""
BAR_HEIGHT: Final = 0.5
MOST_BARS: Final = 70
"""So many bars go on a page; of more units the first are drawn."""
FIRST_BARS: Final = 30
STACKED: Final = 20
COLOURS: Final = (Colour.D1, Colour.D2, Colour.D3, Colour.D4, Colour.D5, Colour.D6)
LINKS: Final = ("ranking", "profile", "heat", "targets", "response", "methods")
CLASSES: Final = 6


class Summary:
    """The sheet."""

    def __init__(self, scene: Scene, ranking: Ranking) -> None:
        self.scene, self.ranking = scene, ranking
        self.name = scene.names["summary"]
        self.words = {key: both[scene.language] for key, both in SHEETS.items()}
        self.code = scene.contents.root
        self.everyone = scene.root.all(scene.root.score)
        self.decimals = scene.decimals(self.code)
        self.known = [score for score in scene.scores(self.code) if score is not None]
        self.groups = list(self._levels() if scene.root.level else self._classes())
        self.groups_end = TABLE_HEAD + len(self.groups)
        self.pillars_head = self.groups_end + 3
        self.pillars = scene.contents.pillars
        self.pillars_end = self.pillars_head + len(self.pillars)
        self.charts_row = self.pillars_end + 2
        self.bars_row = self.charts_row + _rows_of(CHART_HEIGHT) + 1

    def sheet(self) -> Sheet:
        """The sheet."""
        facts, words = self.scene.contents.facts, self.words
        grouped = words["by_level" if self.scene.root.level else "by_class"]
        named = words["level_name" if self.scene.root.level else "class"]
        rows: list[tuple[Cell, ...]] = [
            (self.scene.title("summary"),),
            (Cell(facts.round_title[self.scene.language], Look.SUBTITLE),),
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
            *(self._pillar(place) for place in range(len(self.pillars))),
        ]
        charts = tuple(self._charts())
        return Sheet(
            name=self.name,
            rows=tuple(rows),
            widths=WIDTHS,
            tab=Colour.ACCENT,
            lined=False,
            charts=charts,
            merged=(Area(self.name, 3, 1, 3, 6),),
            marks=(DataBar(self._area(self.pillars_head, 6, len(self.pillars)), least=0, most=100),)
            if self.pillars
            else (),
            fitted=False,
            scale=80,
            breaks=tuple(chart.row - 1 for chart in charts if chart.row >= self.bars_row),
        )

    def _area(self, head: int, column: int, count: int) -> Area:
        return Area.column(self.name, column, head + 1, head + count)

    def _statement(self) -> str:
        if not self.known:
            return self.words["unscored"]
        scene, order = self.scene, self.scene.order
        scores = scene.scores(self.code)
        return self.words["statement"].format(
            scored=len(order),
            mean=self._told(mean_of(scores)),
            first=scene.labels[order[0]],
            best=self._told(scores[order[0]]),
            last=scene.labels[order[-1]],
            least=self._told(scores[order[-1]]),
        )

    def _told(self, value: float | None) -> str:
        """A figure in a sentence, as the language writes it."""
        text = f"{value or 0.0:,.{self.decimals}f}"
        if self.scene.language == "en":
            return text
        return text.translate(str.maketrans(",.", ".,"))

    def _cards(self) -> Iterator[tuple[Cell, ...]]:
        words, count = self.words, len(self.known)
        units, figure = self.scene.contents.units, Look.FIGURE
        everyone, known = self.everyone, self.known

        def card(function: str, value: float | None) -> Cell:
            return number(f'IFERROR({function}({everyone}),"")', value, figure, self.decimals)

        captions = ("scored", "mean", "median", "best", "worst", "unscored")
        yield tuple(Cell(words[key], Look.CAPTION) for key in captions)
        absent = f"ROWS({everyone})-COUNT({everyone})"
        yield (
            number(f"COUNT({everyone})", count, figure, 0),
            card("AVERAGE", mean_of(known)),
            card("MEDIAN", median(known) if known else None),
            number(f"MAX({everyone})", max(known, default=0.0), figure, self.decimals),
            number(f"MIN({everyone})", min(known, default=0.0), figure, self.decimals),
            number(absent, len(units) - count, figure, 0),
        )

    def _links(self) -> Iterator[Cell]:
        for key in LINKS[1:]:
            name = self.scene.names[key]
            yield Cell(name, Look.LINK, link=Link(name))

    def _levels(self) -> Iterator[tuple[Cell, ...]]:
        root, units = self.scene.root, self.scene.contents.units
        held = [unit.nodes[self.code].level for unit in units]
        levels = root.all(root.level)
        names = self.scene.level_names(self.code)
        for place, (level, name) in enumerate(names.items()):
            row, n = TABLE_HEAD + 1 + place, held.count(level)
            yield (
                Cell(name, Look.LABEL),
                number(f"COUNTIF({levels},{level})", n, Look.INTEGER),
                self._share(row, n, len(names)),
            )

    def _classes(self) -> Iterator[tuple[Cell, ...]]:
        """Six classes between what the index can be at least and at most."""
        steps = self.scene.shades.thresholds(self.code)
        for place, (low, high) in enumerate(pairwise(steps)):
            last = place == CLASSES - 1
            n = sum(low <= score and (score < high or last) for score in self.known)
            row = TABLE_HEAD + 1 + place
            upper = "" if last else f'-COUNTIF({self.everyone},">={high!r}")'
            formula = f'COUNTIF({self.everyone},">={low!r}"){upper}'
            decimals = max(1, self.decimals - 2)
            label = f"{self._class(low, decimals)}-{self._class(high, decimals)}"
            yield (
                Cell(label, Look.LABEL),
                number(formula, n, Look.INTEGER),
                self._share(row, n, CLASSES),
            )

    def _class(self, value: float, decimals: int) -> str:
        text = f"{value:.{decimals}f}"
        return text if self.scene.language == "en" else text.replace(".", ",")

    def _share(self, row: int, n: int, groups: int) -> Cell:
        span = f"$B${TABLE_HEAD + 1}:$B${TABLE_HEAD + groups}"
        total = len(self.known)
        formula = f'IF(SUM({span})=0,"",B{row}/SUM({span}))'
        return number(formula, n / total if total else None, Look.SHARE)

    def _pillar(self, place: int) -> tuple[Cell, ...]:
        pillar, row = self.pillars[place], self.pillars_head + 1 + place
        block, scores = self.scene.places.blocks[pillar.code], self.scene.scores(pillar.code)
        known = [score for score in scores if score is not None]
        decimals, (low, high) = self.scene.decimals(pillar.code), self.scene.span(pillar.code)
        everyone, mean = block.all(block.score), mean_of(scores)
        share = None if mean is None else (mean - low) / (high - low) * 100

        def cell(function: str, value: float | None) -> Cell:
            formula = f'IFERROR({function}({everyone}),"")'
            return number(formula, value, Look.DECIMAL, decimals)

        return (
            Cell(self.scene.name_of(pillar.code), Look.LABEL),
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

    def _charts(self) -> Iterator[Chart]:
        if not self.known:
            return
        yield self._groups_chart()
        if self.pillars:
            yield self._pillars_chart()
        yield self._ranked_chart()
        below = self.bars_row + _rows_of(self._bars_height()) + 1
        if "rank_width" in self.ranking.keys:
            yield self._interval_chart(below)

    def _groups_chart(self) -> Chart:
        told = "; ".join(f"{_text(row[0])}: {_text(row[1])}" for row in self.groups)
        shades = shades_of_levels(self.scene, self.code)
        colours = (
            tuple(SHADES[shade].ground for shade in shades.values())
            if shades
            else tuple(shade.ground for shade in SHADES)
        )
        return Chart(
            kind=ChartKind.COLUMNS,
            title=self.words["by_level" if self.scene.root.level else "by_class"],
            alt=self.words["levels_alt"].format(told=told),
            series=(
                Series(
                    label=Area.cell(self.name, TABLE_HEAD, 2),
                    values=self._area(TABLE_HEAD, 2, len(self.groups)),
                    colour=Colour.D1,
                    colours=colours,
                ),
            ),
            categories=self._area(TABLE_HEAD, 1, len(self.groups)),
            row=self.charts_row,
            column=1,
            width=CHART_WIDTH,
            height=CHART_HEIGHT,
            value_title=self.words["count"],
            decimals=0,
            span=(0.0, None),
            legend=False,
            labelled=True,
        )

    def _pillars_chart(self) -> Chart:
        means = [mean_of(self.scene.scores(pillar.code)) for pillar in self.pillars]
        told = "; ".join(
            f"{self.scene.name_of(pillar.code)}: {self._told(mean)}"
            for pillar, mean in zip(self.pillars, means, strict=True)
        )
        return Chart(
            kind=ChartKind.BARS,
            title=self.words["pillars_chart"],
            alt=self.words["pillars_alt"].format(told=told),
            series=(
                Series(
                    label=Area.cell(self.name, self.pillars_head, 6),
                    values=self._area(self.pillars_head, 6, len(self.pillars)),
                    colour=Colour.D3,
                ),
            ),
            categories=self._area(self.pillars_head, 1, len(self.pillars)),
            row=self.charts_row,
            column=3,
            width=CHART_WIDTH,
            height=CHART_HEIGHT,
            span=(0.0, 100.0),
            decimals=0,
            legend=False,
            labelled=True,
        )

    @property
    def _bars(self) -> int:
        count = len(self.scene.order)
        return count if count <= MOST_BARS else FIRST_BARS

    def _bars_height(self) -> float:
        return max(7.0, 3.0 + BAR_HEIGHT * self._bars)

    def _ranked_chart(self) -> Chart:
        scene, order, bars = self.scene, self.scene.order, self._bars
        scores = scene.scores(self.code)
        whole = bars == len(order)
        return Chart(
            kind=ChartKind.BARS,
            title=self.words["ranked_chart"]
            if whole
            else self.words["ranked_first"].format(n=bars),
            alt=self.words["ranked_alt"].format(
                first=scene.labels[order[0]],
                best=self._told(scores[order[0]]),
                last=scene.labels[order[-1]],
                least=self._told(scores[order[-1]]),
            ),
            series=(
                Series(
                    label=self.ranking.head("score"),
                    values=self.ranking.area("score", bars),
                    colour=Colour.D1,
                ),
            ),
            categories=self.ranking.area("unit", bars),
            row=self.bars_row,
            column=1,
            width=2 * CHART_WIDTH,
            height=self._bars_height(),
            value_title=self.words["score"],
            span=(min(0.0, scene.span(self.code)[0]), None),
            decimals=self.decimals,
            legend=False,
            labelled=True,
        )

    def _interval_chart(self, row: int) -> Chart:
        bars = self._bars
        return Chart(
            kind=ChartKind.STACKED,
            title=self.words["interval_chart"],
            alt=self.words["interval_alt"],
            series=(
                Series(
                    label=self.ranking.head("rank_low"),
                    values=self.ranking.area("rank_low", bars),
                    colour=Colour.PAPER,
                    drawn=False,
                ),
                Series(
                    label=self.ranking.head("rank_width"),
                    values=self.ranking.area("rank_width", bars),
                    colour=Colour.D4,
                ),
            ),
            categories=self.ranking.area("unit", bars),
            row=row,
            column=1,
            width=2 * CHART_WIDTH,
            height=self._bars_height(),
            value_title=self.words["rank"],
            span=(0.0, None),
            decimals=0,
            legend=False,
        )


_PILLAR_HEADS: Final = ("node", "mean", "median", "worst", "best", "mean_share")


def _rows_of(height: float) -> int:
    return round(height / ROW_HEIGHT) + 1


def _text(cell: Cell) -> str:
    return str(cell.value.value if isinstance(cell.value, Formula) else cell.value)

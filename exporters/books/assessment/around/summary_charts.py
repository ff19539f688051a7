"""The charts of the summary."""

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import Final

from exporters.book import SHADES, Area, Cell, Chart, ChartKind, Colour, Formula, Series
from exporters.books.assessment.around.ranking_help import FROM, PLACES
from exporters.books.assessment.around.ranking_sheet import unit_shares
from exporters.books.assessment.around.scene import mean_of, shades_of_levels
from exporters.books.assessment.around.summary_places import (
    CHART_HEIGHT,
    TABLE_HEAD,
    SummaryPlaces,
    rows_of,
)

CHART_WIDTH: Final = 9.0
STACKED: Final = 30
"""Of so many units the pillars are drawn one behind the other."""
COLOURS: Final = (Colour.D1, Colour.D2, Colour.D3, Colour.D4, Colour.D5, Colour.D6)


class SummaryCharts:
    """Levels and pillars side by side, then the units one chart below the other."""

    def __init__(self, places: SummaryPlaces, groups: Sequence[tuple[Cell, ...]]) -> None:
        self.places, self.groups = places, groups

    def all(self) -> Iterator[Chart]:
        """Every chart there is something to draw for."""
        places = self.places
        if not places.known:
            return
        yield self._groups_chart()
        if places.pillars:
            yield self._pillars_chart()
        row, step = places.bars_row, rows_of(places.bars_height) + 1
        yield self._ranked_chart(row)
        parts = [f"part.{each.code}" in places.ranking.keys for each in places.pillars]
        if parts and all(parts):
            row += step
            yield self._parts_chart(row)
        if places.ranking.help.has_intervals:
            row += step
            yield self._interval_chart(row)

    def _groups_chart(self) -> Chart:
        told = "; ".join(f"{_text(row[0])}: {_text(row[1])}" for row in self.groups)
        shades = shades_of_levels(self.places.scene, self.places.code)
        colours = (
            tuple(SHADES[shade].ground for shade in shades.values())
            if shades
            else tuple(shade.ground for shade in SHADES)
        )
        return Chart(
            kind=ChartKind.COLUMNS,
            title=self.places.words["by_level" if self.places.scene.root.level else "by_class"],
            alt=self.places.words["levels_alt"].format(told=told),
            series=(
                Series(
                    label=Area.cell(self.places.name, TABLE_HEAD, 2),
                    values=self.places.area(TABLE_HEAD, 2, len(self.groups)),
                    colour=Colour.D1,
                    colours=colours,
                ),
            ),
            categories=self.places.area(TABLE_HEAD, 1, len(self.groups)),
            row=self.places.charts_row,
            column=1,
            width=CHART_WIDTH,
            height=CHART_HEIGHT,
            value_title=self.places.words["count"],
            decimals=0,
            span=(0.0, None),
            legend=False,
            labelled=True,
        )

    def _pillars_chart(self) -> Chart:
        means = [mean_of(self.places.scene.scores(pillar.code)) for pillar in self.places.pillars]
        told = "; ".join(
            f"{self.places.scene.name_of(pillar.code)}: {self.places.told(mean)}"
            for pillar, mean in zip(self.places.pillars, means, strict=True)
        )
        return Chart(
            kind=ChartKind.BARS,
            title=self.places.words["pillars_chart"],
            alt=self.places.words["pillars_alt"].format(told=told),
            series=(
                Series(
                    label=Area.cell(self.places.name, self.places.pillars_head, 6),
                    values=self.places.area(self.places.pillars_head, 6, len(self.places.pillars)),
                    colour=Colour.D3,
                ),
            ),
            categories=self.places.area(self.places.pillars_head, 1, len(self.places.pillars)),
            row=self.places.charts_row,
            column=3,
            width=CHART_WIDTH,
            height=CHART_HEIGHT,
            span=(0.0, 100.0),
            decimals=0,
            legend=False,
            labelled=True,
        )

    def _ranked_chart(self, row: int) -> Chart:
        scene, order, bars = self.places.scene, self.places.scene.order, self.places.bars
        scores = scene.scores(self.places.code)
        whole = bars == len(order)
        return Chart(
            kind=ChartKind.BARS,
            title=self.places.words["ranked_chart"]
            if whole
            else self.places.words["ranked_first"].format(n=bars),
            alt=self.places.words["ranked_alt"].format(
                first=scene.labels[order[0]],
                best=self.places.told(scores[order[0]]),
                last=scene.labels[order[-1]],
                least=self.places.told(scores[order[-1]]),
            ),
            series=(
                Series(
                    label=self.places.ranking.head("score"),
                    values=self.places.ranking.area("score", bars),
                    colour=Colour.D1,
                ),
            ),
            categories=self.places.ranking.area("unit", bars),
            row=row,
            column=1,
            width=2 * CHART_WIDTH,
            height=self.places.bars_height,
            value_title=self.places.words["score"],
            span=(min(0.0, scene.span(self.places.code)[0]), None),
            decimals=self.places.decimals,
            legend=False,
            labelled=True,
        )

    def _interval_chart(self, row: int) -> Chart:
        bars = self.places.bars
        return Chart(
            kind=ChartKind.STACKED,
            title=self.places.words["interval_chart"],
            alt=self.places.words["interval_alt"],
            series=(
                Series(
                    label=self.places.ranking.help.head(FROM),
                    values=self.places.ranking.help.area(FROM, bars),
                    colour=Colour.PAPER,
                    drawn=False,
                ),
                Series(
                    label=self.places.ranking.help.head(PLACES),
                    values=self.places.ranking.help.area(PLACES, bars),
                    colour=Colour.D4,
                ),
            ),
            categories=self.places.ranking.area("unit", bars),
            row=row,
            column=1,
            width=2 * CHART_WIDTH,
            height=self.places.bars_height,
            value_title=self.places.words["rank"],
            span=(0.0, None),
            decimals=0,
            legend=False,
        )

    def _parts_chart(self, row: int) -> Chart:
        places, bars = self.places, min(STACKED, self.places.bars)
        contents, ranking = places.scene.contents, places.ranking
        shares = [unit_shares(contents, contents.units[at]) for at in places.scene.order[:bars]]
        told = "; ".join(
            f"{places.scene.name_of(each.code)} "
            f"{places.told(fmean(given[each.code] for given in shares))}"
            for each in places.pillars
        )
        return Chart(
            kind=ChartKind.STACKED,
            title=places.words["contribution_chart"].format(n=bars),
            alt=places.words["contribution_alt"].format(n=bars, told=told),
            series=tuple(
                Series(
                    label=places.scene.name_of(each.code),
                    values=ranking.area(f"part.{each.code}", bars),
                    colour=COLOURS[place % len(COLOURS)],
                )
                for place, each in enumerate(places.pillars)
            ),
            categories=ranking.area("unit", bars),
            row=row,
            column=1,
            width=2 * CHART_WIDTH,
            height=places.bars_height,
            value_title=places.words["score"],
            span=(0.0, None),
            decimals=places.decimals,
        )


def _text(cell: Cell) -> str:
    return str(cell.value.value if isinstance(cell.value, Formula) else cell.value)

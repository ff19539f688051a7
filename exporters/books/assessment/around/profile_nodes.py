"""The chosen unit in large figures, and its index and pillars beside mean and best."""

from collections.abc import Iterator
from typing import Final

from exporters.book import Area, Cell, Chart, ChartKind, Colour, DataBar, Look, Mark, Series
from exporters.books.assessment.addresses import FIRST
from exporters.books.assessment.addresses import NAME as NAME_COLUMN
from exporters.books.assessment.around.profile_places import CARD_ROW, NODES_HEAD, ProfilePlaces
from exporters.books.assessment.around.scene import (
    EMPTY,
    best_in,
    figure_of,
    heads,
    mean_of,
    number,
    shades_of_levels,
)
from exporters.books.assessment.excel import array, text
from exporters.books.assessment.shading import painted_levels

FEWEST_AXES: Final = 3


class Nodes:
    """The cards, the lines of nodes, their chart and their marks."""

    def __init__(self, places: ProfilePlaces) -> None:
        self.places = places

    def lines(self) -> Iterator[tuple[Cell, ...]]:
        """The index and each pillar, with their headings."""
        yield heads(*(self.places.words[key] for key in _NODE_HEADS))
        yield from (self._node(place) for place in range(len(self.places.nodes)))

    def cards(self) -> Iterator[tuple[Cell, ...]]:
        """Score, rank and level in large figures, their captions above."""
        scene, root = self.places.scene, self.places.scene.root
        told = self.places.glossary.in_words
        own = self.places.unit.nodes[scene.contents.root]
        captions = [
            Cell(self.places.words["unit"], Look.CAPTION),
            Cell(self.places.words["score"], Look.CAPTION),
        ]
        data = scene.places.data
        named = self.places.at(Area.column(data.sheet, NAME_COLUMN, FIRST, data.last).absolute)
        figures = [
            number(named, self.places.unit.named(scene.language), Look.SUBTITLE),
            told(
                self.places.of(root, root.score),
                own.score,
                Look.FIGURE,
                scene.decimals(root.node.code),
            ),
        ]
        captions += [EMPTY, Cell(self.places.words["rank"], Look.CAPTION)]
        rank = own.told_rank
        figures += [EMPTY, told(self.places.of(root, root.rank), rank, Look.FIGURE, 0)]
        scored = f"COUNT({root.all(root.score)})"
        before, after = self.places.words["of_scored"].split("{n}")
        among = f"{text(before)}&{scored}&{text(after)}"
        captions.append(number(among, f"{before}{len(scene.order)}{after}", Look.TEXT))
        figures.append(EMPTY)
        if root.level:
            captions += [EMPTY, Cell(self.places.words["level"], Look.CAPTION)]
            figures += [
                EMPTY,
                told(self.places.of(root, root.level), own.told_level, Look.FIGURE, 0),
            ]
            captions.append(EMPTY)
            figures.append(self._level_name(own.level, f"$G${CARD_ROW}"))
        yield tuple(captions)
        yield tuple(figures)

    def _level_name(self, level: int | None, cell: str) -> Cell:
        names = self.places.scene.level_names(self.places.scene.contents.root)
        levels = array(str(each) for each in names)
        chosen = ",".join(text(name) for name in names.values())
        formula = f'IF(ISNUMBER({cell}),CHOOSE(MATCH({cell},{levels},0),{chosen}),"")'
        return number(formula, names.get(level, "") if level is not None else "", Look.SUBTITLE)

    def _node(self, place: int) -> tuple[Cell, ...]:
        scene, node, row = self.places.scene, self.places.nodes[place], NODES_HEAD + 1 + place
        code, block = node.code, scene.places.blocks[node.code]
        scores, decimals = scene.scores(code), scene.decimals(code)
        own, known = self.places.unit.nodes[code], [score for score in scores if score is not None]
        mean, best = mean_of(scores), max(known, default=None)
        everyone, (low, high) = block.all(block.score), scene.span(code)
        rank, told = own.told_rank, self.places.glossary.in_words
        cells = [
            Cell(scene.name_of(code), Look.LABEL, indent=int(place > 0)),
            told(self.places.of(block, block.score), own.score, Look.DECIMAL, decimals),
            number(f'IFERROR(AVERAGE({everyone}),"")', mean, Look.DECIMAL, decimals),
            number(best_in(everyone), best, Look.DECIMAL, decimals),
            told(self.places.of(block, block.rank), rank, Look.INTEGER),
            told(self.places.of(block, block.level), own.told_level, Look.INTEGER)
            if block.level
            else EMPTY,
        ]
        for column, value in (("B", figure_of(own.score)), ("C", mean), ("D", best)):
            share = None if value is None else (value - low) / (high - low) * 100
            formula = f'IF(ISNUMBER({column}{row}),({column}{row}-{low!r})/{high - low!r}*100,"")'
            cells.append(number(formula, share, Look.DECIMAL, 1))
        return tuple(cells)

    def chart(self) -> Chart:
        """The unit beside the mean and the best."""
        top, last = NODES_HEAD + 2, self.places.nodes_end
        colours = (Colour.D1, Colour.D6, Colour.D3)
        series = tuple(
            Series(
                label=Area.cell(self.places.name, NODES_HEAD, column),
                values=Area.column(self.places.name, column, top, last),
                colour=colour,
                dashed=column > _OWN_SHARE,
            )
            for column, colour in zip(range(_OWN_SHARE, _OWN_SHARE + 3), colours, strict=True)
        )
        several = len(self.places.nodes) - 1 >= FEWEST_AXES
        return Chart(
            kind=ChartKind.RADAR if several else ChartKind.BARS,
            title=self.places.words["profile_chart"],
            alt=self.places.words["profile_alt"],
            series=series,
            categories=Area.column(self.places.name, 1, top, last),
            row=self.places.nodes_end + 2,
            column=1,
            width=24.0,
            height=10.0,
            value_title="" if several else self.places.words["percent_of_most"],
            span=(0.0, 100.0),
            decimals=0,
        )

    def marks(self) -> Iterator[Mark]:
        """Shades of levels, bars of shares."""
        for place, node in enumerate(self.places.nodes):
            shades = shades_of_levels(self.places.scene, node.code)
            cell = Area.cell(self.places.name, NODES_HEAD + 1 + place, 6)
            yield from painted_levels(cell, list(shades), shades)
        shares = Area(
            self.places.name, NODES_HEAD + 1, _OWN_SHARE, self.places.nodes_end, _OWN_SHARE + 2
        )
        yield DataBar(shares, least=0.0, most=100.0)


_OWN_SHARE: Final = 7
_NODE_HEADS: Final = (
    "node",
    "score",
    "mean",
    "best",
    "rank",
    "level",
    "own_share",
    "mean_share",
    "best_share",
)

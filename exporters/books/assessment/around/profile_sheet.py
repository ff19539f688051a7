"""The profile of one unit, chosen from a list: everything on it is a formula over the other sheets."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from exporters.book import (
    Area,
    Cell,
    Chart,
    ChartKind,
    Choices,
    Colour,
    DataBar,
    Formula,
    Look,
    Mark,
    Name,
    Series,
    Sheet,
    Tone,
)
from exporters.books.assessment.around.ranking_sheet import Ranking
from exporters.books.assessment.around.scene import (
    EMPTY,
    Scene,
    figure_of,
    heads,
    mean_of,
    number,
    painted_levels,
    shades_of_levels,
)
from exporters.books.assessment.around.words import SHEETS
from exporters.books.assessment.contents import Value
from exporters.books.assessment.excel import array, text
from exporters.books.assessment.places import FIRST, Block
from exporters.books.assessment.places import NAME as NAME_COLUMN

CHOICE_ROW: Final = 3
AT: Final = "$I$3"
"""The cell that says in which line of the sheets of units the chosen one stands."""
CARD_ROW: Final = 6
NODES_HEAD: Final = 8
WIDTHS: Final = (46, 15, 15, 15, 15, 15, 15, 15, 15)
SHOWN: Final = 5
"""So many strengths and weaknesses."""
CHART_ROWS: Final = 20
FEWEST_AXES: Final = 3
CHOSEN: Final = "chosen_unit"
"""The name of the cell in which the unit is chosen."""


class Profile:
    """The sheet; cached values are those of the first unit."""

    def __init__(self, scene: Scene, ranking: Ranking) -> None:
        self.scene, self.ranking = scene, ranking
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

    def names(self) -> tuple[Name, ...]:
        """The cell of the choice by name."""
        return (Name(CHOSEN, Area.cell(self.name, CHOICE_ROW, 2), self.words["choose"]),)

    def sheet(self) -> Sheet:
        """The sheet."""
        rows = [
            (self.scene.title("profile"),),
            (Cell(self.words["choose_prompt"], Look.NOTE),),
            self._choice(),
            (),
            *self._cards(),
            (),
            heads(*(self.words[key] for key in _NODE_HEADS)),
            *(self._node(place) for place in range(len(self.nodes))),
            *((),) * (CHART_ROWS + 1),
        ]
        diffs = self._differences()
        for title, reverse in (("strengths", True), ("weaknesses", False)):
            rows.append((Cell(self.words[title], Look.SUBTITLE),))
            rows.append(heads(*(self.words[key] for key in _BEST_HEADS)))
            order = sorted(diffs, key=lambda place: diffs[place], reverse=reverse)
            function = "LARGE" if reverse else "SMALL"
            for place in range(self.shown):
                held = order[place] if place < len(order) else None
                rows.append(self._extreme(function, place + 1, len(rows) + 1, held))
            rows.append(())
        rows.append((Cell(self.words["indicators"], Look.SUBTITLE),))
        rows.append(heads(*(self.words[key] for key in _LEAF_HEADS)))
        assert len(rows) == self.leaves_head
        rows += [self._leaf(place) for place in range(len(self.codes))]
        choice = Area(self.name, CHOICE_ROW, 2, CHOICE_ROW, 5)
        return Sheet(
            name=self.name,
            rows=tuple(rows),
            widths=WIDTHS,
            locked=True,
            tab=Colour.D2,
            fitted=True,
            charts=(self._chart(),),
            marks=tuple(self._marks()),
            validations=(
                Choices(
                    Area.cell(self.name, CHOICE_ROW, 2),
                    self.ranking.choices,
                    self.words["choose"],
                    self.words["choose_prompt"],
                    self.words["choose_error"],
                ),
            ),
            merged=(choice,),
            heights={CHOICE_ROW: 20.0},
        )

    def _choice(self) -> tuple[Cell, ...]:
        choices = self.ranking.choices.absolute
        chosen = Cell(self.scene.labels[0], Look.LABEL, tone=Tone.INPUT)
        blank = Cell(None, Look.LABEL, tone=Tone.INPUT)
        at = number(f"MATCH($B${CHOICE_ROW},{choices},0)", 1, Look.INTEGER)
        return (
            Cell(self.words["choose"], Look.LABEL),
            chosen,
            blank,
            blank,
            blank,
            EMPTY,
            EMPTY,
            Cell(self.words["position"], Look.CAPTION),
            Cell(at.value, Look.INTEGER, tone=Tone.MUTED),
        )

    def _cards(self) -> Iterator[tuple[Cell, ...]]:
        """Score, rank and level in large figures, their captions above."""
        scene, root = self.scene, self.scene.root
        own = self.unit.nodes[scene.contents.root]
        captions = [Cell(self.words["unit"], Look.CAPTION), Cell(self.words["score"], Look.CAPTION)]
        data = scene.places.data
        named = self._at(Area.column(data.sheet, NAME_COLUMN, FIRST, data.last).absolute)
        figures = [
            number(named, self.unit.named(scene.language), Look.SUBTITLE),
            number(
                self._of(root, root.score), own.score, Look.FIGURE, scene.decimals(root.node.code)
            ),
        ]
        captions += [EMPTY, Cell(self.words["rank"], Look.CAPTION)]
        rank: Value = own.told_rank
        figures += [EMPTY, number(self._of(root, root.rank), rank, Look.FIGURE, 0)]
        scored = f"COUNT({root.all(root.score)})"
        before, after = self.words["of_scored"].split("{n}")
        told = f"{text(before)}&{scored}&{text(after)}"
        captions.append(number(told, f"{before}{len(scene.order)}{after}", Look.TEXT))
        figures.append(EMPTY)
        if root.level:
            captions += [EMPTY, Cell(self.words["level"], Look.CAPTION)]
            held = own.told_level
            figures += [EMPTY, number(self._of(root, root.level), held, Look.FIGURE, 0)]
            captions.append(EMPTY)
            figures.append(self._level_name(own.level, f"$G${CARD_ROW}"))
        yield tuple(captions)
        yield tuple(figures)

    def _level_name(self, level: int | None, cell: str) -> Cell:
        names = self.scene.level_names(self.scene.contents.root)
        levels = array(str(each) for each in names)
        chosen = ",".join(text(name) for name in names.values())
        formula = f'IF(ISNUMBER({cell}),CHOOSE(MATCH({cell},{levels},0),{chosen}),"")'
        return number(formula, names.get(level, "") if level is not None else "", Look.SUBTITLE)

    def _at(self, area: str) -> str:
        return f"INDEX({area},{AT})"

    def _of(self, block: Block, column: int) -> str:
        return self._at(block.all(column))

    def _node(self, place: int) -> tuple[Cell, ...]:
        scene, node, row = self.scene, self.nodes[place], NODES_HEAD + 1 + place
        code, block = node.code, scene.places.blocks[node.code]
        scores, decimals = scene.scores(code), scene.decimals(code)
        own, known = self.unit.nodes[code], [score for score in scores if score is not None]
        mean, best = mean_of(scores), max(known, default=None)
        everyone, (low, high) = block.all(block.score), scene.span(code)
        rank: Value = own.told_rank
        cells = [
            Cell(scene.name_of(code), Look.LABEL, indent=int(place > 0)),
            number(self._of(block, block.score), own.score, Look.DECIMAL, decimals),
            number(f'IFERROR(AVERAGE({everyone}),"")', mean, Look.DECIMAL, decimals),
            number(f"MAX({everyone})", best or 0.0, Look.DECIMAL, decimals),
            number(self._of(block, block.rank), rank, Look.INTEGER),
            number(self._of(block, block.level), own.told_level, Look.INTEGER)
            if block.level
            else EMPTY,
        ]
        for column, value in (("B", figure_of(own.score)), ("C", mean), ("D", best)):
            share = None if value is None else (value - low) / (high - low) * 100
            formula = f'IF(ISNUMBER({column}{row}),({column}{row}-{low!r})/{high - low!r}*100,"")'
            cells.append(number(formula, share, Look.DECIMAL, 1))
        return tuple(cells)

    @cached_property
    def _shares(self) -> dict[int, tuple[float, float, float]]:
        """Of indicators on which the unit has a figure: its own, the mean and the best."""
        found = {}
        for place, code in enumerate(self.codes):
            column = [figure_of(value) for value in self.scene.contents.normalised[code]]
            mean, own = mean_of(column), column[0]
            if own is not None and mean is not None:
                found[place] = own, mean, max(value for value in column if value is not None)
        return found

    def _differences(self) -> dict[int, float]:
        """How far the unit is above the mean, as the sheet sorts it."""
        found = {}
        for place, (own, mean, _best) in self._shares.items():
            low, high = self.scene.span(self.codes[place])
            found[place] = (own - mean) / (high - low) * 100 - (self.top + place) * 1e-9
        return found

    def _extreme(self, function: str, place: int, row: int, held: int | None) -> tuple[Cell, ...]:
        """The line of the ``place``-th strongest or weakest indicator; the last cell says which it is."""
        sorting = f"$I${self.top}:$I${self.end}"
        found = f'IFERROR(MATCH({function}({sorting},{place}),{sorting},0),"")'

        def taken(letter: str) -> str:
            return f'IF($I{row}="","",INDEX(${letter}${self.top}:${letter}${self.end},$I{row}))'

        leaf = self._leaf(held) if held is not None else (EMPTY,) * len(_LEAF_HEADS)
        values = [_value(cell) for cell in leaf]
        which = number(found, held + 1 if held is not None else None, Look.INTEGER)
        return (
            number(taken("A"), values[0], Look.TEXT),
            number(taken("B"), values[1], Look.TEXT),
            *(
                number(taken(letter), values[index], leaf[index].look, leaf[index].decimals)
                for letter, index in (("E", 4), ("F", 5), ("G", 6), ("H", 7))
            ),
            EMPTY,
            EMPTY,
            Cell(which.value, Look.INTEGER, tone=Tone.MUTED),
        )

    def _leaf(self, place: int) -> tuple[Cell, ...]:
        scene, code, row = self.scene, self.codes[place], self.top + place
        contents, places = scene.contents, scene.places
        indicator = contents.definition.by_code()[code]
        low, high = scene.span(code)
        decimals = scene.decimals(code)
        mean, best, own, diff = None, None, contents.normalised[code][0], None
        if (shares := self._shares.get(place)) is not None:
            mean, best = shares[1:]
            diff = (shares[0] - shares[1]) / (high - low) * 100
        everyone = places.normalised.all(code)
        unit = indicator.unit.get(scene.language) or indicator.unit.get("vi") or ""
        sorting = None if diff is None else diff - row * 1e-9
        difference = f'IF(ISNUMBER(E{row}),(E{row}-F{row})/{high - low!r}*100,"")'
        sort = number(f'IF(ISNUMBER(H{row}),H{row}-ROW()*0.000000001,"")', sorting)
        return (
            Cell(scene.name_of(code)),
            Cell(code),
            number(self._at(places.data.all(code)), contents.raw[code][0], Look.DECIMAL, 2),
            Cell(unit),
            number(self._at(everyone), own, Look.DECIMAL, decimals),
            number(
                f'IFERROR(AVERAGE({everyone}),"")',
                mean if mean is not None else self._mean(code),
                Look.DECIMAL,
                decimals,
            ),
            number(
                f"MAX({everyone})",
                best if best is not None else self._best(code),
                Look.DECIMAL,
                decimals,
            ),
            number(difference, diff, Look.CHANGE, 1),
            Cell(sort.value, Look.DECIMAL, 1, Tone.MUTED),
        )

    def _mean(self, code: str) -> float | None:
        return mean_of([figure_of(value) for value in self.scene.contents.normalised[code]])

    def _best(self, code: str) -> float:
        column = [figure_of(value) for value in self.scene.contents.normalised[code]]
        return max((value for value in column if value is not None), default=0.0)

    def _chart(self) -> Chart:
        top, last = NODES_HEAD + 2, self.nodes_end
        colours = (Colour.D1, Colour.D6, Colour.D3)
        series = tuple(
            Series(
                label=Area.cell(self.name, NODES_HEAD, column),
                values=Area.column(self.name, column, top, last),
                colour=colour,
                dashed=column > _OWN_SHARE,
            )
            for column, colour in zip(range(_OWN_SHARE, _OWN_SHARE + 3), colours, strict=True)
        )
        several = len(self.nodes) - 1 >= FEWEST_AXES
        return Chart(
            kind=ChartKind.RADAR if several else ChartKind.BARS,
            title=self.words["profile_chart"],
            alt=self.words["profile_alt"],
            series=series,
            categories=Area.column(self.name, 1, top, last),
            row=self.nodes_end + 2,
            column=1,
            width=24.0,
            height=10.0,
            value_title="" if several else self.words["percent_of_most"],
            span=(0.0, 100.0),
            decimals=0,
        )

    def _marks(self) -> Iterator[Mark]:
        for place, node in enumerate(self.nodes):
            shades = shades_of_levels(self.scene, node.code)
            cell = Area.cell(self.name, NODES_HEAD + 1 + place, 6)
            yield from painted_levels(cell, list(shades), shades)
        shares = Area(self.name, NODES_HEAD + 1, _OWN_SHARE, self.nodes_end, _OWN_SHARE + 2)
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
_BEST_HEADS: Final = ("indicator", "code", "normalised", "mean", "best", "difference")
_LEAF_HEADS: Final = (
    "indicator",
    "code",
    "value",
    "unit_of",
    "normalised",
    "mean",
    "best",
    "difference",
    "sorting",
)


def _value(cell: Cell) -> Value:
    """What a cell shows, as the cached value of one that takes it over."""
    held = cell.value.value if isinstance(cell.value, Formula) else cell.value
    return held if isinstance(held, float | int | str) else None

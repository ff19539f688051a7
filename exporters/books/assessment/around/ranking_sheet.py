"""The ranking: the units in order by formulas, with levels, intervals of ranks and pillars."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from analytics.definitions.vocabulary import AggregationMethod
from exporters.book import (
    Area,
    Cell,
    Colour,
    DataBar,
    Look,
    Mark,
    Sheet,
    Tone,
    column_letter,
)
from exporters.books.assessment.addresses import BLOCK, FIRST, KEY, NAME
from exporters.books.assessment.around.ranking_help import CHOICE, HEAD_ROW, LINE, TOP, Help
from exporters.books.assessment.around.scene import (
    EMPTY,
    Scene,
    figure_of,
    heads,
    number,
    shades_of_levels,
)
from exporters.books.assessment.around.words import SHEETS
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import array, text
from exporters.books.assessment.index_sheet import interval_columns
from exporters.books.assessment.places import is_arithmetic
from exporters.books.assessment.results import AssessedUnit, Value
from exporters.books.assessment.shading import painted_levels
from exporters.books.assessment.unit_rows import NAME_WIDTHS, room_for
from exporters.books.assessment.weights_sheet import weight_cell


@dataclass(frozen=True)
class Column:
    """A heading and, for a line's number from 0, its cell."""

    head: str
    cell: Callable[[int], Cell]
    width: int
    key: str = ""


def unit_shares(contents: AssessmentContents, unit: AssessedUnit) -> dict[str, float]:
    """What each pillar gives to a unit's score; nothing of a unit without one."""
    score = figure_of(unit.nodes[contents.root].score)
    if score is None:
        return {}
    weighed = {
        row.child: (figure_of(unit.nodes[row.child].score) or 0.0)
        * (contents.used_weight(row) or 0.0)
        for row in contents.weights
        if row.node == contents.root
    }
    total = sum(weighed.values())
    return {code: score * part / total if total else 0.0 for code, part in weighed.items()}


class Ranking:
    """Where things stand on the sheet; other sheets draw it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.name = scene.names["ranking"]
        self.count = len(scene.contents.units)
        self.words = {key: both[scene.language] for key, both in SHEETS.items()}
        self.columns = list(self._columns())
        self.keys = {
            column.key: place for place, column in enumerate(self.columns, 1) if column.key
        }
        self.help = Help(scene, self.name, len(self.columns) + 1, self.keys)

    def area(self, key: str, count: int | None = None) -> Area:
        """A column over the first lines, all that have a unit in order where no number is given."""
        lines = len(self.scene.order) if count is None else count
        return Area.column(self.name, self.keys[key], TOP, TOP + max(1, lines) - 1)

    def head(self, key: str) -> Area:
        """The heading of a column."""
        return Area.cell(self.name, HEAD_ROW, self.keys[key])

    @property
    def choices(self) -> Area:
        """The names from which the profile chooses, in the order of the units."""
        return self.help.area(CHOICE, self.count)

    def sheet(self) -> Sheet:
        """The sheet."""
        words, last = self.words, HEAD_ROW + self.count
        help_heads = [words[key] for key in self.help.heads]
        rows: list[tuple[Cell, ...]] = [
            (self.scene.title("ranking"),),
            (Cell(words["note_ranking"], Look.NOTE),),
            (),
            (*heads(*(column.head for column in self.columns)), EMPTY, *heads(*help_heads)),
        ]
        for line in range(self.count):
            cells = (column.cell(line) for column in self.columns)
            rows.append((*cells, EMPTY, *self.help.cells(line)))
        width = len(self.columns)
        return Sheet(
            name=self.name,
            rows=tuple(rows),
            widths=(*(column.width for column in self.columns), 3, *self.help.widths),
            frozen=(HEAD_ROW, 3),
            filtered=True,
            head_rows=HEAD_ROW,
            filter_columns=width,
            landscape=True,
            tab=Colour.ACCENT,
            marks=tuple(self._marks(last)),
            merged=(Area(self.name, 2, 1, 2, min(width, 9)),),
            printed=Area(self.name, 1, 1, last, width),
        )

    def _columns(self) -> Iterator[Column]:
        scene, words = self.scene, self.words
        units, root = scene.contents.units, scene.root
        decimals = scene.decimals(scene.contents.root)
        yield Column(words["order"], self._number, 6)
        shown = [unit.nodes[scene.contents.root].told_rank for unit in units]
        yield Column(
            words["rank"], self._taken(root.sheet, root.rank, shown, Look.INTEGER), 8, "rank"
        )
        data = scene.places.data
        named = [unit.named(scene.language) for unit in units]
        yield Column(
            words["unit"],
            self._taken(data.sheet, NAME, named, Look.LABEL),
            room_for(named, NAME_WIDTHS, bold=True),
            "unit",
        )
        keys = [unit.key for unit in units]
        yield Column(words["key"], self._taken(data.sheet, KEY, keys, Look.TEXT), room_for(keys))
        if len({unit.block for unit in units}) > 1:
            blocks = [scene.contents.block_of(unit, scene.language) for unit in units]
            yield Column(
                words["block"], self._taken(data.sheet, BLOCK, blocks, Look.TEXT), room_for(blocks)
            )
        scores = scene.scores(scene.contents.root)
        taken = self._taken(root.sheet, root.score, scores, Look.DECIMAL, decimals)
        yield Column(words["score"], taken, 12, "score")
        if root.level:
            yield from self._levels()
        yield from self._spread()
        yield from self._pillars()
        yield from self._contributions()

    def _levels(self) -> Iterator[Column]:
        scene, root = self.scene, self.scene.root
        code, names = scene.contents.root, scene.level_names(scene.contents.root)
        held = [unit.nodes[code].level for unit in scene.contents.units]
        yield Column(
            self.words["level"], self._taken(root.sheet, root.level, held, Look.INTEGER), 8, "level"
        )
        told = [names.get(level, "") if level is not None else "" for level in held]
        levels = array(str(level) for level in names)
        chosen = ",".join(text(name) for name in names.values())

        def named(line: int) -> Cell:
            cell = f"{column_letter(self.keys['level'])}{TOP + line}"
            formula = f'IF(ISNUMBER({cell}),CHOOSE(MATCH({cell},{levels},0),{chosen}),"")'
            return number(formula, self._of(line, told) or "", Look.TEXT)

        yield Column(self.words["level_name"], named, 18)

    def _spread(self) -> Iterator[Column]:
        scene = self.scene
        told = interval_columns(scene.contents, scene.places)
        if not {"rank_low", "rank_high"} <= told.keys():
            return
        units = scene.contents.units
        for key in ("rank_low", "rank_high"):
            values = [getattr(unit, key) for unit in units]
            cells = self._taken(scene.root.sheet, told[key], values, Look.DECIMAL, 0)
            yield Column(self.words[key], cells, 10, key)
        widths = [
            None
            if unit.rank_low is None or unit.rank_high is None
            else unit.rank_high - unit.rank_low
            for unit in units
        ]

        def width(line: int) -> Cell:
            low, high = (
                f"{column_letter(self.keys[key])}{TOP + line}" for key in ("rank_low", "rank_high")
            )
            formula = f'IF(AND(ISNUMBER({low}),ISNUMBER({high})),{high}-{low},"")'
            return number(formula, self._of(line, widths), Look.DECIMAL, 0)

        yield Column(self.words["rank_width"], width, 14, "rank_width")

    def _pillars(self) -> Iterator[Column]:
        scene = self.scene
        for pillar in scene.contents.pillars:
            block = scene.places.blocks[pillar.code]
            scores = [unit.nodes[pillar.code].score for unit in scene.contents.units]
            decimals = scene.decimals(pillar.code)
            cells = self._taken(block.sheet, block.score, scores, Look.DECIMAL, decimals)
            yield Column(scene.name_of(pillar.code), cells, 14, f"pillar.{pillar.code}")

    def _contributions(self) -> Iterator[Column]:
        """What each pillar gives to the score: its part of the weighted sum, by the weights as they are."""
        contents, pillars = self.scene.contents, self.scene.contents.pillars
        tree = contents.definition.tree
        low, _high = self.scene.span(contents.root)
        adds = is_arithmetic(tree) or tree.aggregation.method is AggregationMethod.SUM
        if low < 0 or not adds or len(pillars) != len(tree.children):
            return
        shares = [unit_shares(contents, unit) for unit in contents.units]
        for pillar in pillars:
            held = [given.get(pillar.code) for given in shares]

            def cell(line: int, code: str = pillar.code, held: Sequence[Value] = held) -> Cell:
                return number(self._contribution(code, line), self._of(line, held), Look.DECIMAL, 1)

            head = self.words["contribution"].format(pillar=self.scene.name_of(pillar.code))
            yield Column(head, cell, 14, f"part.{pillar.code}")

    def _contribution(self, code: str, line: int) -> str:
        """The pillar's weighted score as a part of all weighted scores, of the unit's score."""
        scene, row = self.scene, TOP + line
        terms, own = [], ""
        for pillar in scene.contents.pillars:
            cell = f"{column_letter(self.keys[f'pillar.{pillar.code}'])}{row}"
            weight = weight_cell(scene.places, scene.contents.root, pillar.code, at=self.name)
            term = f"N({cell})*{weight}"
            terms.append(term)
            own = term if pillar.code == code else own
        score = f"{column_letter(self.keys['score'])}{row}"
        total = "+".join(terms)
        return f'IF(ISNUMBER({score}),IF({total}=0,0,{score}*{own}/({total})),"")'

    def _number(self, line: int) -> Cell:
        return Cell(line + 1, Look.INTEGER, tone=Tone.MUTED)

    def _of(self, line: int, values: Sequence[Value]) -> Value:
        """The value of the unit that stands in a line."""
        order = self.scene.order
        return values[order[line]] if line < len(order) else None

    def _taken(
        self,
        sheet: str,
        column: int,
        values: Sequence[Value],
        look: Look,
        decimals: int | None = None,
    ) -> Callable[[int], Cell]:
        """Cells that take the value of the line's unit from a sheet of units."""
        held = Area.column(sheet, column, FIRST, FIRST + self.count - 1).absolute

        def cell(line: int) -> Cell:
            at = f"${column_letter(self.help.before + LINE)}{TOP + line}"
            formula = f'IF({at}="","",INDEX({held},{at}))'
            return number(formula, self._of(line, values), look, decimals)

        return cell

    def _marks(self, last: int) -> Iterator[Mark]:
        scene = self.scene
        low, high = scene.span(scene.contents.root)
        yield DataBar(Area.column(self.name, self.keys["score"], TOP, last), least=low, most=high)
        if "level" in self.keys:
            shades = shades_of_levels(scene, scene.contents.root)
            area = Area.column(self.name, self.keys["level"], TOP, last)
            yield from painted_levels(area, list(shades), shades)
        for pillar in scene.contents.pillars:
            low, high = scene.span(pillar.code)
            column = self.keys[f"pillar.{pillar.code}"]
            yield DataBar(Area.column(self.name, column, TOP, last), Colour.SEQ_1, low, high)

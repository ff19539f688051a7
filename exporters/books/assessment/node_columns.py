"""The columns of one node: score, coverage, rank, level, children, and what they are made of."""

from collections.abc import Iterator

from exporters.book import Cell, Formula, Look, Tone
from exporters.books.assessment.addresses import (
    BLOCK,
    FIRST,
    RANKED,
    SHARE_LINE,
    WEIGHT_LINE,
    Block,
)
from exporters.books.assessment.aggregating import Row, coverage, score, term, term_value
from exporters.books.assessment.contents import AssessmentContents, children_of
from exporters.books.assessment.excel import rounded, significant, text
from exporters.books.assessment.levels_sheet import judged_formula, level_formula
from exporters.books.assessment.normalised_sheet import mean_of, source_rows
from exporters.books.assessment.places import OF_OTHERS, Places
from exporters.books.assessment.results import AssessedUnit, NodeResult, Value
from exporters.books.assessment.shading import decimals_in
from exporters.books.assessment.unit_rows import Column, Maker, proved
from exporters.books.assessment.weights_sheet import SHARE, check_cell, weight_cell
from exporters.books.assessment.words import WORDS, word_of

GROUP_LINE = 3
"""The line in which a block begins with the node's name."""


def node_columns(contents: AssessmentContents, places: Places, node: str) -> Iterator[Column]:
    """The columns of a node's block, in their order."""
    writer = _Writer(contents, places, places.blocks[node])
    yield writer.column("score", writer.score, above=writer.heading())
    if writer.block.coverage:
        yield writer.column("coverage", writer.coverage)
    yield writer.column("rank", writer.rank)
    if writer.block.level:
        yield writer.column("level", writer.level)
    if writer.block.children:
        yield from writer.children()
    yield writer.column("basis", writer.basis)
    if writer.block.judged:
        yield writer.column("judged", writer.judged)
    yield from writer.made()


class _Writer:
    """Writes the cells of one node. The methods that make cells take a unit's number and row."""

    def __init__(self, contents: AssessmentContents, places: Places, block: Block) -> None:
        self.contents, self.places, self.block = contents, places, block
        self.code, self.at = block.node.code, block.sheet
        self.words = WORDS[places.language]
        self._is_given = self.code in contents.given
        self._check = "" if self._is_given else check_cell(contents, places, self.code, at=self.at)
        self._sources = source_rows(contents, places)
        self._fixed = _fixed_nodes(contents)
        self._merged = contents.late_merges
        self._decimals = decimals_in(contents)
        blocked = {unit.block for unit in contents.units}
        self._apart = len(blocked) > 1
        # What hangs on the place among all units cannot be computed without some of them.
        self._lacks_others = contents.lacks_units and block.node.aggregation.method in OF_OTHERS
        self._all_ranked = all(contents.is_ranked(unit) for unit in contents.units)

    def column(self, head: str, cell: Maker, *, above: dict[int, Cell] | None = None) -> Column:
        """A column with a heading of the words."""
        fine = self._decimals(self.code) if head in {"score", "basis"} else None
        return Column(
            head=self.words[head], cell=cell, code=self.code, above=above or {}, decimals=fine
        )

    def heading(self) -> dict[int, Cell]:
        """The node's name and how its children are put together, above its first column."""
        language = self.places.language
        spec = self.block.node.aggregation
        method = word_of("aggregation", spec.method, language)
        return {
            GROUP_LINE: Cell(self.contents.name_of(self.code, language), Look.LABEL),
            WEIGHT_LINE: Cell(None if self._is_given else method, Look.NOTE),
        }

    def score(self, unit: int, row: int) -> Cell:
        """The score, or the reason why there is none."""
        stored = self._of(unit).score
        if self._is_given:
            return proved(self.places.data.of(self.code, row, at=self.at), stored)
        key = self.contents.units[unit].key
        if key in self._merged and self.code in self._fixed:
            if key not in self._sources:
                return proved(None, stored)
            cells = [
                self.block.cell(self.block.score, source, at=self.at)
                for source in self._sources[key]
            ]
            return Cell(Formula(mean_of(cells), stored), Look.DECIMAL)
        formula = None if self._lacks_others else score(Row(self.block, row), self._check)
        return proved(formula, stored)

    def coverage(self, unit: int, row: int) -> Cell:
        """The share of children with a value."""
        stored = self._of(unit).coverage
        value: Value = "NOT_APPLICABLE" if stored is None else stored
        return Cell(Formula(coverage(Row(self.block, row)), value), Look.DECIMAL)

    def basis(self, unit: int, row: int) -> Cell:
        """The score to 12 digits."""
        cell = self.block.cell(self.block.score, row, at=self.at)
        stored = self._of(unit).score
        value = significant(stored) if isinstance(stored, float) else ""
        return Cell(
            Formula(f"IF(ISNUMBER({cell}),{rounded(cell)},{text('')})", value),
            Look.DECIMAL,
            tone=Tone.MUTED,
        )

    def rank(self, unit: int, row: int) -> Cell:
        """The rank inside of the unit's block, ties sharing the least; else why there is none."""
        own = self.block.cell(self.block.basis, row, at=self.at)
        score_cell = self.block.cell(self.block.score, row, at=self.at)
        found = f"IF(ISNUMBER({own}),{self._place(own, row)},{score_cell})"
        return Cell(Formula(found, self._of(unit).told_rank), Look.INTEGER)

    def _place(self, own: str, row: int) -> str:
        everyone = self.block.all(self.block.basis, at=self.at)
        if self._all_ranked and not self._apart:
            return f"RANK({own},{everyone},0)"
        data = self.places.data
        ranked = data.down(RANKED, FIRST, self.places.last, at=self.at)
        mine = data.cell(RANKED, row, at=self.at)
        better = f"({ranked}=1)*ISNUMBER({everyone})*({everyone}>{own})"
        if self._apart:
            blocks = data.down(BLOCK, FIRST, self.places.last, at=self.at)
            better += f"*EXACT({blocks},{data.cell(BLOCK, row, at=self.at)})"
        return f"IF({mine}=1,1+SUMPRODUCT({better}),{text('NOT_RANKED')})"

    def level(self, unit: int, row: int) -> Cell:
        """The level, or the reason why there is none."""
        formula = level_formula(self.places, self.code, row)
        return Cell(Formula(formula, self._of(unit).told_level), Look.INTEGER)

    def judged(self, unit: int, row: int) -> Cell:
        """The score's share of the node's maximum."""
        most = next(
            scheme.maximum[self.code]
            for scheme in self.contents.definition.levels
            if self.code in scheme.maximum
        )
        stored = self._of(unit).score
        value = significant(stored / most) if isinstance(stored, float) else ""
        return Cell(
            Formula(judged_formula(self.places, self.code, row), value),
            Look.DECIMAL,
            tone=Tone.MUTED,
        )

    def children(self) -> Iterator[Column]:
        """The children's values, under their weights."""
        for child in children_of(self.block.node):
            yield Column(
                head=self.contents.name_of(child, self.places.language),
                code=child,
                cell=self._child(child),
                decimals=self._decimals(child),
                above={
                    WEIGHT_LINE: self._weight(child, stored="weight"),
                    SHARE_LINE: self._weight(child, stored="share"),
                },
            )

    def _weight(self, child: str, *, stored: str) -> Cell:
        row = next(
            each for each in self.contents.weights if (each.node, each.child) == (self.code, child)
        )
        if stored == "weight":
            cell = weight_cell(self.places, self.code, child, at=self.at)
            return Cell(Formula(cell, self.contents.used_weight(row)), Look.DECIMAL)
        cell = weight_cell(self.places, self.code, child, at=self.at, column=SHARE)
        return Cell(Formula(cell, row.share), Look.DECIMAL)

    def _child(self, child: str) -> Maker:
        places = self.places
        if child in places.blocks:
            block = places.blocks[child]

            def of_node(unit: int, row: int) -> Cell:
                stored = self.contents.units[unit].nodes[child].score
                return Cell(Formula(block.cell(block.score, row, at=self.at), stored), Look.DECIMAL)

            return of_node
        values = self.contents.normalised[child]

        def of_leaf(unit: int, row: int) -> Cell:
            cell = places.normalised.of(child, row, at=self.at)
            return Cell(Formula(cell, values[unit]), Look.DECIMAL)

        return of_leaf

    def made(self) -> Iterator[Column]:
        """The children to 12 digits, and what is made of each, as far as the aggregation needs them."""
        for first, head, make in (
            (self.block.digits, "digits_of", self._digits),
            (self.block.terms, "term_of", self._term),
        ):
            for place, child in enumerate(children_of(self.block.node)):
                if first:
                    heading = self.words[head].format(code=child)
                    yield Column(head=heading, code=child, cell=make(place, child))

    def _digits(self, place: int, child: str) -> Maker:
        def cell(unit: int, row: int) -> Cell:
            given = self.block.cell(self.block.children + place, row, at=self.at)
            stored = self._stored(child, unit)
            value = significant(stored) if isinstance(stored, float) else ""
            return Cell(
                Formula(f"IF(ISNUMBER({given}),{rounded(given)},{text('')})", value),
                Look.DECIMAL,
                tone=Tone.MUTED,
            )

        return cell

    def _term(self, place: int, child: str) -> Maker:
        spec = self.block.node.aggregation
        ranks = _ranks([self._stored(child, unit) for unit in range(self.places.count)])
        row_of = next(
            each for each in self.contents.weights if (each.node, each.child) == (self.code, child)
        )
        weighs = (self.contents.used_weight(row_of) or 0) > 0

        def cell(unit: int, row: int) -> Cell:
            value: Value = (ranks[unit] if weighs else "") if self.block.digits else None
            if not self.block.digits:
                value = term_value(spec, self._stored(child, unit))
            return Cell(
                Formula(term(Row(self.block, row), place), value), Look.DECIMAL, tone=Tone.MUTED
            )

        return cell

    def _stored(self, child: str, unit: int) -> Value:
        if child in self.places.blocks:
            return self.contents.units[unit].nodes[child].score
        return self.contents.normalised[child][unit]

    def _of(self, unit: int) -> NodeResult:
        found: AssessedUnit = self.contents.units[unit]
        return found.nodes[self.code]


def _ranks(values: list[Value]) -> list[Value]:
    """Ranks from the least to 12 digits; an empty text without a figure."""
    known = [significant(each) for each in values if isinstance(each, float)]
    first: dict[float, float] = {}
    for place, value in enumerate(sorted(known), start=1):
        first.setdefault(value, float(place))
    return [first[significant(each)] if isinstance(each, float) else "" for each in values]


def _fixed_nodes(contents: AssessmentContents) -> frozenset[str]:
    """The nodes of which a unit that came of others has the mean of theirs: the main ones and all below
    them."""
    nodes = {node.code: node for node in contents.definition.nodes()}
    found: set[str] = set()
    for boundary in contents.definition.boundaries:
        main = boundary.nodes or children_of(contents.definition.tree)
        found |= {below.code for code in main if code in nodes for below in nodes[code].walk()}
    return frozenset(found)

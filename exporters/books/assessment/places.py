"""Where everything stands, so that formulas of one sheet refer to another.

All sheets of units have their units in the same rows: the first in row ``FIRST``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Final

from openpyxl.utils import get_column_letter, quote_sheetname

from analytics.definitions.model import NodeDefinition
from analytics.definitions.vocabulary import AggregationMethod, ImputationMethod, ScreeningRule
from exporters.books.assessment.conditions import Condition, conditions_of
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.normalising import way_of
from exporters.books.assessment.words import WORDS

FIRST: Final = 8
"""The row of the first unit on every sheet of units."""
HEAD: Final = FIRST - 1
"""The row of the headings there, and on the sheets of scales, weights and levels."""
WEIGHT_LINE, SHARE_LINE, CODE_LINE = 4, 5, 6
"""Above the headings of a node's children: the weight used, its share; everywhere the code."""
KEY, NAME = 1, 2
"""The columns of the unit on every sheet of units."""
TYPE, BLOCK, RANKED = 3, 4, 5
"""The columns of the data sheet that say of what type a unit is, in which block, whether it is ranked."""
LONGEST_NAME: Final = 31
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

SHEETS: Final = (
    "data",
    "states",
    "denominated",
    "filled",
    "treated",
    "scales",
    "normalised",
    "index",
    "weights",
    "levels",
    "verify",
    "change",
)

_LOGS: Final = frozenset(
    {AggregationMethod.GEOMETRIC, AggregationMethod.HARMONIC, AggregationMethod.POWER}
)
_OF_RANKS: Final = frozenset({AggregationMethod.MEAN_RANK, AggregationMethod.MEDIAN_RANK})
OF_OTHERS: Final = frozenset({*_OF_RANKS, AggregationMethod.COPELAND})
"""Aggregations that compare a unit with all others."""
_COMPARING: Final = frozenset(
    {*_OF_RANKS, AggregationMethod.COPELAND, AggregationMethod.CONJUNCTIVE}
)


@dataclass(frozen=True, slots=True)
class OnSheet:
    """Cells of one sheet as formulas write them; ``at`` is the sheet of the formula, which does not name
    itself."""

    sheet: str

    def cell(self, column: int, row: int, *, at: str = "", fixed: bool = False) -> str:
        """One cell."""
        letter = get_column_letter(column)
        return self._before(at) + (f"${letter}${row}" if fixed else f"{letter}{row}")

    def down(self, column: int, first: int, last: int, *, at: str = "") -> str:
        """A part of one column."""
        letter = get_column_letter(column)
        return f"{self._before(at)}${letter}${first}:${letter}${last}"

    def across(self, row: int, first: int, last: int, *, at: str = "", fixed: bool = False) -> str:
        """A part of one row."""
        left, right, mark = get_column_letter(first), get_column_letter(last), "$" * fixed
        return f"{self._before(at)}{mark}{left}{mark}{row}:{mark}{right}{mark}{row}"

    def _before(self, at: str) -> str:
        return "" if at == self.sheet else quote_sheetname(self.sheet) + "!"


@dataclass(frozen=True, slots=True)
class Columns(OnSheet):
    """A sheet of units: which indicator stands in which column."""

    columns: Mapping[str, int]
    last: int
    """The row of the last unit."""

    def of(self, code: str, row: int, *, at: str = "") -> str:
        """The cell of a unit's row."""
        return self.cell(self.columns[code], row, at=at)

    def all(self, code: str, *, at: str = "") -> str:
        """The cells of all units."""
        return self.down(self.columns[code], FIRST, self.last, at=at)


@dataclass(frozen=True, slots=True)
class Block(OnSheet):
    """The columns of one node: what a unit has on it, its children, and what is made of each child
    first. A column that the node does not need is 0.

    ``basis`` is the score to 12 digits, by which units are ranked and levels cut; ``judged`` the same
    of the score's share of the node's maximum; ``digits`` the children to 12 digits; ``terms`` their
    logarithms, inverses, powers or ranks.
    """

    node: NodeDefinition
    last: int
    score: int
    coverage: int
    rank: int
    level: int
    basis: int
    judged: int
    children: int
    digits: int
    terms: int

    @property
    def width(self) -> int:
        """How many children there are."""
        return len(self.node.children)

    def values(self, row: int) -> str:
        """The children of a unit."""
        return self._side_by_side(self.children, row)

    def known(self, row: int) -> str:
        """The children of a unit to 12 digits."""
        return self._side_by_side(self.digits, row)

    def made(self, row: int) -> str:
        """What was made of each child of a unit."""
        return self._side_by_side(self.terms, row)

    def weights(self) -> str:
        """What the children weigh."""
        return self._side_by_side(self.children, WEIGHT_LINE, fixed=True)

    def all(self, column: int, *, at: str = "") -> str:
        """One of its columns over all units."""
        return self.down(column, FIRST, self.last, at=at)

    def _side_by_side(self, first: int, row: int, *, fixed: bool = False) -> str:
        return self.across(row, first, first + self.width - 1, at=self.sheet, fixed=fixed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places of one workbook in one language; columns and rows count from 1.

    The columns of a step are those indicators for which it does something; ``beside`` those of the data
    sheet that are no indicators. ``blocks`` by node, on the sheet of its pillar or of the index.
    ``scales``: rows by indicator; ``weights``: rows by (node, child).
    """

    language: str
    count: int
    sheets: Mapping[str, str]
    pillars: Mapping[str, str]
    data: Columns
    beside: Mapping[str, int]
    denominated: Columns
    filled: Columns
    treated: Columns
    normalised: Columns
    digits: Columns
    """On the same sheet, the figures to 12 digits of the indicators that are ranked."""
    kept: int
    """The column that says who was not screened out, before those of ``treated``; 0 without one."""
    blocks: Mapping[str, Block]
    scales: Mapping[str, int]
    weights: Mapping[tuple[str, str], int]
    conditions: tuple[Condition, ...]

    @property
    def last(self) -> int:
        """The row of the last unit."""
        return FIRST + self.count - 1

    @property
    def rows(self) -> range:
        """The rows of the units."""
        return range(FIRST, FIRST + self.count)

    def step(self, code: str, *, before: str = "") -> Columns:
        """Where an indicator's figure stands after the last step that concerns it, of those before the
        step named (``filled`` or ``treated``; else all)."""
        steps = [self.denominated]
        if before != "filled":
            steps.append(self.filled)
        if not before:
            steps.append(self.treated)
        return next((step for step in reversed(steps) if code in step.columns), self.data)


def placed(contents: AssessmentContents, language: str) -> Places:
    """The places of everything that the workbook of a run holds."""
    words, last = WORDS[language], FIRST + len(contents.units) - 1
    taken: set[str] = set()
    sheets = {key: sheet_name(words[f"sheet_{key}"], taken) for key in SHEETS}
    pillars = {
        node.code: sheet_name(f"{number}. {contents.name_of(node.code, language)}", taken)
        for number, node in enumerate(contents.pillars, start=1)
    }
    beside = {name: RANKED + number for number, name in enumerate(contents.beside, start=1)}

    def columns(key: str, codes: Sequence[str], before: int = NAME) -> Columns:
        found = {code: before + number for number, code in enumerate(codes, start=1)}
        return Columns(sheets[key], found, last)

    return Places(
        language=language,
        count=len(contents.units),
        sheets=sheets,
        pillars=pillars,
        data=columns("data", contents.indicators, RANKED + len(beside)),
        beside=beside,
        denominated=columns("denominated", denominated_codes(contents)),
        filled=columns("filled", filled_codes(contents)),
        treated=columns("treated", treated_codes(contents), NAME + int(screens(contents))),
        normalised=columns("normalised", contents.indicators),
        digits=columns("normalised", _ranked_codes(contents), NAME + len(contents.indicators)),
        kept=NAME + 1 if screens(contents) else 0,
        blocks=_blocks(contents, {contents.root: sheets["index"], **pillars}, last),
        scales={code: HEAD + number for number, code in enumerate(contents.indicators, start=1)},
        weights={
            (row.node, row.child): HEAD + number
            for number, row in enumerate(contents.weights, start=1)
        },
        conditions=conditions_of(contents.definition, HEAD + 1),
    )


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes and that no other sheet has, whatever its capitals; it is noted."""
    plain = " ".join(wanted.translate(_FORBIDDEN).split()) or "-"
    name, number = plain[:LONGEST_NAME].strip(), 1
    while name.casefold() in taken:
        number += 1
        mark = f" ({number})"
        name = plain[: LONGEST_NAME - len(mark)].strip() + mark
    taken.add(name.casefold())
    return name


def denominated_codes(contents: AssessmentContents) -> list[str]:
    """The indicators that are divided by a column."""
    return [
        each.code
        for each in contents.definition.indicators
        if each.denominator and not each.source.scoring
    ]


def filled_codes(contents: AssessmentContents) -> list[str]:
    """The indicators of which blanks are filled."""
    common = contents.definition.missing.imputation
    return [
        each.code
        for each in contents.definition.indicators
        if (each.imputation or common).method is not ImputationMethod.NONE
    ]


def treated_codes(contents: AssessmentContents) -> list[str]:
    """The indicators whose figures were moved or left out before the scale; all where units are screened."""
    if screens(contents):
        return list(contents.indicators)
    return [
        code
        for code in contents.indicators
        if list(contents.treated[code]) != list(contents.imputed[code])
    ]


def screens(contents: AssessmentContents) -> bool:
    """Whether units are left out for want of data, or by name."""
    screening = contents.definition.screening
    return screening.by is not ScreeningRule.NONE or bool(screening.exclude)


def _ranked_codes(contents: AssessmentContents) -> list[str]:
    definition = contents.definition
    return [each.code for each in definition.indicators if way_of(definition, each).ranks]


def _blocks(contents: AssessmentContents, sheets: Mapping[str, str], last: int) -> dict[str, Block]:
    """The blocks of all nodes: each pillar's on its sheet, the pillar first."""
    definition = contents.definition
    judged = {
        code
        for scheme in definition.levels
        for code in scheme.maximum
        if any(band.start is not None for band in scheme.bands)
    }
    levelled = {code for scheme in definition.levels for code in scheme.nodes}
    found: dict[str, Block] = {}
    groups = [(contents.root, [definition.tree])]
    groups += [(pillar.code, list(pillar.walk())[::-1]) for pillar in contents.pillars]
    for code, nodes in groups:
        free = count(NAME + 1)
        for node in nodes:
            found[node.code] = _block(
                sheets[code], node, last, free, (node.code in levelled, node.code in judged)
            )
    return found


def _block(
    sheet: str, node: NodeDefinition, last: int, free: Iterator[int], needs: tuple[bool, bool]
) -> Block:
    method, has_levels, has_maximum = node.aggregation.method, *needs
    width = len(node.children)

    def several(*, needed: bool = True) -> int:
        return min(islice(free, width)) if needed else 0

    has_terms = method in _LOGS | _OF_RANKS and not is_arithmetic(node)
    return Block(
        sheet,
        node,
        last,
        score=next(free),
        coverage=next(free),
        rank=next(free),
        level=next(free) if has_levels else 0,
        children=several(),
        basis=next(free),
        judged=next(free) if has_maximum else 0,
        digits=several(needed=method in _COMPARING),
        terms=several(needed=has_terms),
    )


def is_arithmetic(node: NodeDefinition) -> bool:
    """Whether the node is the arithmetic mean, under that name or as a power of 1."""
    spec = node.aggregation
    return spec.method is AggregationMethod.ARITHMETIC or (
        spec.method is AggregationMethod.POWER and spec.power == 1
    )

"""Where everything stands, so that formulas of one sheet refer to another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Final

from analytics.definitions.model import NodeDefinition
from analytics.definitions.vocabulary import AggregationMethod, ImputationMethod, ScreeningRule
from exporters.books.assessment.addresses import FIRST, HEAD, NAME, RANKED, Block, Columns
from exporters.books.assessment.conditions import Condition, conditions_of
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.sheet_names import sheet_name
from exporters.books.assessment.ways import way_of
from exporters.books.assessment.words import WORDS

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
        data=columns("data", contents.data_codes, RANKED + len(beside)),
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
            for number, row in enumerate(contents.weighed, start=1)
        },
        conditions=conditions_of(contents.definition, HEAD + 1),
    )


def denominated_codes(contents: AssessmentContents) -> list[str]:
    """The indicators that are divided by a column."""
    return [
        each.code
        for each in contents.definition.indicators
        if each.denominator and not each.source.scoring and not contents.given
    ]


def filled_codes(contents: AssessmentContents) -> list[str]:
    """The indicators of which blanks are filled."""
    common = contents.definition.missing.imputation
    return [
        each.code
        for each in contents.definition.indicators
        if (each.imputation or common).method is not ImputationMethod.NONE and not contents.given
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
    if contents.given:
        return False
    return screening.by is not ScreeningRule.NONE or bool(screening.exclude)


def _ranked_codes(contents: AssessmentContents) -> list[str]:
    definition = contents.definition
    if contents.given:
        return []
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
            needs = (node.code in levelled, node.code in judged)
            is_given = node.code in contents.given
            found[node.code] = (_given if is_given else _block)(
                sheets[code], node, last, free, needs
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


def _given(
    sheet: str, node: NodeDefinition, last: int, free: Iterator[int], needs: tuple[bool, bool]
) -> Block:
    """The block of a node of which only the score is told."""
    has_levels, has_maximum = needs
    return Block(
        sheet,
        node,
        last,
        score=next(free),
        coverage=0,
        rank=next(free),
        level=next(free) if has_levels else 0,
        children=0,
        basis=next(free),
        judged=next(free) if has_maximum else 0,
        digits=0,
        terms=0,
    )


def is_arithmetic(node: NodeDefinition) -> bool:
    """Whether the node is the arithmetic mean, under that name or as a power of 1."""
    spec = node.aggregation
    return spec.method is AggregationMethod.ARITHMETIC or (
        spec.method is AggregationMethod.POWER and spec.power == 1
    )

"""Formulas from the children of a node to its score, for each of the ten aggregations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log
from typing import Final

from analytics.definitions.specs import Aggregation
from analytics.definitions.vocabulary import AggregationMethod
from exporters.books.assessment.addresses import FIRST, WEIGHT_LINE, Block
from exporters.books.assessment.excel import LONGEST, number, significant, text
from exporters.books.assessment.results import Value

Method = AggregationMethod

UNWEIGHTED: Final = frozenset({Method.MINIMUM, Method.CONJUNCTIVE})
"""Aggregations that know no weights: a child that weighs 0 has its say."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one unit in a node's block, as the block's own sheet writes them."""

    block: Block
    row: int

    @property
    def spec(self) -> Aggregation:
        """How the node's children are put together."""
        return self.block.node.aggregation

    @property
    def values(self) -> str:
        """The children."""
        return self.block.values(self.row)

    @property
    def weights(self) -> str:
        """Their weights."""
        return self.block.weights()

    @property
    def total(self) -> str:
        """The weights of the children that there are."""
        return f"SUMPRODUCT(--ISNUMBER({self.values}),{self.weights})"

    def coverage_cell(self) -> str:
        """The cell of the coverage."""
        return self.block.cell(self.block.coverage, self.row, at=self.block.sheet)


def score(row: Row, check: str) -> str | None:
    """The formula of a node's score; ``check``: the cell that says why its weights are of no use.

    None where it would be longer than Excel takes.
    """
    found = _METHODS[row.spec.method](row)
    if found is None:
        return None
    if row.block.node.minimum_coverage > 0:
        least = number(round(row.block.node.minimum_coverage, 12))
        short = f"ROUND({row.coverage_cell()},12)<{least}"
        found = f"IF({short},{text('BELOW_COVERAGE')},{found})"
    for test, reason in _barred(row):
        found = f"IF({test}>0,{text(reason)},{found})"
    none = f"COUNT({row.values})=0" if row.spec.method in UNWEIGHTED else f"{row.total}=0"
    found = f"IF({none},{_inherited(row)},{found})"
    formula = f"IF({check}<>{text('')},{check},{found})"
    return formula if len(formula) < LONGEST else None


def coverage(row: Row) -> str:
    """The formula of the share of children with a value, of those that apply."""
    applying = f"{row.block.width}-({_apart(row)})"
    return f"IF({applying}=0,{text('NOT_APPLICABLE')},COUNT({row.values})/({applying}))"


def _apart(row: Row) -> str:
    """How many children say nothing of the unit."""
    return (
        f"COUNTIF({row.values},{text('NOT_APPLICABLE')})+COUNTIF({row.values},{text('CONSTANT')})"
    )


def _inherited(row: Row) -> str:
    """The reason of a node without a score: that of all its children where they have one in common."""
    block, missing = row.block, text("NO_DATA")
    first = block.cell(block.children, row.row, at=block.sheet)
    none = f"IF({_apart(row)}={block.width},{text('NOT_APPLICABLE')},{missing})"
    same = f"IF(COUNTIF({row.values},{first})={block.width},{first},{none})"
    return f"IF(COUNT({row.values})>0,{missing},{same})"


def _barred(row: Row) -> list[tuple[str, str]]:
    """What a mean cannot take, the most telling last."""

    def counted(test: str) -> str:
        values, weights = row.values, row.weights
        return f"SUMPRODUCT(ISNUMBER({values})*({values}{test}0)*({weights}>0))"

    match row.spec.method:
        case Method.GEOMETRIC:
            return [(counted("<="), "ZERO_IN_GEOMETRIC")]
        case Method.HARMONIC:
            return [(counted("="), "ZERO_IN_HARMONIC"), (counted("<"), "NEGATIVE_IN_HARMONIC")]
        case Method.POWER if row.spec.power != 1:
            found = [(counted("="), "ZERO_IN_HARMONIC")] if row.spec.power < 0 else []
            return [*found, (counted("<"), "NEGATIVE_IN_POWER")]
    return []


def _arithmetic(row: Row) -> str:
    return f"SUMPRODUCT({row.values},{row.weights})/{row.total}"


def _sum(row: Row) -> str:
    return f"SUMPRODUCT({row.values},{row.weights})"


def _of_terms(row: Row) -> str:
    return f"SUMPRODUCT({row.block.made(row.row)},{row.weights})/{row.total}"


def _geometric(row: Row) -> str:
    return f"EXP({_of_terms(row)})"


def _harmonic(row: Row) -> str:
    return f"1/({_of_terms(row)})"


def _power(row: Row) -> str:
    if row.spec.power == 1:
        return _arithmetic(row)
    return f"({_of_terms(row)})^(1/{_signed(row.spec.power)})"


def _median_rank(row: Row) -> str:
    return f"MEDIAN({row.block.made(row.row)})"


def _minimum(row: Row) -> str:
    return f"MIN({row.values})"


def _conjunctive(row: Row) -> str:
    known = row.block.known(row.row)
    found = number(row.spec.base)
    for step in sorted(row.spec.steps, key=lambda each: each.value):
        least = number(significant(step.threshold))
        reached = f"SUMPRODUCT(ISNUMBER({known})*({known}>={least}))"
        wanted = row.block.width if step.count is None else step.count
        found = f"IF({reached}>={wanted},{number(step.value)},{found})"
    return found


def _copeland(row: Row) -> str:
    """Wins less losses: over all units the sign of the weights for against those against."""
    block = row.block
    ahead, both = [], []
    for place in range(block.width):
        column = block.digits + place
        everyone = block.down(column, FIRST, block.last, at=block.sheet)
        own = block.cell(column, row.row, at=block.sheet)
        weight = block.cell(block.children + place, WEIGHT_LINE, at=block.sheet, fixed=True)
        common = f"{weight}*ISNUMBER({everyone})*ISNUMBER({own})"
        ahead.append(f"{common}*(({own}>{everyone})-({own}<{everyone}))")
        both.append(common)
    shared = "+".join(both)
    share = f"({'+'.join(ahead)})/2/({shared}+(({shared})=0))"
    return f"SUMPRODUCT(SIGN(ROUND({share},10)))"


_METHODS: Final[Mapping[Method, Callable[[Row], str | None]]] = {
    Method.ARITHMETIC: _arithmetic,
    Method.GEOMETRIC: _geometric,
    Method.HARMONIC: _harmonic,
    Method.POWER: _power,
    Method.SUM: _sum,
    Method.COPELAND: _copeland,
    Method.MEAN_RANK: _of_terms,
    Method.MEDIAN_RANK: _median_rank,
    Method.MINIMUM: _minimum,
    Method.CONJUNCTIVE: _conjunctive,
}


def term(row: Row, place: int) -> str:
    """The formula of what is made of one child before the children are put together; empty where nothing
    can be."""
    block, spec = row.block, row.spec
    value = block.cell(block.children + place, row.row, at=block.sheet)
    weight = block.cell(block.children + place, WEIGHT_LINE, at=block.sheet, fixed=True)
    nothing = text("")
    if spec.method in {Method.MEAN_RANK, Method.MEDIAN_RANK}:
        known = block.cell(block.digits + place, row.row, at=block.sheet)
        everyone = block.all(block.digits + place, at=block.sheet)
        ranked = f"IF({weight}>0,RANK({known},{everyone},1),{nothing})"
        return f"IF(ISNUMBER({known}),{ranked},{nothing})"
    made = {
        Method.GEOMETRIC: f"IF({value}>0,LN({value}),{nothing})",
        Method.HARMONIC: f"IF({value}>0,1/{value},{nothing})",
    }
    found = made.get(spec.method, _powered(value, spec.power))
    return f"IF(ISNUMBER({value}),{found},{nothing})"


def _powered(value: str, power: float) -> str:
    sound = ">0" if power < 0 else ">=0"
    return f"IF({value}{sound},{value}^{_signed(power)},{text('')})"


def _signed(power: float) -> str:
    return f"({number(power)})" if power < 0 else number(power)


def term_value(spec: Aggregation, value: Value) -> Value:
    """What the same is of a stored value; of ranks nothing is stored."""
    if not isinstance(value, float) or value < 0 or (value == 0 and _needs_positive(spec)):
        return ""
    match spec.method:
        case Method.GEOMETRIC:
            return log(value)
        case Method.HARMONIC:
            return 1 / value
    return float(value**spec.power)


def _needs_positive(spec: Aggregation) -> bool:
    return spec.method is not Method.POWER or spec.power < 0

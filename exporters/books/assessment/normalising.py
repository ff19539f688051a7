"""Formulas of the scales: from a figure to its place, for each of the thirteen methods."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.definitions.specs import Pair
from analytics.definitions.vocabulary import (
    BandsOf,
    ConstantPolicy,
    Inclusive,
    NotApplicable,
)
from exporters.books.assessment.excel import array, number, rounded, significant, text
from exporters.books.assessment.ways import SHARES, Method, Way


@dataclass(frozen=True, slots=True)
class Measured:
    """The cells of one indicator on the sheet of scales, and its figures there as a range."""

    low: str
    high: str
    first: str
    second: str
    target: str
    reference: str
    count: str
    minimum: str
    maximum: str
    mean: str
    sd: str
    figures: str
    """The figures of all units to 12 digits, where the method ranks them."""


def normalised(way: Way, value: str, cells: Measured) -> str:
    """The formula of a figure that is there. ``value``: its cell, to 12 digits where they are ranked."""
    found = _METHODS[way.spec.method](way, value, cells)
    if way.spec.method not in SHARES:
        return found
    return f"({found})*({cells.high}-{cells.low})+{cells.low}"


def status(way: Way, cells: Measured) -> str:
    """The formula of why the method can place nobody, an empty text where it can."""
    empty = text("")
    found = _UNUSABLE.get(way.spec.method)
    rest = found(way, cells) if found else empty
    return f"IF({cells.count}=0,{text('NO_DATA')},{rest})"


def instead(way: Way, status_cell: str) -> str:
    """The formula of what stands where the method can place nobody."""
    if way.spec.constant is ConstantPolicy.FIXED and way.spec.constant_value is not None:
        fixed = number(way.spec.constant_value)
        return f"IF({status_cell}={text('CONSTANT')},{fixed},{status_cell})"
    return status_cell


def not_applying(way: Way, status_cell: str, cells: Measured) -> str | None:
    """The formula of what a cell counts that does not apply; None where it is taken out."""
    if way.not_applicable is NotApplicable.EXCLUDE:
        return None
    end = _end(way, cells, most=way.not_applicable is NotApplicable.FULL)
    apart, fixed = text("NOT_APPLICABLE"), way.spec.constant_value
    by_units = way.spec.method in _OF_UNITS
    if way.spec.constant is ConstantPolicy.FIXED and fixed is not None:
        # Who counts as the least or the most of equals counts what they do.
        equal = f"IF({status_cell}={text('CONSTANT')},{number(fixed)},{end})"
        return f"IF({cells.count}=0,{apart},{equal})" if by_units else end
    if by_units:
        return f"IF({status_cell}={text('')},{end},{apart})"
    return f"IF({status_cell}={text('CONSTANT')},{apart},{end})"


_OF_UNITS: Final = frozenset({Method.Z, Method.RANK, Method.BORDA})
"""Methods whose ends the units decide."""


def _end(way: Way, cells: Measured, *, most: bool) -> str:
    """The least or the most that the method gives."""
    spec = way.spec
    match spec.method:
        case Method.POINTS:
            return number(way.most) if most and way.most is not None else "0"
        case Method.SCALED:
            return f"MAX(0,{cells.target})" if most else f"MIN(0,{cells.target})"
        case Method.BANDS:
            return number(max(spec.values) if most else min(spec.values))
        case Method.Z | Method.RANK | Method.BORDA:
            best = cells.maximum if way.rising == most else cells.minimum
            return normalised(way, _compared(best) if way.ranks else best, cells)
    return cells.high if most else cells.low


def ends_of(way: Way, placed: Sequence[float]) -> Pair | None:
    """The least and the most that the method gives, as figures; ``placed``: what it gave the units."""
    spec = way.spec
    match spec.method:
        case Method.POINTS:
            return 0.0, way.most or 0.0
        case Method.SCALED:
            return min(0.0, spec.factor), max(0.0, spec.factor)
        case Method.BANDS:
            return min(spec.values), max(spec.values)
        case Method.Z | Method.RANK | Method.BORDA:
            return (min(placed), max(placed)) if placed else None
    return way.range


def _compared(cell: str) -> str:
    return f"({rounded(cell)})"


def _worst(way: Way, cells: Measured) -> str:
    return cells.minimum if way.rising else cells.maximum


def _between(way: Way, value: str, low: str, high: str) -> str:
    above = f"{value}-{low}" if way.rising else f"{high}-{value}"
    return f"({above})/({high}-{low})"


def _min_max(way: Way, value: str, cells: Measured) -> str:
    return _between(way, value, cells.minimum, cells.maximum)


def _goalposts(way: Way, value: str, cells: Measured) -> str:
    share = _between(way, value, cells.first, cells.second)
    return f"MAX(0,MIN(1,{share}))" if way.spec.clip else share


def _z(way: Way, value: str, cells: Measured) -> str:
    above = f"{value}-{cells.mean}" if way.rising else f"{cells.mean}-{value}"
    return f"({above})/{cells.sd}*{cells.second}+{cells.first}"


def _rank(way: Way, value: str, cells: Measured) -> str:
    return f"RANK({value},{cells.figures},{int(way.rising)})"


def _borda(way: Way, value: str, cells: Measured) -> str:
    return f"{_rank(way, value, cells)}-1"


def _percentile(way: Way, value: str, cells: Measured) -> str:
    return f"({_rank(way, value, cells)}-1)/MAX({cells.count}-1,1)"


def _to_reference(way: Way, value: str, cells: Measured) -> str:
    worst = _worst(way, cells)
    share = f"1-({cells.reference}-{value})/({cells.reference}-{worst})"
    return f"MIN(1,{share})" if way.spec.cap else share


def _to_target(way: Way, value: str, cells: Measured) -> str:
    worst = _worst(way, cells)
    share = f"({value}-{worst})/({cells.target}-{worst})"
    return f"MIN(1,{share})" if way.spec.cap else share


def _fraction(way: Way, value: str, cells: Measured) -> str:
    return f"{value}/{cells.maximum}" if way.rising else f"{cells.minimum}/{value}"


def _scaled(way: Way, value: str, cells: Measured) -> str:
    return f"{_between(way, value, cells.first, cells.second)}*{cells.target}"


def _bands(way: Way, value: str, cells: Measured) -> str:
    spec = way.spec
    judged = rounded(value)
    if spec.of is BandsOf.PERCENTILE:
        judged = f"ROUND({_percentile(way, value, cells)},12)"
    if not spec.thresholds:
        return number(spec.values[0])
    thresholds = array(number(significant(each)) for each in spec.thresholds)
    sign = "<=" if spec.inclusive is Inclusive.LOWER else "<"
    values = array(number(each) for each in spec.values)
    return f"INDEX({values},1,1+SUMPRODUCT(--({thresholds}{sign}{judged})))"


def _points(way: Way, value: str, cells: Measured) -> str:
    return value


_METHODS: Final[Mapping[Method, Callable[[Way, str, Measured], str]]] = {
    Method.MIN_MAX: _min_max,
    Method.GOALPOSTS: _goalposts,
    Method.Z: _z,
    Method.RANK: _rank,
    Method.BORDA: _borda,
    Method.PERCENTILE: _percentile,
    Method.DISTANCE_TO_BEST: _min_max,
    Method.DISTANCE_TO_REFERENCE: _to_reference,
    Method.DISTANCE_TO_TARGET: _to_target,
    Method.FRACTION_OF_BEST: _fraction,
    Method.SCALED: _scaled,
    Method.BANDS: _bands,
    Method.POINTS: _points,
}


def _same(one: str, other: str, reason: str) -> str:
    return f"IF({rounded(one)}={rounded(other)},{text(reason)},{text('')})"


def _no_spread(way: Way, cells: Measured) -> str:
    found = _same(cells.minimum, cells.maximum, "CONSTANT")
    if way.spec.method is Method.Z:
        return f"IF(N({cells.sd})=0,{text('CONSTANT')},{found})"
    return found


def _no_others(way: Way, cells: Measured) -> str:
    return f"IF({cells.count}<2,{text('CONSTANT')},{text('')})"


def _no_reference(way: Way, cells: Measured) -> str:
    same = _same(cells.reference, _worst(way, cells), "CONSTANT")
    return f"IF(ISNUMBER({cells.reference}),{same},{text('NO_REFERENCE')})"


def _no_distance(way: Way, cells: Measured) -> str:
    return _same(cells.target, _worst(way, cells), "TARGET_AT_END")


def _no_ratio(way: Way, cells: Measured) -> str:
    best = cells.maximum if way.rising else cells.minimum
    return f"IF({best}<=0,{text('NOT_POSITIVE')},{text('')})"


_UNUSABLE: Final[Mapping[Method, Callable[[Way, Measured], str]]] = {
    Method.MIN_MAX: _no_spread,
    Method.Z: _no_spread,
    Method.DISTANCE_TO_BEST: _no_spread,
    Method.PERCENTILE: _no_others,
    Method.DISTANCE_TO_REFERENCE: _no_reference,
    Method.DISTANCE_TO_TARGET: _no_distance,
    Method.FRACTION_OF_BEST: _no_ratio,
}

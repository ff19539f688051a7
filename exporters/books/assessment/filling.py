"""Formulas of filled blanks."""

from collections.abc import Callable
from typing import Final

from analytics.definitions.specs import Imputation
from analytics.definitions.vocabulary import Direction, ImputationMethod
from exporters.books.assessment.addresses import FIRST, TYPE
from exporters.books.assessment.contents import AssessmentContents, leaves_of
from exporters.books.assessment.excel import LONGEST, number, one_of, rounded, text
from exporters.books.assessment.places import Places

FILLABLE: Final = (
    "NO_DATA",
    "TEXT_IN_NUMBER",
    "OUT_OF_RANGE",
    "NO_DENOMINATOR",
    "ZERO_DENOMINATOR",
    "NOT_COMPUTABLE",
)
_CRITERION: Final = frozenset('*?~<>="')
"""Characters that a criterion of AVERAGEIF reads as something else."""

ROOM: Final = 200
"""As many characters stand around a rule in its cell."""

Writer = Callable[[int, int], str | None]
"""The formula of a unit in its row, an error where there is nothing to fill a blank with; None where the
server's value stands."""


def filling(contents: AssessmentContents, places: Places, code: str) -> Writer:
    """The formulas of one indicator: its figure, else by its rule for blanks, else the reason.

    What is read from other rounds, and medians of groups, are the server's values.
    """
    indicator = contents.definition.by_code()[code]
    spec = indicator.imputation or contents.definition.missing.imputation
    rule = _rule(contents, places, code, spec)
    step, at = places.step(code, before="filled"), places.filled.sheet
    fillable = (*FILLABLE, "REFUSED") if spec.refused else FILLABLE

    def write(unit: int, row: int) -> str | None:
        cell = step.of(code, row, at=at)
        is_filled = (contents.units[unit].key, code) in contents.filled
        given = f"IF({cell}={text('')},{text('NO_DATA')},{cell})"
        found = None if contents.lacks_units else rule(unit, row)
        if found is None:
            return None if is_filled else given
        blank = one_of(cell, ("", *fillable))
        return f"IF(ISNUMBER({cell}),{cell},IF({blank},IFERROR({found},{given}),{cell}))"

    return write


def _rule(contents: AssessmentContents, places: Places, code: str, spec: Imputation) -> Writer:
    column = places.step(code, before="filled").all(code, at=places.filled.sheet)
    nothing = "NA()"
    match spec.method:
        case ImputationMethod.FIXED:
            assert spec.value is not None
            return _same(number(spec.value))
        case ImputationMethod.MEAN:
            return _same(f"IF(COUNT({column})=0,{nothing},AVERAGE({column}))")
        case ImputationMethod.MEDIAN:
            return _same(f"IF(COUNT({column})=0,{nothing},MEDIAN({column}))")
        case ImputationMethod.GROUP_MEAN:
            return _of_groups(contents, places, column, spec.group)
        case ImputationMethod.ROW_MEAN:
            return _of_siblings(contents, places, code)
    return lambda _unit, _row: None


def _same(formula: str) -> Writer:
    return lambda _unit, _row: formula


def _of_groups(contents: AssessmentContents, places: Places, column: str, group: str) -> Writer:
    """The mean of the unit's group, whose labels stand on the data sheet."""
    at, data = places.filled.sheet, places.data
    if group == contents.definition.columns.type:
        place = TYPE
        labels = [contents.type_of(unit, places.language) for unit in contents.units]
    elif group in places.beside:
        place, labels = places.beside[group], [each.strip() for each in contents.beside[group]]
    else:
        return lambda _unit, _row: None
    apart = len({label.casefold() for label in labels}) == len(set(labels))
    if not apart or any(_CRITERION & set(label) or label == "" for label in labels):
        return lambda _unit, _row: None
    names = data.down(place, FIRST, places.last, at=at)

    def write(unit: int, row: int) -> str:
        own = data.cell(place, row, at=at)
        return f"AVERAGEIF({names},{own},{column})"

    return write


def _of_siblings(contents: AssessmentContents, places: Places, code: str) -> Writer:
    """The mean place of the unit's other indicators below the same node, laid on this one's range."""
    siblings = next(
        (
            [leaf.indicator for leaf in leaves_of(node)]
            for node in contents.definition.nodes()
            if code in {leaf.indicator for leaf in leaves_of(node)}
        ),
        [],
    )
    others = [each for each in siblings if each != code]
    at = places.filled.sheet
    rising = {each.code: each.direction is Direction.UP for each in contents.definition.indicators}
    column = places.step(code, before="filled").all(code, at=at)

    def write(unit: int, row: int) -> str | None:
        if (contents.units[unit].key, code) not in contents.filled or not others:
            return None
        shares, counts = [], []
        for other in others:
            step = places.step(other, before="filled")
            cell, cells = step.of(other, row, at=at), step.all(other, at=at)
            usable = f"IF(ISNUMBER({cell}),IF({_low(cells)}<{_high(cells)},1,0),0)"
            way = f"{cell}-MIN({cells})" if rising[other] else f"MAX({cells})-{cell}"
            shares.append(f"IF({usable}=1,({way})/(MAX({cells})-MIN({cells})),0)")
            counts.append(usable)
        mean = f"({'+'.join(shares)})/({'+'.join(counts)})"
        reach = f"{mean}*(MAX({column})-MIN({column}))"
        found = f"MIN({column})+{reach}" if rising[code] else f"MAX({column})-{reach}"
        return found if len(found) < LONGEST - ROOM else None

    return write


def _low(cells: str) -> str:
    return rounded(f"MIN({cells})")


def _high(cells: str) -> str:
    return rounded(f"MAX({cells})")

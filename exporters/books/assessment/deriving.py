"""Values that were made of other columns of the data: by a formula of the definition, or by its rule of
points."""

from collections.abc import Callable, Iterable

from analytics.definitions.formulas import names_in, parse_formula
from analytics.definitions.model import IndicatorDefinition
from analytics.definitions.reasons import Reason
from analytics.definitions.vocabulary import CellState, SourceKind
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import LONGEST, chosen, number, one_of, text
from exporters.books.assessment.places import Places
from exporters.books.assessment.pointing import pointed
from exporters.books.assessment.stating import stated
from surveys.engine.scoring import read_rule

Derived = Callable[[int], str | None]
"""The formula in a row; None where none means what the server computed."""

_REASONS = {
    CellState.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
    CellState.REFUSED: Reason.REFUSED,
}


def is_made(indicator: IndicatorDefinition) -> bool:
    """Whether the server computed the value; else it is what was answered."""
    source = indicator.source
    return bool(source.scoring) or source.kind in {SourceKind.FORMULA, SourceKind.SCORE}


def derived(
    contents: AssessmentContents, places: Places, indicator: IndicatorDefinition
) -> Derived:
    """How an indicator's value follows from the other columns of its row."""
    if indicator.source.kind is SourceKind.FORMULA:
        return lambda row: _computed(contents, places, indicator, row)
    if indicator.source.scoring:
        return lambda row: _scored(contents, places, indicator, row)
    return lambda _row: None


def _computed(
    contents: AssessmentContents, places: Places, indicator: IndicatorDefinition, row: int
) -> str | None:
    node = parse_formula(indicator.source.expression)
    by_code, at = contents.definition.by_code(), places.data.sheet
    cells = {}
    for name in names_in(node):
        if name in by_code:
            # Formulas read what was answered also where the indicator does not apply.
            if by_code[name].applies_to:
                return None
            cells[name] = places.data.of(name, row, at=at)
        elif name in places.beside:
            cells[name] = places.data.cell(places.beside[name], row, at=at)
        else:
            return None
    found = stated(node, cells)
    if found is None:
        return None
    why = text(Reason.NOT_COMPUTABLE)
    for reason in (Reason.NOT_APPLICABLE, Reason.REFUSED, Reason.NO_DATA):
        tests = [_holds(contents, cell, reason) for cell in cells.values()]
        if tests:
            why = chosen(_any(tests), text(reason), why)
    return _fitting(_ranged(indicator, found, why))


def _scored(
    contents: AssessmentContents, places: Places, indicator: IndicatorDefinition, row: int
) -> str | None:
    at, below = places.data.sheet, indicator.denominator
    if indicator.code not in places.beside:
        return None
    answer = places.data.cell(places.beside[indicator.code], row, at=at)
    base = ""
    if below and below.column in places.beside:
        base = places.data.cell(places.beside[below.column], row, at=at)
    found = pointed(read_rule(indicator.source.scoring), answer, base)
    if found is None:
        return None
    placed = _ranged(indicator, found, text(Reason.TEXT_IN_NUMBER))
    for reason in (Reason.NOT_APPLICABLE, Reason.REFUSED, Reason.NO_DATA):
        placed = chosen(_holds(contents, answer, reason), text(reason), placed)
    return _fitting(placed)


def _ranged(indicator: IndicatorDefinition, found: str, why: str) -> str:
    """What was computed, if it is within the indicator's range; ``why`` where nothing was."""
    if indicator.range is None:
        return f"IFERROR({found},{why})"
    low, high = (number(each) for each in indicator.range)
    beyond = chosen(f"OR({found}<{low},{found}>{high})", text(Reason.OUT_OF_RANGE), found)
    return f"IFERROR({beyond},{why})"


def _holds(contents: AssessmentContents, cell: str, reason: Reason) -> str:
    """Whether a cell has no figure for that reason, told as a reason or as the code of the answer."""
    codes = contents.definition.missing.codes.items()
    told = [
        code
        for code, state in codes
        if state is not CellState.ANSWERED and _REASONS.get(state, Reason.NO_DATA) is reason
    ]
    empty = [""] if reason is Reason.NO_DATA else []
    return one_of(cell, list(dict.fromkeys([*empty, str(reason), *told])))


def _any(tests: Iterable[str]) -> str:
    found = list(tests)
    return found[0] if len(found) == 1 else f"OR({','.join(found)})"


def _fitting(formula: str) -> str | None:
    return formula if len(formula) <= LONGEST else None

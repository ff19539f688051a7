"""Formulas of treated outliers. Whether and how far an indicator is treated, the server has decided."""

from collections.abc import Callable
from typing import Final

from analytics.definitions.vocabulary import TreatmentMethod
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import number
from exporters.books.assessment.places import Places

SPREAD: Final = "0.01"
"""The part of the range that the logarithms keep between the lowest value and 0."""

Change = Callable[[str], str]
"""From the cell of a figure to the formula of what it became."""


def treating(contents: AssessmentContents, places: Places, code: str) -> Change:
    """What was done with the figures of one indicator that are there."""
    before, after = kept_figures(contents, code)
    if before == after:
        return lambda cell: cell
    indicator = contents.definition.by_code()[code]
    spec = indicator.treatment or contents.definition.treatment
    if spec.method is TreatmentMethod.WINSORISE and (ends := drawn_in(before, after)):
        low, high = map(number, ends)
        return lambda cell: f"MAX({low},MIN({high},{cell}))"
    method = spec.then if spec.method is TreatmentMethod.WINSORISE else spec.method
    cells = places.step(code, before="treated").all(code, at=places.treated.sheet)
    low, high = f"MIN({cells})", f"MAX({cells})"
    if places.kept:
        # Only the kept have a say, and which these are stands beside, not in the column.
        low, high = number(min(before)), number(max(before))
    return _transformed(method, low, high, spec.power, cells)


def kept_figures(contents: AssessmentContents, code: str) -> tuple[list[float], list[float]]:
    """The figures of an indicator before and after its treatment, of the units that have both."""
    pairs = zip(contents.imputed[code], contents.treated[code], strict=True)
    both = [(a, b) for a, b in pairs if isinstance(a, float) and isinstance(b, float)]
    return [before for before, _ in both], [after for _, after in both]


def drawn_in(before: list[float], after: list[float]) -> tuple[float, float] | None:
    """The ends that all figures were drawn in to; None where something else was done with them."""
    low, high = min(after), max(after)
    moved = [max(low, min(high, value)) for value in before]
    return (low, high) if moved == after else None


def _transformed(method: TreatmentMethod, low: str, high: str, power: float, cells: str) -> Change:
    edge = f"{SPREAD}*({high}-{low})"
    match method:
        case TreatmentMethod.LOG_PLUS:
            return lambda cell: (
                f"IF(IFERROR(SKEW({cells}),0)<0,-LN({high}+{edge}-{cell}),LN({cell}-{low}+{edge}))"
            )
        case TreatmentMethod.LOG:
            return lambda cell: f"LN({cell}-{low}+{edge})"
        case TreatmentMethod.BOX_COX if power != 0:
            return lambda cell: f"(({cell}-{low}+1)^{number(power)}-1)/{number(power)}"
    return lambda cell: f"LN({cell}-{low}+1)"

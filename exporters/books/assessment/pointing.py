"""Formulas of points: what an answer is worth by a definition's own rule."""

from collections.abc import Sequence
from decimal import Decimal

from exporters.books.assessment.excel import array, chosen, number, text
from surveys.engine.scoring import ChoiceMap, Linear, MultipleChoice, Ratio, Rule, Steps


def pointed(rule: Rule, answer: str, base: str) -> str | None:
    """The points of the answer in a cell, an error where it is no figure and should be one. ``base``: the
    cell of a ratio's denominator, empty without one. None for a rule that no formula states."""
    match rule:
        case ChoiceMap(points=points):
            codes, worth = _columns(points)
            return f"SUMPRODUCT(EXACT({answer}&{text('')},{codes})*{worth})"
        case MultipleChoice(points=points, most=most):
            codes, worth = _columns([(f" {code} ", each) for code, each in points])
            inside = f"{text(' ')}&{answer}&{text(' ')}"
            found = f"SUMPRODUCT(ISNUMBER(FIND({codes},{inside}))*{worth})"
            return found if most is None else f"MIN({number(float(most))},{found})"
        case Linear():
            return _between(rule, figure(answer))
        case Steps(steps=steps, below=below):
            found = number(float(below))
            for threshold, points_there in steps:
                reached = f"{figure(answer)}>={signed(float(threshold))}"
                found = chosen(reached, number(float(points_there)), found)
            return found
        case Ratio() if base:
            return _between(rule, f"({figure(answer)}/{figure(base)})")
    return None


def figure(cell: str) -> str:
    """What stands in a cell; an error where that is no figure."""
    return f"IF(ISNUMBER({cell}),{cell},NA())"


def signed(value: float) -> str:
    """A figure that follows an operator."""
    return f"({number(value)})" if value < 0 else number(value)


def _columns(points: Sequence[tuple[str, Decimal]]) -> tuple[str, str]:
    codes = array(text(code) for code, _ in points)
    return codes, array(number(float(each)) for _, each in points)


def _between(rule: Linear | Ratio, value: str) -> str:
    low, high = float(rule.low), float(rule.high)
    clipped = f"MIN({number(max(low, high))},MAX({number(min(low, high))},{value}))"
    way = f"({clipped}-{signed(low)})*{number(float(rule.points))}"
    return f"ABS({way}/{signed(high - low)})"

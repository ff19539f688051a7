"""The arithmetic of rolling up: from the answers of lower units to the figures of the upper one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from typing import Any, Final

from surveys.engine import Kind
from surveys.questionnaires.prefill import Below, BelowFigure

DIGITS: Final = 200
"""Enough for any sum of figures that people type; beyond, a sum would be rounded unseen."""

MEAN_STEP: Final = Decimal("0.01")
"""Means are given to the hundredth, those of whole numbers to the whole."""


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A figure from below: plain digits, "" where no unit has given one; ``given`` of ``expected``."""

    path: str
    value: str
    given: int
    expected: int

    @property
    def is_complete(self) -> bool:
        """Whether every unit has given its figure."""
        return self.given == self.expected > 0


def roll_up(
    wanted: Iterable[BelowFigure], documents: Iterable[Mapping[str, Any]], *, expected: int
) -> list[RolledUp]:
    """Each wanted figure over the answers of the units below; in the order wanted.

    A blank, missing or unreadable answer gives nothing: it is counted out of ``given``, never as 0.
    """
    known = list(documents)
    return [_rolled(figure, known, expected) for figure in wanted]


def _rolled(figure: BelowFigure, documents: list[Mapping[str, Any]], expected: int) -> RolledUp:
    numbers = [
        number
        for document in documents
        if (number := _number_at(document, figure.source)) is not None
    ]
    if not numbers:
        return RolledUp(figure.path, "", 0, expected)
    with localcontext(prec=DIGITS):
        total = sum(numbers, Decimal(0))
        if figure.how is Below.MEAN:
            step = Decimal(1) if figure.kind is Kind.INTEGER else MEAN_STEP
            total = (total / len(numbers)).quantize(step, ROUND_HALF_UP)
    return RolledUp(figure.path, _plain(total), len(numbers), expected)


def _plain(number: Decimal) -> str:
    """As answers are stored: digits without an exponent and without zeros behind the comma."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number_at(document: Mapping[str, Any], path: str) -> Decimal | None:
    here: Any = document
    for step in path.split("/"):
        if not isinstance(here, Mapping):
            return None
        here = here.get(step)
    if not isinstance(here, str):
        return None
    try:
        number = Decimal(here)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None

"""Response rates by the names of AAPOR's Standard Definitions, for rounds that ask a list of agencies."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Dispositions:
    """Where the agencies of a round stand, in AAPOR's letters.

    ``complete`` (I): signed and submitted. ``partial`` (P): at least half answered, not submitted.
    ``refusal`` (R): refused. ``non_contact`` (NC): nobody of the agency has opened it. ``other`` (O):
    opened or begun, less than half answered. ``unknown`` (UH + UO): whether it must answer is not
    known. ``not_eligible`` (NE): no longer asked, in no denominator.
    """

    complete: int = 0
    partial: int = 0
    refusal: int = 0
    non_contact: int = 0
    other: int = 0
    unknown: int = 0
    not_eligible: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate: its name, its formula in AAPOR's letters, the numbers put in, its value in 0…1.

    ``value`` is None where nobody stands in the denominator.
    """

    name: str
    formula: str
    numerator: int
    denominator: int
    numbers: str

    @property
    def value(self) -> float | None:
        """Numerator by denominator."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class _Definition:
    name: str
    upper: str
    lower: str


EVERYBODY: Final = "(I + P) + (R + NC + O) + (UH + UO)"
DEFINITIONS: Final = (
    _Definition("RR1", "I", EVERYBODY),
    _Definition("RR2", "(I + P)", EVERYBODY),
    _Definition("COOP1", "I", "(I + P) + R + O"),
    _Definition("REF1", "R", EVERYBODY),
    _Definition("CON1", "((I + P) + R + O)", EVERYBODY),
)


def response_rates(found: Dispositions) -> tuple[Rate, ...]:
    """RR1, RR2, COOP1, REF1 and CON1."""
    numbers = {
        "I": found.complete,
        "P": found.partial,
        "R": found.refusal,
        "NC": found.non_contact,
        "O": found.other,
        "UH": found.unknown,
        "UO": 0,
    }
    return tuple(_rate(each, numbers) for each in DEFINITIONS)


def _rate(definition: _Definition, numbers: dict[str, int]) -> Rate:
    upper, lower = definition.upper, definition.lower
    return Rate(
        name=definition.name,
        formula=f"{upper} / ({lower})",
        numerator=_sum(upper, numbers),
        denominator=_sum(lower, numbers),
        numbers=f"{_put_in(upper, numbers)} / ({_put_in(lower, numbers)})",
    )


def _sum(terms: str, numbers: dict[str, int]) -> int:
    return sum(numbers[term] for term in _letters(terms))


def _put_in(terms: str, numbers: dict[str, int]) -> str:
    parts = zip(terms.split(" + "), _letters(terms), strict=True)
    return " + ".join(part.replace(letters, str(numbers[letters])) for part, letters in parts)


def _letters(terms: str) -> list[str]:
    return [part.strip("()") for part in terms.split(" + ")]

"""Who answered: outcome rates, and the questions that were left blank.

Rates lie in 0..1. The definitions are those of AAPOR, Standard Definitions (2023).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from analytics.methods.descriptive.columns import Answers, states

COMPLETE_FROM = 0.8
PARTIAL_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Dispositions:
    """How many units ended how; sums of weights make weighted rates.

    ``unknown`` may or may not be eligible (UH and UO of AAPOR together). Raises ValueError for a
    negative number.
    """

    complete: float
    partial: float = 0.0
    refusal: float = 0.0
    non_contact: float = 0.0
    other: float = 0.0
    unknown: float = 0.0
    ineligible: float = 0.0

    def __post_init__(self) -> None:
        if min(self.complete, self.partial, self.refusal, self.non_contact) < 0:
            raise ValueError("A number of units is not negative.")
        if min(self.other, self.unknown, self.ineligible) < 0:
            raise ValueError("A number of units is not negative.")

    @property
    def eligible(self) -> float:
        """Units known to be eligible: I + P + R + NC + O."""
        return self.complete + self.partial + self.refusal + self.non_contact + self.other


@dataclass(frozen=True, slots=True)
class OutcomeRates:
    """Response, cooperation, refusal and contact rates; None where there is nothing to divide by.

    ``response`` holds RR1 to RR6, ``cooperation`` COOP1 to COOP4, ``refusal`` REF1 to REF3 and
    ``contact`` CON1 to CON3, in that order. ``eligibility`` is e, the share of the unknown that is
    taken as eligible. RR5, RR6, REF3 and CON3 take it as none: they may be shown only where
    ``nothing_unknown``, as for a closed list of ministries or provinces, whose rate is RR6.
    """

    eligibility: float | None
    response: tuple[float | None, ...]
    cooperation: tuple[float | None, ...]
    refusal: tuple[float | None, ...]
    contact: tuple[float | None, ...]
    nothing_unknown: bool


def outcome_rates(units: Dispositions, *, eligibility: float | None = None) -> OutcomeRates:
    """The rates of AAPOR. ``eligibility`` replaces the estimate of CASRO, e = eligible / (eligible +
    ineligible) among the units whose eligibility is known. Raises ValueError for an e outside of 0..1.
    """
    if eligibility is not None and not 0 <= eligibility <= 1:
        raise ValueError("The share of eligible units lies between 0 and 1.")
    known = units.eligible + units.ineligible
    e = eligibility if eligibility is not None else _quotient(units.eligible, known)
    answered = units.complete + units.partial
    everyone = units.eligible + units.unknown
    # Without a known unit e is open, which leaves only the rates that do not need it.
    likely = units.eligible + e * units.unknown if e is not None else None
    bases = (everyone, likely, units.eligible)
    reached = answered + units.refusal + units.other
    return OutcomeRates(
        eligibility=e,
        response=tuple(
            _quotient(above, base) for base in bases for above in (units.complete, answered)
        ),
        cooperation=tuple(
            _quotient(above, base)
            for base in (reached, answered + units.refusal)
            for above in (units.complete, answered)
        ),
        refusal=tuple(_quotient(units.refusal, base) for base in bases),
        contact=tuple(_quotient(reached, base) for base in bases),
        nothing_unknown=units.unknown == 0,
    )


class Band(StrEnum):
    """How much of what was required a unit answered."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    BREAK_OFF = "break_off"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Completion:
    """Units by band, and of each unit its share of required answers given, in the order of units.

    A unit of which nothing was required is complete, with a share of None.
    """

    units: Mapping[Band, int]
    bands: tuple[Band, ...]
    shares: tuple[float | None, ...]


def completion(
    answered: npt.ArrayLike,
    required: npt.ArrayLike,
    *,
    complete_from: float = COMPLETE_FROM,
    partial_from: float = PARTIAL_FROM,
) -> Completion:
    """Bands of completion: complete from 80 % on, partial from 50 % on, less is a break-off.

    ``answered`` and ``required``: shape (units,), numbers of required questions; those that the
    logic of the questionnaire does not put are not required. Raises ValueError where more was
    answered than required, and for bands that do not follow each other.
    """
    given = np.asarray(answered, dtype=np.float64)
    wanted = np.asarray(required, dtype=np.float64)
    if given.shape != wanted.shape or not ((given >= 0) & (given <= wanted)).all():
        raise ValueError("Answers given lie between 0 and the answers required.")
    if not 0 < partial_from <= complete_from <= 1:
        raise ValueError("The bands follow each other between 0 and 1.")
    share = np.divide(given, wanted, out=np.ones(len(given)), where=wanted > 0)
    names = (Band.NOTHING, Band.BREAK_OFF, Band.PARTIAL, Band.COMPLETE)
    step = (share > 0).astype(int) + (share >= partial_from) + (share >= complete_from)
    counts = np.bincount(step, minlength=4).tolist()
    shares = zip(share.tolist(), wanted.tolist(), strict=True)
    return Completion(
        units=dict(zip(names, counts, strict=True)),
        bands=tuple(names[place] for place in step.tolist()),
        shares=tuple(value if base > 0 else None for value, base in shares),
    )


@dataclass(frozen=True, slots=True)
class NonResponse:
    """Of a question or of a unit: what was asked, answered, explained by a code, left blank.

    ``rate`` is blank / asked: a code says why there is no figure, and what was not asked counts for
    nothing. None where nothing was asked.
    """

    name: str
    asked: int
    answered: int
    coded: int
    blank: int
    rate: float | None


@dataclass(frozen=True, slots=True)
class ItemNonResponse:
    """Blanks by question and by unit, each in the order given, and over all of them."""

    questions: tuple[NonResponse, ...]
    units: tuple[NonResponse, ...]
    rate: float | None


def item_non_response(columns: Mapping[str, Answers], units: tuple[str, ...]) -> ItemNonResponse:
    """What was left blank. ``columns`` by question, each of shape (units,); ``units`` their names.

    What is unreadable was answered: it is wrong, not absent. Raises ValueError for a column of
    another length.
    """
    size = len(units)
    asked = np.zeros((len(columns), size), dtype=np.bool_)
    blank, coded = asked.copy(), asked.copy()
    for place, answers in enumerate(columns.values()):
        asked[place], blank[place], coded[place] = states(answers, size)
    sums = (asked, coded, blank)
    total, _, silent = (int(each.sum()) for each in sums)
    return ItemNonResponse(
        questions=_rows(tuple(columns), [each.sum(axis=1) for each in sums]),
        units=_rows(units, [each.sum(axis=0) for each in sums]),
        rate=_quotient(silent, total),
    )


def _rows(names: tuple[str, ...], sums: list[npt.NDArray[np.int64]]) -> tuple[NonResponse, ...]:
    columns = zip(names, *(each.tolist() for each in sums), strict=True)
    return tuple(
        NonResponse(
            name, asked, asked - coded - blank, coded, blank, blank / asked if asked else None
        )
        for name, asked, coded, blank in columns
    )


def _quotient(above: float, below: float | None) -> float | None:
    return above / below if below else None

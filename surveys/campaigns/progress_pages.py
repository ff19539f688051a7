"""What the overview says of progress and response rates, in words."""

from dataclasses import dataclass
from typing import Final

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.queries import Overview, Progress
from surveys.campaigns.response_rates import Dispositions, Rate, response_rates

SAME: Final = 0.05
"""Differences that round to 0.0 points are none."""

LETTERS: Final[tuple[tuple[str, str, str | Promise], ...]] = (
    ("I", "complete", gettext_lazy("Complete: signed and submitted")),
    ("P", "partial", gettext_lazy("Partial: at least half answered, not submitted")),
    ("R", "refusal", gettext_lazy("Refused")),
    ("NC", "non_contact", gettext_lazy("No contact: nobody of the agency has opened it")),
    ("O", "other", gettext_lazy("Other: opened or begun, less than half answered")),
    (
        "UH + UO",
        "unknown",
        gettext_lazy("Not known whether it must answer: none, all are on a list"),
    ),
    ("NE", "not_eligible", gettext_lazy("No longer asked: in no denominator")),
)
NAMES: Final[dict[str, str | Promise]] = {
    "RR1": gettext_lazy("Response rate 1"),
    "RR2": gettext_lazy("Response rate 2, with partial answers"),
    "COOP1": gettext_lazy("Cooperation rate 1, of those reached"),
    "REF1": gettext_lazy("Refusal rate 1"),
    "CON1": gettext_lazy("Contact rate 1"),
}


@dataclass(frozen=True)
class RateLine:
    """One rate with its full name and its percentage in words."""

    rate: Rate
    name: str
    percent: str


@dataclass(frozen=True)
class LetterLine:
    """What a letter of the formulas stands for, and how many agencies it counts."""

    letter: str
    meaning: str
    number: int


def progress_sentence(course: Progress, seen: Overview) -> str:
    """The title of the chart: how it compares with the last round, and where it leads."""
    words = {"than": _compared(course, seen), "end": _ahead(course)}
    return _("%(than)s, %(end)s") % words if words["end"] else words["than"]


def forecast_note(course: Progress) -> str:
    """How sure the forecast is, and what it rests on; empty without one."""
    seen = course.forecast
    if seen is None:
        return ""
    low, high = seen.rates
    words = {"low": _percent(low), "high": _percent(high)}
    if seen.from_earlier:
        return (
            _(
                "95%% interval %(low)s to %(high)s, from the odds ratio to earlier rounds on the same day."
            )
            % words
        )
    return (
        _(
            "95%% interval %(low)s to %(high)s, from a logistic curve through this round's own days; rough."
        )
        % words
    )


def dispositions(seen: Overview, not_eligible: int) -> Dispositions:
    """The agencies of the round by AAPOR's dispositions."""
    counts = seen.counts
    return Dispositions(
        complete=counts.submitted,
        partial=counts.awaiting + counts.returned + counts.half_drafted,
        refusal=counts.refused,
        non_contact=counts.unopened,
        other=counts.not_started - counts.unopened + counts.drafting - counts.half_drafted,
        not_eligible=not_eligible,
    )


def rate_lines(found: Dispositions) -> list[RateLine]:
    """The rates, each with its formula and the numbers put in."""
    return [
        RateLine(
            rate, str(NAMES[rate.name]), "" if rate.value is None else _percent(100 * rate.value)
        )
        for rate in response_rates(found)
    ]


def letter_lines(found: Dispositions) -> list[LetterLine]:
    """What the letters stand for."""
    return [
        LetterLine(letter, str(meaning), getattr(found, name)) for letter, name, meaning in LETTERS
    ]


def _compared(course: Progress, seen: Overview) -> str:
    rate = seen.counts.rate
    if rate is None:
        return _("Nobody is asked")
    if seen.previous_rate is None:
        return _("%(rate)s have submitted") % {"rate": _percent(rate)}
    difference = rate - seen.previous_rate
    words = {"points": _number(abs(difference)), "rate": _percent(rate)}
    if course.rounds[0].status != RoundStatus.OPEN:
        return _closed(difference, words)
    if abs(difference) < SAME:
        return _("As fast as last round")
    if difference < 0:
        return _("Slower than last round by %(points)s points") % words
    return _("Faster than last round by %(points)s points") % words


def _closed(difference: float, words: dict[str, str]) -> str:
    if abs(difference) < SAME:
        return _("%(rate)s have submitted, as many as last round") % words
    if difference < 0:
        return _("%(rate)s have submitted, %(points)s points less than last round") % words
    return _("%(rate)s have submitted, %(points)s points more than last round") % words


def _ahead(course: Progress) -> str:
    if course.forecast is not None:
        day = f"{course.ends_on.day}/{course.ends_on.month}"
        words = {"rate": _percent(course.forecast.rate, 0), "day": day}
        return _("forecast %(rate)s by %(day)s") % words
    return _("not enough days yet for a forecast") if course.is_early else ""


def _number(value: float, digits: int = 1) -> str:
    return formats.number_format(round(value, digits), digits, use_l10n=True)


def _percent(value: float, digits: int = 1) -> str:
    return _("%(number)s%%") % {"number": _number(value, digits)}

"""Questions answered with a date, and how long something took."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.methods.descriptive.columns import Answers, Base, Column, Floats, tally

MOST = 40
FORMAT = "%Y-%m-%d"


class Step(StrEnum):
    """How long one bar of dates is."""

    DAY = "D"
    MONTH = "M"
    YEAR = "Y"


@dataclass(frozen=True, slots=True)
class Period:
    """A day ("2026-05-01"), a month ("2026-05") or a year ("2026") with what fell into it."""

    label: str
    n: int
    weight: float


@dataclass(frozen=True, slots=True)
class DateSummary:
    """Dates of a question; each is None where nobody gave one.

    Quartiles and median are the first day on which that share of answers (of weights) is reached,
    None where no weight is above 0.
    ``periods`` run without a gap from the first to the last, in the shortest ``step`` that makes no
    more than 40 of them; years where even months do, and however many they are.
    """

    base: Base
    first: date | None
    first_quartile: date | None
    median: date | None
    third_quartile: date | None
    last: date | None
    step: Step | None
    periods: tuple[Period, ...]

    @property
    def n(self) -> int:
        """Dates answered."""
        return self.base.answered


def date_summary(answers: Answers) -> DateSummary:
    """The distribution of a column of dates written year-month-day ("2026-05-01").

    What is no such date is unreadable; missing codes and errors as in ``single_choice``.
    """
    missing = answers.missing
    found = tally(answers, missing)
    days = _days(found.labels[len(missing) :])
    order = np.argsort(days, kind="stable")
    order = order[~np.isnat(days[order])]
    places = order + len(missing)
    base = found.base(places.tolist(), missing)
    silent = base.answered + base.blank + sum(base.missing.values())
    base = replace(base, unreadable=base.asked - silent)
    given = found.counts[places] > 0
    places, ordered = places[given], days[order][given]
    if not len(ordered):
        return DateSummary(base, None, None, None, None, None, None, ())
    counts, weights = found.counts[places], found.weights[places]
    step = _step(ordered)
    return DateSummary(
        base,
        first=_date(ordered[0]),
        first_quartile=_reached(ordered, weights, 0.25),
        median=_reached(ordered, weights, 0.5),
        third_quartile=_reached(ordered, weights, 0.75),
        last=_date(ordered[-1]),
        step=step,
        periods=_periods(ordered, counts, weights, step),
    )


def seconds_between(started: Column, ended: Column) -> Floats:
    """How long something took, in seconds, shape (rows,); for ``number_summary``.

    Both are columns of moments, of one zone or with their zones in them. NaN where one is absent or
    unreadable, and where the end lies before the start.
    """
    first = pd.to_datetime(pd.Series(started), errors="coerce", utc=True, format="ISO8601")
    last = pd.to_datetime(pd.Series(ended), errors="coerce", utc=True, format="ISO8601")
    took = (last.array - first.array).total_seconds()
    seconds = np.asarray(took, dtype=np.float64)
    return np.where(seconds >= 0, seconds, np.nan)


def _days(texts: tuple[str, ...]) -> npt.NDArray[np.datetime64]:
    if not texts:
        return np.array([], dtype="datetime64[D]")
    read = pd.to_datetime(pd.Series(texts, dtype=object), format=FORMAT, errors="coerce")
    return read.to_numpy().astype("datetime64[D]")


def _reached(days: npt.NDArray[np.datetime64], weights: Floats, at: float) -> date | None:
    sums = np.cumsum(weights)
    if sums[-1] <= 0:
        return None
    place = int(np.searchsorted(sums, at * sums[-1] * (1 - 1e-12)))
    return _date(days[min(place, len(days) - 1)])


def _step(days: npt.NDArray[np.datetime64]) -> Step:
    for step in (Step.DAY, Step.MONTH):
        first, last = (day.astype(f"datetime64[{step}]").astype(int) for day in (days[0], days[-1]))
        if last - first < MOST:
            return step
    return Step.YEAR


def _periods(
    days: npt.NDArray[np.datetime64], counts: npt.NDArray[np.int64], weights: Floats, step: Step
) -> tuple[Period, ...]:
    periods = days.astype(f"datetime64[{step}]")
    places = (periods - periods[0]).astype(np.intp)
    size = int(places[-1]) + 1
    n, heavy = np.bincount(places, counts, size), np.bincount(places, weights, size)
    return tuple(
        Period(str(periods[0] + place), int(n[place]), float(heavy[place])) for place in range(size)
    )


def _date(day: np.datetime64) -> date:
    return date.fromisoformat(str(day))

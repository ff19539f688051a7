"""From a campaign's plan to the dates of its rounds: plain calculation, without a database or clock."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import Final

from django.utils.translation import gettext_lazy as _

from surveys.campaigns.enums import Period
from surveys.campaigns.periods import period_in_english, period_name
from surveys.campaigns.recurrence import RuleInvalid, days_of
from surveys.common.errors import DomainError

MONTHS: Final = {
    Period.MONTHLY: 1,
    Period.QUARTERLY: 3,
    Period.HALF_YEARLY: 6,
    Period.YEARLY: 12,
}
SHORTEST_MONTH: Final = 28
MOST_DAYS: Final = 366
LAST_CUTOFF: Final = date(2199, 12, 31)

__all__ = [
    "Plan",
    "PlanImpossible",
    "PlannedRound",
    "RuleInvalid",
    "dated",
    "planned_rounds",
]


class PlanImpossible(DomainError):
    """A plan whose numbers make no round."""

    code = "plan_impossible"
    message = _(
        "A round opens at most 366 days before or after the cut-off, is answered for 1 to 366 days "
        "and has at most 366 days of grace."
    )
    status = 422


@dataclass(frozen=True, slots=True)
class Plan:
    """When a campaign asks.

    Data are cut off on ``first_cutoff`` and then once a ``period``; where the period is the
    campaign's own, on the days that ``rrule`` names from then on. A first cut-off on the last day of a
    month means the last days of months. A round opens ``opens_after_days`` after its cut-off (before
    it, if negative), can be answered on ``answer_days`` days, and ``grace_days`` more in grace.
    """

    period: Period
    first_cutoff: date
    rrule: str = ""
    opens_after_days: int = 1
    answer_days: int = 30
    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """The dates of one round; every day is included. ``period`` is its Vietnamese name."""

    reference_date: date
    opens_on: date
    last_day: date
    end_of_grace: date
    period: str

    @property
    def periods(self) -> dict[str, str]:
        """The period's name by language."""
        return {"vi": self.period, "en": period_in_english(self.period)}


def dated(plan: Plan) -> Iterator[PlannedRound]:
    """The rounds of the plan from the first on, without end where the plan has none.

    Raises PlanImpossible at once, RuleInvalid at once or where too many days come within a year.
    """
    if abs(plan.opens_after_days) > MOST_DAYS or not 1 <= plan.answer_days <= MOST_DAYS:
        raise PlanImpossible
    if not 0 <= plan.grace_days <= MOST_DAYS:
        raise PlanImpossible
    cutoffs = takewhile(lambda day: day <= LAST_CUTOFF, _cutoffs(plan))
    return (_round(plan, cutoff) for cutoff in cutoffs)


def planned_rounds(
    plan: Plan, *, due_from: date, opening_to: date | None = None, most: int | None = None
) -> list[PlannedRound]:
    """The rounds whose last day is not before ``due_from`` and that open by ``opening_to``; the first
    ``most`` of them. Without ``opening_to``, ``most`` is needed. Raises PlanImpossible or RuleInvalid.
    """
    assert opening_to is not None or most is not None, "a plan may have no end"
    rounds: Iterator[PlannedRound] = dated(plan)
    if opening_to is not None:
        rounds = takewhile(lambda each: each.opens_on <= opening_to, rounds)
    return list(islice((each for each in rounds if each.last_day >= due_from), most))


def _cutoffs(plan: Plan) -> Iterator[date]:
    if plan.period == Period.ONCE:
        return iter([plan.first_cutoff])
    if plan.period == Period.CUSTOM:
        return days_of(plan.rrule.strip(), plan.first_cutoff)
    return days_of(_monthly(plan.first_cutoff, MONTHS[plan.period]), plan.first_cutoff)


def _monthly(first: date, months: int) -> str:
    """The rule for a day of the month that shorter months may lack: then it is their last one."""
    rule = f"FREQ=MONTHLY;INTERVAL={months}"
    if first.day == monthrange(first.year, first.month)[1]:
        return f"{rule};BYMONTHDAY=-1"
    if first.day <= SHORTEST_MONTH:
        return f"{rule};BYMONTHDAY={first.day}"
    days = ",".join(str(day) for day in range(SHORTEST_MONTH, first.day + 1))
    return f"{rule};BYMONTHDAY={days};BYSETPOS=-1"


def _round(plan: Plan, cutoff: date) -> PlannedRound:
    opens_on = cutoff + timedelta(days=plan.opens_after_days)
    last_day = opens_on + timedelta(days=plan.answer_days - 1)
    return PlannedRound(
        reference_date=cutoff,
        opens_on=opens_on,
        last_day=last_day,
        end_of_grace=last_day + timedelta(days=plan.grace_days),
        period=period_name(plan.period, cutoff),
    )

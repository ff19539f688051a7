"""From a plan to the dates of its rounds."""

from datetime import date, timedelta
from itertools import islice

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from surveys.campaigns.enums import Period
from surveys.campaigns.periods import period_in_english, period_name
from surveys.campaigns.planning import Plan, PlanImpossible, dated, planned_rounds
from surveys.campaigns.recurrence import MOST_A_YEAR, RuleInvalid, days_of

DAYS = st.dates(date(2000, 1, 1), date(2150, 12, 31))


def cutoffs(period, first, number, rrule=""):
    plan = Plan(Period(period), first, rrule=rrule)
    return [each.reference_date for each in islice(dated(plan), number)]


@pytest.mark.parametrize(
    ("period", "first", "expected"),
    [
        ("monthly", date(2026, 1, 31), [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]),
        ("monthly", date(2024, 1, 30), [date(2024, 1, 30), date(2024, 2, 29), date(2024, 3, 30)]),
        ("monthly", date(2026, 1, 29), [date(2026, 1, 29), date(2026, 2, 28), date(2026, 3, 29)]),
        ("monthly", date(2026, 12, 14), [date(2026, 12, 14), date(2027, 1, 14), date(2027, 2, 14)]),
        (
            "quarterly",
            date(2026, 6, 30),
            [date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)],
        ),
        ("half_yearly", date(2026, 6, 30), [date(2026, 6, 30), date(2026, 12, 31)]),
        ("yearly", date(2024, 2, 29), [date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28)]),
        ("once", date(2026, 5, 4), [date(2026, 5, 4)]),
    ],
)
def test_the_days_of_a_period_are_right(period, first, expected):
    assert cutoffs(period, first, 3)[: len(expected)] == expected


def test_a_single_survey_has_one_round():
    assert len(cutoffs("once", date(2026, 5, 4), 3)) == 1


def test_a_round_opens_is_due_and_ends_by_the_plan():
    plan = Plan(Period.QUARTERLY, date(2026, 3, 31), answer_days=20, grace_days=5)

    first = next(dated(plan))

    assert (first.opens_on, first.last_day, first.end_of_grace) == (
        date(2026, 4, 1),
        date(2026, 4, 20),
        date(2026, 4, 25),
    )
    assert first.periods == {"vi": "Quý I/2026", "en": "Quarter I 2026"}


def test_a_round_can_open_before_its_cut_off():
    plan = Plan(Period.YEARLY, date(2026, 12, 31), opens_after_days=-30)

    assert next(dated(plan)).opens_on == date(2026, 12, 1)


def test_rounds_that_are_over_are_left_out():
    plan = Plan(Period.QUARTERLY, date(2025, 3, 31), answer_days=30)

    wanted = planned_rounds(plan, due_from=date(2026, 1, 31), opening_to=date(2026, 7, 1))

    assert [each.period for each in wanted] == ["Quý I/2026", "Quý II/2026"]


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_after_days": 367},
        {"opens_after_days": -367},
        {"answer_days": 0},
        {"answer_days": 367},
        {"grace_days": -1},
        {"grace_days": 367},
    ],
)
def test_an_impossible_plan_is_refused(changes):
    with pytest.raises(PlanImpossible):
        dated(Plan(Period.ONCE, date(2026, 1, 1), **changes))


@given(first=DAYS, period=st.sampled_from(["monthly", "quarterly", "half_yearly", "yearly"]))
def test_a_period_has_one_cut_off_and_keeps_its_day_or_the_months_last(first, period):
    step = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}[period]
    at_end = (first + timedelta(days=1)).day == 1

    for number, day in enumerate(cutoffs(period, first, 14)):
        later = first + relativedelta(months=step * number)
        expected = later + relativedelta(day=31) if at_end else later
        assert day == expected


@given(
    first=DAYS,
    after=st.integers(-366, 366),
    answered=st.integers(1, 366),
    grace=st.integers(0, 366),
)
def test_the_dates_of_a_round_are_in_order(first, after, answered, grace):
    plan = Plan(Period.MONTHLY, first, "", after, answered, grace)

    for each in islice(dated(plan), 5):
        assert each.opens_on - each.reference_date == timedelta(days=after)
        assert each.opens_on <= each.last_day <= each.end_of_grace
        assert (each.last_day - each.opens_on).days + 1 == answered


@pytest.mark.parametrize(
    ("period", "day", "vietnamese", "english"),
    [
        (Period.MONTHLY, date(2026, 3, 31), "Tháng 3/2026", "March 2026"),
        (Period.MONTHLY, date(2026, 12, 14), "Tháng 12/2026", "December 2026"),
        (Period.QUARTERLY, date(2026, 3, 31), "Quý I/2026", "Quarter I 2026"),
        (Period.QUARTERLY, date(2026, 12, 31), "Quý IV/2026", "Quarter IV 2026"),
        (Period.HALF_YEARLY, date(2026, 6, 30), "6 tháng đầu năm 2026", "First half of 2026"),
        (Period.HALF_YEARLY, date(2026, 12, 31), "6 tháng cuối năm 2026", "Second half of 2026"),
        (Period.YEARLY, date(2026, 12, 31), "Năm 2026", "Year 2026"),
        (Period.ONCE, date(2026, 5, 4), "Ngày 4/5/2026", "4 May 2026"),
        (Period.CUSTOM, date(2026, 5, 4), "Ngày 4/5/2026", "4 May 2026"),
    ],
)
def test_a_period_has_its_name_in_both_languages(period, day, vietnamese, english):
    assert period_name(period, day) == vietnamese
    assert period_in_english(vietnamese) == english


@pytest.mark.parametrize("name", ["Kỳ thử", "Tháng 13/2026", "2026", ""])
def test_a_name_of_ones_own_stays(name):
    assert period_in_english(name) == name


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=-1", [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]),
        ("RRULE:FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", [date(2026, 6, 15), date(2026, 12, 15)]),
        ("freq=weekly;byday=fr", [date(2026, 1, 16), date(2026, 1, 23)]),
        ("FREQ=MONTHLY;BYDAY=-1FR", [date(2026, 1, 30), date(2026, 2, 27)]),
        ("FREQ=DAILY;INTERVAL=10;COUNT=2", [date(2026, 1, 10), date(2026, 1, 20)]),
        ("FREQ=WEEKLY;UNTIL=20260117", [date(2026, 1, 10), date(2026, 1, 17)]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_a_rule_names_its_days(rule, expected):
    assert list(islice(days_of(rule, date(2026, 1, 10)), 3))[: len(expected) or 1] == expected


@pytest.mark.parametrize(
    ("rule", "part", "place"),
    [
        ("", "", 1),
        ("every month", "every month", 1),
        ("INTERVAL=2", "INTERVAL=2", 1),
        ("FREQ=SECONDLY", "FREQ=SECONDLY", 1),
        ("FREQ=HOURLY;INTERVAL=24", "FREQ=HOURLY", 1),
        ("FREQ=MONTHLY;COUNT=1000000000", "COUNT=1000000000", 14),
        ("FREQ=MONTHLY;COUNT=0", "COUNT=0", 14),
        ("FREQ=MONTHLY;INTERVAL=-1", "INTERVAL=-1", 14),
        ("FREQ=MONTHLY;INTERVAL=\u0661", "INTERVAL=\u0661", 14),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH=13", 13),
        ("FREQ=YEARLY;BYMONTH=0", "BYMONTH=0", 13),
        ("FREQ=MONTHLY;BYMONTHDAY=1,32", "BYMONTHDAY=1,32", 14),
        ("FREQ=YEARLY;BYHOUR=1", "BYHOUR=1", 13),
        ("FREQ=YEARLY;BYEASTER=0", "BYEASTER=0", 13),
        ("FREQ=YEARLY;BYDAY=XX", "BYDAY=XX", 13),
        ("FREQ=YEARLY;UNTIL=tomorrow", "UNTIL=tomorrow", 13),
        ("FREQ=YEARLY;COUNT=2;UNTIL=20300101", "UNTIL=20300101", 21),
        ("FREQ=YEARLY;FREQ=DAILY", "FREQ=DAILY", 13),
        ("FREQ=YEARLY,DAILY", "FREQ=YEARLY,DAILY", 1),
        ("FREQ=WEEKLY;WKST=TU", "WKST=TU", 13),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "BYMONTH=2", 12),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "BYDAY=TU", 23),
        ("FREQ=WEEKLY;BYDAY=1FR", "BYDAY=1FR", 13),
        ("RRULE:FREQ=YEARLY;X=1", "X=1", 19),
        ("FREQ=YEARLY\nEXDATE:20260101", "FREQ=YEARLY\nEXDATE:20260101", 1),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_with_its_place(rule, part, place):
    with pytest.raises(RuleInvalid) as refusal:
        days_of(rule, date(2026, 1, 10))

    assert (refusal.value.details["part"], refusal.value.details["place"]) == (part, place)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;COUNT=1000",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=YEARLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA,SU",
    ],
)
def test_more_than_a_hundred_days_a_year_are_refused(rule):
    with pytest.raises(RuleInvalid):
        list(islice(days_of(rule, date(2026, 12, 31)), 200))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYSETPOS=366;BYMONTHDAY=1",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    ],
)
def test_a_rule_that_names_no_day_ends(rule):
    assert list(days_of(rule, date(2026, 1, 10))) == []


@given(st.text(max_size=60) | st.from_regex(r"FREQ=[A-Z]{5,7}(;[A-Z]{4,9}=[-+0-9A-Z,]{1,8}){0,3}"))
def test_whatever_is_typed_gives_days_in_order_or_a_refusal(text):
    try:
        days = list(islice(days_of(text, date(2026, 1, 10)), MOST_A_YEAR * 2))
    except RuleInvalid:
        return

    assert days == sorted(set(days))

"""What each function and operator gives at its edges, one table each."""

from dataclasses import replace
from typing import Any

import pytest

from surveys.engine import ExpressionError
from tests.surveys.engine.factories import CONTEXT, evaluate, form, state, text

Rows = list[tuple[str, Any]]

ARITHMETIC: Rows = [
    ("5 mod 2", "1"),
    ("-5 mod -2", "-1"),
    ("5.5 mod 2", "1.5"),
    ("7 div 2", "3.5"),
    ("'6' * '7'", "42"),
    ("7 - 9", "-2"),
    ("1 + ${word}", None),
    ("${word} * 2", None),
    ("2 * ${word}", None),
    ("1 - ${word}", None),
    ("2 div ${blank}", None),
    ("2 mod ${blank}", None),
    ("${blank} div 2", None),
    ("${blank} mod 2", None),
]
COMPARISON: Rows = [
    ("1 <= 1", True),
    ("1 >= 1", True),
    ("1 > 1", False),
    ("1 < 1", False),
    ("true() > false()", True),
    ("'a' > 1", False),
    ("false() = 0", True),
    ("0 = false()", True),
    ("2 = true()", False),
    ("${yes} = 'true'", True),
    ("${yes} = ${word}", False),
    ("${yes} = ${five}", False),
    ("'5.0' = 5", True),
    ("5 = '5.0'", True),
    ("3 = 'x'", False),
    ("${five} = '5.0'", False),
    ("${many} = 'a b 1'", True),
    ("${many} = 'a'", False),
    ("'12:00' = '12:00:00'", False),
]
DAYS: Rows = [
    ("5 + date('2024-05-06')", "2024-05-11"),
    ("date('2024-05-06') - 1.9", "2024-05-05"),
    ("date('2024-05-06') + ${blank}", None),
    ("date('2024-05-06') - ${blank}", None),
    ("${blank} - date('2024-05-06')", None),
    ("date-time('2024-05-06T12:00') - date('2024-05-05')", "1.5"),
    ("date('2024-05-06') - date-time('2024-05-05T12:00')", "0.5"),
    ("date-time('2024-05-06T12:00') + 0.25", "2024-05-06T18:00"),
    ("date-time('2024-05-06T12:00') - 0.5", "2024-05-06T00:00"),
    ("date('2024-05-06') = '2024-05-06'", True),
    ("'2024-05-06' = date('2024-05-06')", True),
    ("date('2024-05-06') = 19849", True),
    ("date('2024-05-06') < '2024-05-07'", True),
    ("'2024-05-05' < date('2024-05-06')", True),
    ("date('2024-05-06') > 19000", True),
    ("19000 < date('2024-05-06')", True),
    ("date-time('2024-05-06T12:00') > date('2024-05-06')", True),
    ("date-time('2024-05-06T12:00') > '2024-05-06'", True),
    ("${word} < date('2024-05-06')", False),
    ("date('2024-5-6')", "2024-05-06"),
    ("date('  2024-05-06 ')", "2024-05-06"),
    ("date('2024-05-06T23:00')", "2024-05-06"),
    ("date('2024-05-06T23:00Z')", "2024-05-07"),
    ("date(-1)", "1969-12-31"),
    ("date(0)", "1970-01-01"),
    ("add-months('2024-03-31', 9)", "2024-12-31"),
    ("add-months('2024-03-31', 10)", "2025-01-31"),
    ("add-months('2024-03-31', -3)", "2023-12-31"),
    ("add-months('2024-03-31', 1.9)", "2024-04-30"),
    ("add-months('2024-03-31', ${blank})", None),
    ("add-months('0001-02-28', -1)", "0001-01-28"),
    ("add-months('0001-01-31', -1)", None),
    ("add-months('9999-11-30', 1)", "9999-12-30"),
    ("add-months('9999-12-31', 1)", None),
    ("end-of-month('2024-02-03')", "2024-02-29"),
    ("end-of-month('2024-12-03')", "2024-12-31"),
    ("end-of-month(${blank})", None),
]
MOMENTS: Rows = [
    ("date-time(date('2024-05-06'))", "2024-05-06T00:00"),
    ("date-time(19849.5)", "2024-05-06T12:00"),
    ("date-time(1)", "1970-01-02T00:00"),
    ("date-time(${blank})", None),
    ("date-time('2024-05-06 12:00:01')", "2024-05-06T12:00:01"),
    ("date-time('2024-05-06T12:00:01.25')", "2024-05-06T12:00:01.250"),
    ("date-time('2024-05-06T12:00:00.1234567')", "2024-05-06T12:00:00.123"),
    ("date-time('2024-05-06T00:00+09:00')", "2024-05-05T22:00"),
    ("date-time('2024-05-06T00:00+14:00')", "2024-05-05T17:00"),
    ("date-time('2024-05-06T00:00-0130')", "2024-05-06T08:30"),
    ("date-time('2024-05-06T00:00-01')", "2024-05-06T08:00"),
    ("date-time('2024-05-06T00:00-00:59')", "2024-05-06T07:59"),
    ("decimal-date-time(date('1970-01-03'))", "2"),
    ("decimal-date-time(${blank})", None),
    ("decimal-time(date-time('2024-05-06T18:00'))", "0.75"),
    ("decimal-time('12:00:43.2')", "0.5005"),
    ("decimal-time('01:00+08:00')", "0"),
    ("decimal-time(${word})", None),
    ("decimal-time('24:00')", None),
    ("decimal-time(${blank})", None),
    ("format-date('2024-01-05', '%b %a')", "Th1 T6"),
    ("format-date('2024-12-29', '%b %a')", "Th12 CN"),
    ("format-date('2005-01-05', '%y %% %Q')", "05 % %Q"),
    ("format-date-time('2024-05-06T07:08:09.012', '%h:%M:%S.%3')", "7:08:09.012"),
    ("format-date(${blank}, '%Y')", None),
]
CONVERSIONS: Rows = [
    ("string(date('2024-05-06'))", "2024-05-06"),
    ("string(now())", "2026-11-05T09:30"),
    ("string(false())", "false"),
    ("string(${many})", "a b 1"),
    ("number(true())", "1"),
    ("number(${many})", None),
    ("number(date-time('1970-01-02T12:00'))", "1.5"),
    ("number('.5')", "0.5"),
    ("number('5.')", "5"),
    ("number('-.5')", "-0.5"),
    ("number('+5')", None),
    ("number('٣')", None),
    ("concat('a', '\u0301')", "á"),
    ("boolean('x')", True),
    ("boolean(0)", False),
    ("boolean(2)", True),
    ("boolean(${blank})", False),
    ("boolean(today())", True),
    ("boolean-from-string('1')", True),
    ("boolean-from-string('TRUE')", False),
    ("boolean-from-string('yes')", False),
    ("boolean-from-string(${blank})", False),
]
NUMBERS: Rows = [
    ("abs(-2)", "2"),
    ("abs(2.5)", "2.5"),
    ("abs(${blank})", None),
    ("sqrt(16)", "4"),
    ("sqrt(-1)", None),
    ("exp(0)", "1"),
    ("exp(1)", "2.718281828459045235360287471"),
    ("log(1)", "0"),
    ("log(-1)", None),
    ("log(0)", None),
    ("log10(1000)", "3"),
    ("log10(0)", None),
    ("pow(2, 10)", "1024"),
    ("pow(2, -1)", "0.5"),
    ("pow(0, 0)", "1"),
    ("pow(0, 2)", "0"),
    ("pow(0, -1)", None),
    ("pow(-8, 3)", "-512"),
    ("pow(-8, 0.5)", None),
    ("ceiling(-3.9)", "-3"),
    ("floor(3.9)", "3"),
    ("int(3.9)", "3"),
    ("round(0.5)", "1"),
    ("round(14, -1)", "10"),
    ("round(15, -1)", "20"),
    ("round(5, -2)", "0"),
    ("round(1.25, 1.9)", "1.3"),
    ("round(1.234, ${blank})", None),
    ("mean(${staff}, 2)", "3"),
    ("mean(${word})", None),
    ("min(${blank})", None),
    ("min(3, ${staff}, 'x')", "-3"),
    ("min('2', 10)", "2"),
    ("max(true(), 0)", "1"),
]
TEXTS: Rows = [
    ("substr('hello', 1)", "ello"),
    ("substr('hello', -3, -1)", "ll"),
    ("substr('hello', 1.9, 3.9)", "el"),
    ("substr(${blank}, 0)", None),
    ("substring('12345', 0, 3)", "12"),
    ("substring('12345', 2)", "2345"),
    ("substring('12345', 1.5)", "2345"),
    ("substring('12345', 2.5)", "345"),
    ("substring('12345', 1, 2.5)", "123"),
    ("substring('12345', 0)", "12345"),
    ("substring('12345', -42, 44)", "1"),
    ("substring('12345', -42, 43)", None),
    ("substring('12345', 2, 0)", None),
    ("substring('12345', 2, -1)", None),
    ("substring-before('abc', 'x')", None),
    ("substring-before('abc', '')", None),
    ("substring-after('abc', 'x')", None),
    ("substring-after('abc', '')", "abc"),
    ("translate('aba', 'aa', 'xy')", "xbx"),
    ("translate('bar', 'abc', 'ABC')", "BAr"),
    ("string-length(12.50)", "4"),
    ("normalize-space('\u00a0a')", "\u00a0a"),
    ("normalize-space(' XaX ')", "XaX"),
    ("normalize-space(' a  b   c ')", "a b c"),
    ("contains('abc', 'd')", False),
    ("contains('abc', '')", True),
    ("starts-with('abc', 'b')", False),
    ("ends-with('abc', 'b')", False),
    ("join('-', 'a', ${many}, 1)", "a-a b 1-1"),
    ("concat(${blank}, ${blank})", None),
]
CHOSEN: Rows = [
    ("selected('a b', 'b')", True),
    ("selected('ab', 'a')", False),
    ("selected(${many}, ' a ')", True),
    ("selected-at('a b c', 1.9)", "b"),
    ("selected-at('a b c', 2)", "c"),
    ("selected-at('a b c', 3)", None),
    ("checklist(1, 2, true(), false())", True),
    ("checklist(2, -1, true(), false())", False),
    ("checklist(-1, 1, true(), true())", False),
    ("checklist(-1, 2, 1, 'a', 0)", True),
    ("checklist(2, 2, true(), true(), ${blank})", True),
    ("checklist(1, 1, true(), true())", False),
    ("checklist(0, 0, false())", True),
    ("checklist(1, 0, true())", False),
]
TABLES = [ARITHMETIC, COMPARISON, DAYS, MOMENTS, CONVERSIONS, NUMBERS, TEXTS, CHOSEN]
ANSWERS: dict[str, Any] = {
    "blank": None,
    "five": "5",
    "many": ["a", "b", "1"],
    "staff": [10, None, -3],
    "word": "no date",
    "yes": True,
}


@pytest.mark.parametrize(("expression", "expected"), [row for table in TABLES for row in table])
def test_an_expression_has_its_value(expression: str, expected: object):
    value = evaluate(expression, **ANSWERS)

    assert (value, type(value)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("date-time('2024-05-06T00:00+15:00')", "time_impossible"),
        ("date-time('2024-05-06T00:00+01:60')", "time_impossible"),
        ("date-time('2024-05-06T25:00')", "time_impossible"),
        ("date-time('2024-05-06T12:60')", "time_impossible"),
        ("date-time('2024-05-06Tx')", "date_impossible"),
        ("date-time('0001-01-01T00:00+14:00')", "date_impossible"),
        ("date('2023-02-29')", "date_impossible"),
        ("date('2024-13-01')", "date_impossible"),
        ("date('24-01-01')", "date_impossible"),
    ],
)
def test_a_day_or_time_that_does_not_exist_is_refused(expression: str, code: str):
    with pytest.raises(ExpressionError) as refusal:
        evaluate(expression)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("language", "months", "days"),
    [
        (
            "vi",
            "Th1 Th2 Th3 Th4 Th5 Th6 Th7 Th8 Th9 Th10 Th11 Th12",
            "T2 T3 T4 T5 T6 T7 CN",
        ),
        (
            "en",
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            "Mon Tue Wed Thu Fri Sat Sun",
        ),
    ],
)
def test_every_month_and_every_day_has_its_short_name(language: str, months: str, days: str):
    read = state(form(text("a")), context=replace(CONTEXT, language=language))
    first = [f"format-date('2024-{month:02d}-01', '%b')" for month in range(1, 13)]
    week = [f"format-date('2024-01-{day:02d}', '%a')" for day in range(1, 8)]

    assert [read.evaluate(each) for each in first] == months.split()
    assert [read.evaluate(each) for each in week] == days.split()


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Th3 T4"), ("en", "Mar Wed"), ("fr", "Mar Wed")]
)
def test_names_of_days_and_months_are_in_the_readers_language(language: str, words: str):
    read = state(form(text("a")), context=replace(CONTEXT, language=language))

    assert read.evaluate("format-date('2024-03-06', '%b %a')") == words

"""The rules of the expression language, one table each, by number."""

from typing import Any

import pytest

from surveys.engine import EvaluationError, ExpressionError
from tests.surveys.engine.factories import evaluate

Rows = list[tuple[str, Any]]


def check(expression: str, expected: object, **answers: Any) -> None:
    assert evaluate(expression, blank=None, **answers) == expected


RULE_1: Rows = [
    ("${blank}", None),
    ("${blank} = 0", False),
    ("${blank} = false()", False),
    ("string-length(${blank})", "0"),
]
RULE_2: Rows = [
    ("${blank} + 1", None),
    ("1 - ${blank}", None),
    ("${blank} * 0", None),
    ("1 div 0", None),
    ("1 mod 0", None),
    ("'abc' + 1", None),
    ("'2' + 1", "3"),
    ("5 mod -2", "1"),
    ("-5 mod 2", "-1"),
    ("-${blank}", None),
    ("--5", "5"),
    ("true() + 1", "2"),
]
RULE_3: Rows = [
    ("${blank} < 1", False),
    ("${blank} >= 0", False),
    ("'10' > 9", True),
    ("'10' > '9'", True),
    ("'abc' < 'abd'", False),
    ("'abc' >= 'abc'", False),
    ("true() > 0", True),
    ("true() >= '1'", True),
    ("1 < 2 < 2", True),
]
RULE_4: Rows = [
    ("${blank} = ''", True),
    ("${blank} = ${blank}", True),
    ("${blank} != ''", False),
    ("${blank} = 'x'", False),
    ("${blank} != 5", True),
    ("5 = 5.0", True),
    ("'5' = 5", True),
    ("'a' = 'a '", False),
    ("'5' = '5.0'", False),
    ("false() = ''", False),
]
RULE_5: Rows = [
    ("not(${blank})", True),
    ("not(0)", True),
    ("not('0')", False),
    ("boolean('false ')", True),
    ("true() = 1", True),
    ("true() = 17", False),
    ("true() = 'true'", True),
    ("false() != 'false'", False),
    ("if(true(), 1, 'a')", "1"),
    ("coalesce('', 5)", "5"),
    ("1 and 'x'", True),
    ("0 or ''", False),
]
RULE_6: Rows = [
    ("0.1 + 0.2 = 0.3", True),
    ("0.1 + 0.2", "0.3"),
    ("3000000000 * 1", "3000000000"),
    ("1 div 10000000", "0.0000001"),
    ("1 div 3", "0.3333333333333333333333333333"),
    ("string(2.50)", "2.5"),
    ("0 * -1", "0"),
    ("int(-3.9)", "-3"),
    ("floor(-3.1)", "-4"),
    ("ceiling(3.1)", "4"),
    ("number('1,5')", None),
    ("number('1e3')", None),
    ("number('  12 ')", "12"),
    ("pow(10, 400)", None),
]
RULE_7: Rows = [
    ("round(2.5)", "3"),
    ("round(-2.5)", "-3"),
    ("round(-1.5)", "-2"),
    ("round(-12345.15, 1)", "-12345.2"),
    ("round(1250, -2)", "1300"),
    ("round(1.005, 2)", "1.01"),
    ("round(${blank})", None),
    ("round(7, 3)", "7"),
]
RULE_8: Rows = [
    ("sum(${staff})", "7"),
    ("min(${staff})", "-3"),
    ("max(${staff})", "10"),
    ("mean(${staff})", "3.5"),
    ("sum(${nothing})", "0"),
    ("max(${nothing})", None),
    ("mean(${nothing})", None),
    ("count(${staff})", "3"),
    ("count-non-empty(${staff})", "2"),
    ("max(1, ${blank}, 3)", "3"),
]
RULE_9: Rows = [
    ("if(${blank}, 1, 2)", "2"),
    ("if(true(), 'kept', date(${text}))", "kept"),
    ("false() and date(${text}) = ''", False),
    ("true() or date(${text}) = ''", True),
    ("coalesce(${blank}, '', 4, date(${text}))", "4"),
    ("coalesce(1 div 0, 0)", "0"),
]
RULE_10: Rows = [
    ("selected(${many}, 'a')", True),
    ("selected(${many}, 'a b')", False),
    ("selected(${blank}, '')", False),
    ("selected(${many}, 1)", True),
    ("selected-at(${many}, 0)", "a"),
    ("selected-at(${many}, -1)", None),
    ("selected-at(${many}, 9)", None),
    ("count-selected(${blank})", "0"),
    ("count-selected('a  b')", "2"),
    ("count-selected(${many})", "3"),
]
RULE_11: Rows = [
    ("regex('abc123', '[0-9]+')", False),
    ("regex('123', '[0-9]+')", True),
    ("regex('Đắk', '.{3}')", True),
    ("regex(${blank}, '')", True),
]
RULE_12: Rows = [
    ("date('2024-02-29') + 1", "2024-03-01"),
    ("date('2024-03-01') - date('2024-02-01')", "29"),
    ("number(date('1970-01-02'))", "1"),
    ("date(1.9)", "1970-01-02"),
    ("date('')", None),
    ("date(date('2024-05-06'))", "2024-05-06"),
    ("date('2024-05-06') = date-time('2024-05-06T00:00')", True),
    ("date-time('2024-05-06T00:00:00Z')", "2024-05-06T07:00"),
    ("decimal-date-time('1970-01-02T12:00')", "1.5"),
    ("decimal-time('06:00')", "0.25"),
    ("today()", "2026-11-05"),
    ("now()", "2026-11-05T09:30"),
    ("today() > '2026-01-01'", True),
    ("add-months('2024-01-31', 1)", "2024-02-29"),
    ("add-months('2024-01-31', -2)", "2023-11-30"),
    ("end-of-month('2023-02-03')", "2023-02-28"),
    ("format-date('2024-05-06', '%d/%m/%Y')", "06/05/2024"),
    ("format-date('2024-05-06', '%e/%n/%y')", "6/5/24"),
    ("format-date-time('2024-05-06T07:08:09', '%H:%M:%S')", "07:08:09"),
    ("date(999999999999)", None),
    ("'nonsense' = date('2024-02-01')", False),
    ("'nonsense' != date('2024-02-01')", True),
    ("date('2024-02-01') > 'nonsense'", False),
]
RULE_13: Rows = [
    ("string-length('Đắk Lắk')", "7"),
    ("string-length('a\u0301')", "1"),
    ("'\u00e1' = 'a\u0301'", True),
    ("substr('hello', 1, 3)", "el"),
    ("substr('hello', -2)", "lo"),
    ("substring('12345', 2, 3)", "234"),
    ("substring('12345', 1.5, 2.6)", "234"),
    ("substring-before('a-b-c', '-')", "a"),
    ("substring-after('a-b-c', '-')", "b-c"),
    ("translate('hello', 'lo', 'L')", "heLL"),
    ("translate('hello', '', 'L')", "hello"),
    ("normalize-space('  a \t b ')", "a b"),
    ("concat('a', 1, true())", "a1true"),
    ("join(', ', ${staff})", "10, , -3"),
    ("contains('abc', 'b') and starts-with('abc', 'a') and ends-with('abc', 'c')", True),
]
RULE_14: Rows = [
    ("indexed-repeat(${size}, ${team}, 2)", "4"),
    ("indexed-repeat(${size}, ${team}, 0)", None),
    ("indexed-repeat(${size}, ${team}, 3)", None),
    ("indexed-repeat(${size}, ${team}, ${blank})", None),
    ("count(${team})", "2"),
    ("sum(${size})", "7"),
]
TABLES = {
    1: RULE_1,
    2: RULE_2,
    3: RULE_3,
    4: RULE_4,
    5: RULE_5,
    6: RULE_6,
    7: RULE_7,
    8: RULE_8,
    9: RULE_9,
    10: RULE_10,
    11: RULE_11,
    12: RULE_12,
    13: RULE_13,
    14: RULE_14,
}
CASES = [
    pytest.param(expression, expected, id=f"{rule}: {expression}")
    for rule, rows in TABLES.items()
    for expression, expected in rows
]
ANSWERS: dict[str, Any] = {
    "staff": [10, None, -3],
    "nothing": [None, None],
    "text": "no date",
    "many": ["a", "b", "1"],
    "team": [{"_id": "x", "size": 3}, {"_id": "y", "size": 4}],
}


@pytest.mark.parametrize(("expression", "expected"), CASES)
def test_an_expression_has_the_value_its_rule_gives(expression: str, expected: object):
    check(expression, expected, **ANSWERS)


REFUSED = [
    ("${staff} > 3", "sequence_for_value"),
    ("${staff} + 1", "sequence_for_value"),
    ("true() = 'yes'", "type_mismatch"),
    ("boolean('false')", "type_mismatch"),
    ("date('2024-02-30')", "date_impossible"),
    ("today() > '2024-02-30'", "date_impossible"),
    ("date('nonsense')", "date_impossible"),
    ("date(true())", "type_mismatch"),
    ("today() + today()", "type_mismatch"),
    ("today() * 2", "type_mismatch"),
    ("regex('a', '(')", "pattern_unreadable"),
    ("regex('a', '(?=a)')", "pattern_unreadable"),
    ("sum()", "arguments_wrong"),
    ("sum(1, 2)", "arguments_wrong"),
    ("count-non-empty(0)", "argument_unsuitable"),
    ("cuont(${team})", "function_unknown"),
    ("${stafff}", "reference_unknown"),
    ("${team}", "reference_unsuitable"),
    ("position(..)", "outside_repeat"),
    ("row()", "outside_table"),
    (". > 1", "dot_unknown"),
    ("name = 'x'", "expression_unreadable"),
    ("/data/staff > 1", "path_unsupported"),
    ("../staff > 1", "path_unsupported"),
    ("pulldata('none', 'a', 'b', 'c')", "table_unknown"),
    ("instance('none')/root/item[name = 'a']/label", "table_unknown"),
    ("", "expression_empty"),
]


@pytest.mark.parametrize(("expression", "code"), REFUSED)
def test_a_wrong_expression_is_refused_with_a_code(expression: str, code: str):
    with pytest.raises(ExpressionError) as refusal:
        evaluate(expression, **ANSWERS)

    assert refusal.value.code == code


def test_an_unknown_name_gets_the_nearest_one_as_advice():
    with pytest.raises(ExpressionError) as refusal:
        evaluate("1 + ${stafff}", **ANSWERS)

    assert refusal.value.advice == (
        "At character 5: there is no question ${stafff}. Did you mean ${staff}?"
    )


def test_an_impossible_day_that_comes_from_an_answer_is_an_error():
    with pytest.raises(EvaluationError) as refusal:
        evaluate("date(${day})", day="2024-02-30")

    assert refusal.value.code == "date_impossible"


def test_a_pattern_that_would_take_other_engines_forever_answers_at_once():
    assert evaluate("regex(${text}, '(a+)+')", text="a" * 5_000 + "b") is False


def test_a_regular_expression_from_an_answer_that_cannot_be_read_is_an_error():
    with pytest.raises(EvaluationError):
        evaluate("regex('a', ${pattern})", pattern="(")

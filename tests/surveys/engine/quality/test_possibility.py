"""Which conditions can never be true."""

from decimal import Decimal

import pytest

from surveys.engine import Kind, Question
from surveys.engine.expressions import parse
from surveys.engine.quality.possibility import Possibility
from surveys.engine.quality.sets import Interval, Numbers, Values, Words, words
from surveys.engine.quality.wording import text_of_node
from tests.surveys.engine.factories import (
    LISTS,
    calculate,
    choice_list,
    form,
    integer,
    select,
    several,
    text,
)

FORM = form(
    integer("count"),
    integer("other"),
    Question(name="share", kind=Kind.DECIMAL),
    Question(name="day", kind=Kind.DATE),
    Question(name="scale", kind=Kind.RANGE, parameters={"start": "1", "end": "5"}),
    text("title"),
    select("answer", "yes_no"),
    several("colours_seen", "colours"),
    calculate("double", "${count} * 2"),
    select("source", "yes_no", or_other=True),
    several("sources", "yes_no", or_other=True),
    Question(name="clock", kind=Kind.TIME),
    select("grade", "grades"),
    lists={**LISTS, "grades": choice_list("grades", "1", "2", "3")},
)

NEVER = [
    "false()",
    "1 = 2",
    "${count} > 5 and ${count} < 3",
    "${count} > 3 and ${count} < 4",
    "${count} > 5 and ${count} <= 5",
    "${count} = 1 and ${count} = 2",
    "${count} = '' and ${count} >= 0",
    "not(${count} = ${count})",
    "5 < ${count} and 3 > ${count}",
    "${share} >= 1 and ${share} < 1",
    "${scale} > 5",
    "${day} > date('2026-01-01') and ${day} < '2025-12-31'",
    "${title} = 'a' and ${title} = 'b'",
    "${title} = '' and ${title} != ''",
    "${answer} = 'yes' and ${answer} = 'no'",
    "${answer} = 'maybe'",
    "${answer} != 'yes' and ${answer} != 'no' and ${answer} != ''",
    "selected(${answer}, 'yes') and ${answer} = 'no'",
    "selected(${colours_seen}, 'black')",
    "selected(${colours_seen}, 'red') and not(selected(${colours_seen}, 'red'))",
    "selected(${colours_seen}, 'red') and ${colours_seen} = ''",
    "count-selected(${colours_seen}) < 0",
    "string-length(${title}) > 9 and string-length(${title}) < 5",
    "${count} < ${other} and ${other} < ${count}",
    "${count} > today() and ${count} < today()",
    "(${count} < 1 or ${count} > 9) and ${count} = 5",
    "not(${count} < 5 or ${count} >= 5) and ${count} != ''",
    "not(true())",
    "${title} > 5 and ${title} = ''",
    "${title} = 5 and ${title} = ''",
    "not(1 = 1 or ${count} > 1)",
    "1 > 2 and ${count} > 1",
    "'a' = 'b'",
    "2 < 1",
    "not(${count} != 5) and ${count} = 4",
    "not(${count} = 5) and ${count} = 5",
    "${count} = -1 and ${count} > -1",
    "${count} = 0.5",
    "${count} < ${count}",
    "${count} > ${count}",
    "${count} != ${count}",
    "${count} > ${other} and ${count} <= ${other}",
    "${count} > ${other} and ${other} > ${count}",
    "${count} > ${other} and ${count} = ''",
    "${count} >= ${other} and ${other} = ''",
    "${scale} < 1",
    "${scale} = 0",
    "${grade} > 3",
    "${grade} >= 4",
    "${grade} < 1",
    "${grade} <= 0",
    "${grade} = 1 and ${grade} = '2'",
    "${grade} = 4",
    "${answer} > 3",
    "${source} = 'maybe'",
    "selected(${answer}, 'maybe')",
    "selected(${sources}, 'maybe')",
    "${day} = '2026-01-01' and ${day} = '2026-01-02'",
    "${day} > '2026-01-01' and ${day} < date('2026-01-02')",
    "${day} = '' and ${day} > '2026-01-01'",
    "${title} = 'a' and ${title} = ''",
    "${title} = 'a' and ${title} != 'a'",
    "count(${colours_seen}) < 0 or string-length(${title}) = -1",
    "string-length(${title}) = 0.5",
    "string-length(${title}) = ''",
]
POSSIBLE = [
    "true()",
    "${count} > 3 and ${count} < 5",
    "${share} > 3 and ${share} < 4",
    "${count} >= 5 and ${count} <= 5",
    "not(${count} < 5) and ${count} = ''",
    "not(${count} < 5) and not(${count} >= 5)",
    "${count} != 5 and ${count} = ''",
    "${double} > 5 and ${count} < 2",
    "${answer} != 'yes'",
    "${answer} = 'yes' or ${answer} = 'no'",
    "selected(${colours_seen}, 'red') and selected(${colours_seen}, 'blue')",
    "not(selected(${colours_seen}, 'red')) and ${colours_seen} = ''",
    "${count} <= ${other} and ${other} <= ${count}",
    "regex(${title}, 'a') and regex(${title}, 'b')",
    "${title} > 5",
    "if(${count} > 5, 1, 0) = 1",
    "${scale} = 5",
    "${title} = 5",
    "not(${title} = 5)",
    "not(false())",
    "${title} != 5 and ${title} = ''",
    "${title} != 5 and ${title} = 'a'",
    "${title} = 'a' and ${title} < 'b'",
    "not(1 = 1 and ${count} > 1)",
    "1 > 2 or ${count} > 1",
    "'a' != 'b'",
    "1 <= 1",
    "not(${count} != 5) and ${count} = 5",
    "${count} = -1",
    "${share} = 0.5",
    "${count} = ${count}",
    "${count} <= ${count}",
    "${count} >= ${count}",
    "not(${count} < ${count})",
    "${count} >= ${other} and ${count} <= ${other}",
    "not(${count} > ${other}) and not(${count} <= ${other})",
    "${count} != ${other} and ${count} = ''",
    "not(${count} > ${other}) and ${count} = ''",
    "${count} = ${other} and ${count} = ''",
    "${scale} = 1",
    "${scale} > 4 and ${scale} < 5",
    "${grade} > 2",
    "${grade} >= 3",
    "${grade} < 2",
    "${grade} <= 1",
    "${grade} = 1 and ${grade} != '2'",
    "${grade} != 1 and ${grade} = ''",
    "not(${grade} > 1) and ${grade} = ''",
    "${source} = 'other'",
    "selected(${sources}, 'other')",
    "selected(${source}, 'yes')",
    "not(selected(${answer}, 'yes')) and ${answer} = ''",
    "selected(${nobody}, 'x')",
    "selected('a b', 'x')",
    "${clock} > '09:00' and ${clock} < '08:00'",
    "${day} >= '2026-01-01' and ${day} < date('2026-01-02')",
    "${day} > 'nonsense'",
    "${day} != 'nonsense'",
    "${title} != 'a' and ${title} = ''",
    "${title} > ''",
    "string-length(${title}) = 0",
    "${count} > 1 and ${count} > 'x'",
    "date(${title}) = '2026-01-01' and ${title} = ''",
]


@pytest.mark.parametrize("condition", NEVER)
def test_a_contradiction_leaves_no_case(condition: str):
    assert not Possibility(FORM).of_text(condition)


@pytest.mark.parametrize("condition", POSSIBLE)
def test_what_can_be_leaves_a_case(condition: str):
    assert Possibility(FORM).of_text(condition)


def test_a_condition_with_too_many_cases_counts_as_possible():
    either = " and ".join(f"(${{count}} > {n} or ${{other}} > {n})" for n in range(20))
    long = " or ".join(f"${{count}} > {n} and ${{count}} < {n + 2}" for n in range(300))

    assert Possibility(FORM).of_text(either)
    assert Possibility(FORM).of_text(long)


def test_a_condition_that_cannot_be_read_counts_as_possible():
    assert Possibility(FORM).of_text("((")


@pytest.mark.parametrize(
    ("name", "condition", "is_possible"),
    [
        ("count", ". > 5 and ${count} < 3", False),
        ("count", ". > 5 and ${other} < 3", True),
        ("other", ". > 5 and ${other} < 3", False),
        ("count", ". * 2 > 5 and . * 2 < 3", False),
        ("answer", ". = 'maybe'", False),
        ("answer", ". = 'yes'", True),
        ("colours_seen", "selected(., 'black')", False),
        ("colours_seen", "selected(., 'red')", True),
    ],
)
def test_the_dot_stands_for_its_question(name: str, condition: str, is_possible: bool):
    assert bool(Possibility(FORM, name).of_text(condition)) is is_possible


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("count", Numbers(blank=False, whole=True)),
        ("share", Numbers(blank=False)),
        ("scale", Numbers((Interval(Decimal(1), Decimal(5)),), blank=False)),
        ("day", Numbers(blank=False, whole=True)),
        ("title", Words(blank=False)),
        ("answer", words("yes", "no")),
        ("source", words("yes", "no", "other")),
        ("clock", None),
        ("nobody", None),
    ],
)
def test_an_answered_question_has_the_values_of_its_kind(name: str, values: Values | None):
    assert Possibility(FORM).answered(name) == values


@pytest.mark.parametrize(
    "expression", [*NEVER, *POSSIBLE, "-(1 + 2) * 3", '"it\'s"', "position(..) - 1"]
)
def test_nodes_are_written_as_they_are_read(expression: str):
    once = text_of_node(parse(expression))

    assert text_of_node(parse(once)) == once

"""Which conditions can never be true."""

import pytest

from surveys.engine import Kind, Question
from surveys.engine.expressions import parse
from surveys.engine.quality.possibility import Possibility
from surveys.engine.quality.wording import text_of_node
from tests.surveys.engine.factories import calculate, form, integer, select, several, text

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
]


@pytest.mark.parametrize("condition", NEVER)
def test_a_contradiction_leaves_no_case(condition: str):
    assert not Possibility(FORM).of_text(condition)


@pytest.mark.parametrize("condition", POSSIBLE)
def test_what_can_be_leaves_a_case(condition: str):
    assert Possibility(FORM).of_text(condition)


def test_a_condition_with_too_many_cases_counts_as_possible():
    cases = " and ".join(f"(${{count}} > {n} or ${{other}} > {n})" for n in range(20))

    assert Possibility(FORM).of_text(cases)


@pytest.mark.parametrize(
    "expression", [*NEVER, *POSSIBLE, "-(1 + 2) * 3", '"it\'s"', "position(..) - 1"]
)
def test_nodes_are_written_as_they_are_read(expression: str):
    once = text_of_node(parse(expression))

    assert text_of_node(parse(once)) == once

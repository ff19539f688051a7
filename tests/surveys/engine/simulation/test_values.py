"""The answers that simulated respondents try."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from surveys.engine import Element, Kind, Question, Repeat, Table
from surveys.engine.expressions import parse
from surveys.engine.simulation.landmarks import landmarks_of
from surveys.engine.simulation.values import WORDS, Values
from tests.surveys.engine.factories import (
    calculate,
    choice_list,
    form,
    integer,
    select,
    several,
    state,
    text,
)

CODES = {"a", "b", "c"}
LISTS = {"abc": choice_list("abc", *sorted(CODES)), "none": choice_list("none")}


def values(
    *children: Element,
    landmarks: Mapping[str, Sequence[str]] | None = None,
    answers: dict[str, object] | None = None,
    seed: int = 1,
) -> Values:
    read = state(form(*children, lists=LISTS), answers)
    return Values(read, random.Random(seed), landmarks or {})  # noqa: S311


def drawn(question: Question, *others: Element, **known: Any) -> set[Any]:
    """All that is drawn for a question in many draws."""
    source = values(question, *others, **known)
    found = (source.draw(question, question.name) for _ in range(400))
    return {tuple(each) if isinstance(each, list) else each for each in found}


@pytest.mark.parametrize(
    ("element", "landmarks"),
    [
        (text("q", relevant="${n} > 5"), {"n": ("5",)}),
        (text("q", relevant="5 < ${n}"), {"n": ("5",)}),
        (text("q", relevant="${n} = -5"), {"n": ("-5",)}),
        (text("q", relevant="${n} = 5 or ${n} = 7.50 or ${n} = 5"), {"n": ("5", "7.5")}),
        (text("q", relevant="${t} != 'x'"), {"t": ("x",)}),
        (text("q", relevant="${t} = ''"), {}),
        (text("q", relevant="${d} >= date('2026-01-31')"), {"d": ("2026-01-31",)}),
        (text("q", relevant="selected(${c}, 'a')"), {"c": ("a",)}),
        (text("q", relevant="not(selected(${c}, 'a') and ${n} <= 3)"), {"n": ("3",), "c": ("a",)}),
        (text("q", relevant="string-length(${t}) > 3"), {"t": ("3",)}),
        (text("q", relevant="${n} + ${n} > 3"), {}),
        (text("q", relevant="${n} + 3"), {}),
        (integer("q", constraint=". >= 18"), {"q": ("18",)}),
        (integer("q", constraint="selected(., 'a')"), {"q": ("a",)}),
        (calculate("q", "if(${n} = 4, 1, 2)"), {"n": ("4",)}),
        (text("q", relevant="contains(${t}, 'a')"), {}),
    ],
)
def test_landmarks_are_what_answers_are_compared_with(element, landmarks):
    others = (integer("n"), text("t"), Question(name="d", kind=Kind.DATE), several("c", "abc"))

    assert landmarks_of(form(*others, element, lists=LISTS)) == landmarks


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (select("q", "abc"), CODES),
        (select("q", "none"), {None}),
        (select("q", "abc", choice_filter="name != 'b'"), {"a", "c"}),
        (Question(name="q", kind=Kind.TIME), {"08:30:00"}),
        (Question(name="q", kind=Kind.ACKNOWLEDGE), {"OK"}),
        (Question(name="q", kind=Kind.FILE), {"tep.pdf"}),
        (Question(name="q", kind=Kind.IMAGE), {"anh.png"}),
        (Question(name="q", kind=Kind.RANGE), set(map(str, range(11)))),
        (
            Question(name="q", kind=Kind.RANGE, parameters={"start": "2", "end": "3"}),
            {"2", "3"},
        ),
        (
            Question(
                name="q", kind=Kind.RANGE, parameters={"start": "-1", "end": "1.2", "step": "0.5"}
            ),
            {"-1", "-0.5", "0", "0.5", "1"},
        ),
        (text("q"), set(WORDS)),
        (text("q", constraint=". = 'k' or . = 'l'"), {*WORDS, "k", "l"}),
        (text("q", warning=". = 'k'"), {*WORDS, "k"}),
        (
            several("q", "abc"),
            {("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c")},
        ),
        (
            Question(name="q", kind=Kind.RANK, list_name="abc"),
            {(x, y, z) for x in "abc" for y in "abc" for z in "abc" if len({x, y, z}) == 3},
        ),
    ],
)
def test_everything_that_can_be_answered_is_drawn_and_nothing_else(question, expected):
    assert drawn(question) == expected


def test_figures_lie_around_the_turning_points():
    found = drawn(integer("q"), landmarks={"q": ("7000001", "9000001")})

    around = {"7000000", "7000001", "7000002", "9000000", "9000001", "9000002", "8000001"}
    assert {each for each in found if int(each) > 1_000_000} == around
    assert {"0", "1"} < found
    assert all(int(each) >= 0 for each in found)


def test_figures_beside_a_limit_that_another_answer_sets_are_drawn():
    found = drawn(
        integer("q", constraint=". <= ${limit}"), integer("limit"), answers={"limit": "7000001"}
    )

    assert {each for each in found if int(each) > 1_000_000} == {"7000000", "7000001", "7000002"}


def test_decimals_may_stand_between_two_turning_points():
    found = drawn(Question(name="q", kind=Kind.DECIMAL), landmarks={"q": ("0.5", "1")})

    assert {each for each in found if "." in each} == {"-0.5", "0.5", "1.5", "0.75"}


def test_days_lie_around_today_and_the_turning_points():
    found = drawn(
        Question(name="q", kind=Kind.DATE), landmarks={"q": ("2001-03-01", "1900-01-01", "x")}
    )

    assert {each for each in found if each < "2020"} == {"2001-02-28", "2001-03-01", "2001-03-02"}
    assert "2026-11-05" in found
    assert {min(each for each in found if each > "2020")[:4], max(found)[:4]} == {"2024", "2029"}


def test_a_moment_is_a_day_in_the_morning():
    found = drawn(Question(name="q", kind=Kind.DATETIME))

    assert {each[10:] for each in found} == {"T08:30:00"}


def test_most_texts_meet_the_pattern_and_some_do_not():
    source = values(question := text("q", constraint="regex(., '[0-9]{12}')"))
    found = [str(source.draw(question, "q")) for _ in range(400)]

    assert 280 < sum(len(each) == 12 and each.isdigit() for each in found) < 360


@pytest.mark.parametrize(
    ("expression", "path", "worth"),
    [
        ("${n} + 1", "m", "8"),
        ("${k} + 1", "r/one/j", "4"),
        ("${k} + 1", "r/two/j", "6"),
        ("sum(${k})", "m", "8"),
        ("-${k} * ${n}", "r/two/j", "-35"),
        ("concat(${w}, '!')", "r/one/j", "chữ!"),
        ("${c} * 2", "t/a/d", "8"),
        ("${n} = 7", "m", None),
        ("${m}", "n", None),
        ("date(${word})", "m", None),
        ("${nobody}", "m", None),
    ],
)
def test_what_stands_beside_a_question_is_worth_its_value_now(expression, path, worth):
    source = values(
        integer("n"),
        integer("m"),
        text("word"),
        Repeat(name="r", children=(integer("k"), integer("j"), text("w"))),
        Table(name="t", row_list="abc", columns=(integer("c"), integer("d"))),
        answers={
            "n": "7",
            "word": "chữ",
            "r": [{"_id": "one", "k": "3", "w": "chữ"}, {"_id": "two", "k": "5"}],
            "t": {"a": {"c": "4"}},
        },
    )

    assert source.worth(parse(expression), path) == worth

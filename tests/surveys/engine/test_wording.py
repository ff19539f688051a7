"""Answers in labels, hints and messages."""

from dataclasses import replace

import pytest

from surveys.engine import Kind, Question, Repeat
from tests.surveys.engine.factories import CONTEXT, form, integer, select, several, state, text

FORM = form(
    text("unit"),
    Question(name="sum", kind=Kind.DECIMAL),
    Question(name="day", kind=Kind.DATE),
    select("one", "colours"),
    several("many", "colours"),
    select("unlisted", "colours"),
    integer("hidden", relevant="false()"),
    Repeat(name="staff", children=(text("name"), integer("age"))),
)
ANSWERS = {
    "unit": "Sở Y tế",
    "sum": "1234.5",
    "day": "2026-12-31",
    "one": "red",
    "many": ["red", "blue"],
    "unlisted": "grey",
    "hidden": "5",
    "staff": [{"_id": "a", "name": "Lan"}, {"_id": "b", "name": "Minh"}],
}


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Không có gì", "Không có gì"),
        ("Của ${unit}?", "Của Sở Y tế?"),
        ("Trong ${ sum } đồng", "Trong 1.234,5 đồng"),
        ("Đến ${day}", "Đến 31/12/2026"),
        ("Màu ${one}", "Màu Nhãn red"),
        ("Màu ${many}", "Màu Nhãn red, Nhãn blue"),
        ("[${hidden}${nobody}${staff}]", "[]"),
        ("Gồm ${name}", "Gồm Lan, Minh"),
        ("Màu ${unlisted}", "Màu grey"),
    ],
)
def test_a_label_says_the_answers_it_refers_to(label, words):
    assert state(FORM, ANSWERS).words("unit", label) == words


def test_a_label_in_a_row_says_the_answer_of_that_row():
    assert state(FORM, ANSWERS).words("staff/b/age", "Tuổi của ${name}") == "Tuổi của Minh"


def test_a_figure_in_a_label_is_written_in_the_readers_language():
    english = replace(CONTEXT, language="en")

    assert state(FORM, ANSWERS, context=english).words("unit", "${sum}") == "1,234.5"

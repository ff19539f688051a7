"""What a value of a unit is, and why there is none."""

from decimal import Decimal

import pytest

from analytics.dataset import Measure, Variable
from analytics.indices.cells import Cell, State, answered, cell_of_answer, cell_of_text
from surveys.engine import Choice

CHOICES = (
    Choice("da", {"vi": "Đã"}, score="1"),
    Choice("dang", {"vi": "Đang"}, score="0.5"),
    Choice("khac", {"vi": "Khác"}),
    Choice("3", {"vi": "Ba"}),
)


def variable(measure: Measure) -> Variable:
    """A variable over the choices."""
    return Variable(
        name="a", path="a", label=({"vi": "A"},), number="", measure=measure, choices=CHOICES
    )


@pytest.mark.parametrize(
    ("measure", "value", "cell"),
    [
        (Measure.NUMBER, Decimal("2.5"), Cell(State.ANSWERED, 2.5)),
        (Measure.NUMBER, None, Cell(State.BLANK)),
        (Measure.NUMBER, "KAD", Cell(State.NOT_APPLICABLE)),
        (Measure.NUMBER, "CCSL", Cell(State.NOT_YET)),
        (Measure.NUMBER, "HC", Cell(State.RESTRICTED)),
        (Measure.NUMBER, "nhiều", Cell(State.UNREADABLE, text="nhiều")),
        (Measure.CATEGORY, "dang", Cell(State.ANSWERED, 0.5)),
        (Measure.CATEGORY, "3", Cell(State.ANSWERED, 3.0)),
        (Measure.CATEGORY, "khac", Cell(State.UNREADABLE, text="khac")),
        (Measure.CATEGORIES, "da dang", Cell(State.ANSWERED, 1.5)),
    ],
)
def test_an_answer_becomes_a_cell(measure, value, cell):
    assert cell_of_answer(variable(measure), value) == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (None, Cell(State.BLANK)),
        (" ", Cell(State.BLANK)),
        ("1,5", Cell(State.ANSWERED, 1.5)),
        ("1.5", Cell(State.ANSWERED, 1.5)),
        ("kad", Cell(State.NOT_APPLICABLE)),
        ("NaN", Cell(State.UNREADABLE, text="NaN")),
        ("Infinity", Cell(State.UNREADABLE, text="Infinity")),
        ("1,234,567", Cell(State.UNREADABLE, text="1,234,567")),
    ],
)
def test_a_cell_of_a_table_is_read(text, cell):
    assert cell_of_text(text) == cell


def test_a_figure_beyond_every_float_is_unreadable():
    assert answered(Decimal("1e400")).state is State.UNREADABLE


def test_a_missing_code_is_what_the_arithmetic_is_given():
    assert Cell(State.NOT_APPLICABLE).shown == "KAD"

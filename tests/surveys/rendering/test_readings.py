"""How a typed number was read, said where it could have been read otherwise."""

import pytest
from django.utils.translation import override

from surveys.engine import Cell, Kind, Question
from surveys.rendering import reading_of


@pytest.mark.parametrize(
    ("kind", "typed", "value", "words"),
    [
        (Kind.INTEGER, "1300", "1300", ""),
        (Kind.INTEGER, "1.300", "1300", ""),
        (Kind.INTEGER, "1,300", "1300", "read as 1.300"),
        (Kind.DECIMAL, "6,5", "6.5", ""),
        (Kind.DECIMAL, "6.5", "6.5", "read as 6,5"),
        (Kind.DECIMAL, "1.234", "1234", "read as the whole number 1.234"),
        (Kind.DECIMAL, "1,234", "1.234", "read as the decimal number 1,234"),
        (Kind.DECIMAL, "\u22121,234", "-1.234", "read as the decimal number -1,234"),
        (Kind.TEXT, "1,234", "1,234", ""),
        (Kind.INTEGER, "1,2,3", None, ""),
    ],
)
def test_the_reading_is_said_where_the_text_has_more_than_one(kind, typed, value, words):
    question = Question(name="staff", kind=kind)

    with override("en"):
        assert reading_of(question, typed, Cell(value=value), "vi") == words

"""Figures as people type them."""

import pytest
from django.utils.translation import override

from analytics.indices.editor.fields import Field, Kind, number, typed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("3", 3),
        ("0,25", 0.25),
        ("0.25", 0.25),
        ("1/4", 0.25),
        ("1/0", "1/0"),
        ("nhiều", "nhiều"),
        ("1e999", float("inf")),
        ("9" * 40, float("9" * 40)),
    ],
)
def test_a_text_is_read_as_a_figure(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (1.0, "1"), (0.25, "0.25"), (["a", "b"], "a, b"), (True, "1")]
)
def test_a_value_is_shown_as_it_is_typed(value, text):
    assert typed(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.25, "0,25"), (3, "3"), (2.0, "2"), (None, ""), ("ba", "ba")]
)
def test_figures_are_shown_with_the_decimal_mark_of_the_language(value, text):
    with override("vi"):
        assert Field(place=("a",), label="", kind=Kind.NUMBER, stored=value).shown == text


@pytest.mark.parametrize(
    ("value", "text"), [(1 / 3, "1/3"), (0.5, "1/2"), (3, "3"), (1, "1"), (0.3, "0,3")]
)
def test_a_comparison_below_one_is_shown_as_the_inverse_of_a_whole_number(value, text):
    with override("vi"):
        shown = Field(place=("a",), label="", kind=Kind.NUMBER, stored=value, is_ratio=True).shown

    assert shown == text
    assert number(shown) == value

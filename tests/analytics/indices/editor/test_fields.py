"""Figures as people type them."""

import pytest

from analytics.indices.editor.fields import number, typed


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

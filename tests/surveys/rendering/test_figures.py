"""Numbers, dates and changes as people read them."""

import pytest

from surveys.rendering import show_change, show_date, show_figure, show_number


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("1234567.5", "vi", "1.234.567,5"),
        ("1234567.5", "en", "1,234,567.5"),
        ("-1234", "vi", "-1.234"),
        ("0", "vi", "0"),
        ("12a", "vi", "12a"),
    ],
)
def test_numbers_are_grouped_by_language(text, language, shown):
    assert show_number(text, language) == shown


def test_a_figure_for_reading_has_a_true_minus():
    assert show_figure("-2", "vi") == "\N{MINUS SIGN}2"


def test_a_date_has_no_leading_zeros():
    assert show_date("2026-04-05") == "5/4/2026"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("26", "24", "\N{MINUS SIGN}2"),
        ("1", "4", "+3"),
        ("5", "5", ""),
        ("a", "5", ""),
        ("1", "1.5", "+0,5"),
    ],
)
def test_a_change_has_its_sign(old, new, shown):
    assert show_change(old, new, "vi") == shown

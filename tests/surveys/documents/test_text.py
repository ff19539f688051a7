"""Text as it may be printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.documents.text import breakable, readable


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Sở\nKhoa học\tvà  Công nghệ ", "Sở Khoa học và Công nghệ"),
        ("a\x00b\x1bc\x85d", "a b c d"),
        ("ngược\u202egnort", "ngượcgnort"),
        ("Ho\u0302\u0300", "Hồ"),
        ("\ud800lẻ\uffff", "lẻ"),
        ("#{{$@", "#{{$@"),
        ("", ""),
    ],
)
def test_text_is_one_line_of_what_can_be_seen(typed, printed):
    assert readable(typed) == printed


@given(st.text())
def test_readable_text_is_not_changed_again(typed):
    assert readable(readable(typed)) == readable(typed)


def test_long_words_get_places_to_break_and_others_none():
    assert breakable("abcdefg ab", longest=3) == "abc\u200bdef\u200bg ab"

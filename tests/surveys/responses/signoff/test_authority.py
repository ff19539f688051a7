"""The line over a signature."""

import pytest

from surveys.responses.signoff.authority import line_over


@pytest.mark.parametrize(
    ("capacity", "words", "line"),
    [
        ("KT.", "CHỦ TỊCH", "KT. CHỦ TỊCH"),
        ("KT.", "KT. CHỦ TỊCH", "KT. CHỦ TỊCH"),
        ("", "Chủ tịch", "Chủ tịch"),
        ("TUQ.", "", "TUQ."),
    ],
)
def test_the_abbreviation_stands_once_in_the_line_over_the_name(
    capacity: str, words: str, line: str
) -> None:
    assert line_over(capacity, words) == line

"""Finding texts by words."""

import pytest

from analytics.methods.descriptive.texts import search

TEXTS = ["Chuyển đổi số chậm", "đổi mới, chuyển giao", None, "uỷ ban nhân dân", "dân số"]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("chuyển đổi", (0, 1)),
        ('"chuyển đổi"', (0,)),
        ("chuyen doi", (0, 1)),
        ('"nhan dan" uy', (3,)),
        ("ỦY BAN", (3,)),
        ("dân", (3, 4)),
        ("dần", ()),
        ("d", ()),
        ("", ()),
        ('"', ()),
        ("...", ()),
    ],
)
def test_what_a_query_finds(query, rows):
    assert search(TEXTS, query) == rows


def test_nothing_is_found_in_nothing():
    assert search([], "a") == ()

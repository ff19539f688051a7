"""What sheets may be called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.excelform.names import MAX_NAME, sheet_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("1. Chung", "1. Chung"),
        ("Nam/Nữ: [2026]?", "Nam Nữ 2026"),
        ("6. Nền tảng và hệ thống thông tin dùng chung", "6. Nền tảng và hệ thống thông"),
        ("", "_"),
        ("History", "History 2"),
    ],
)
def test_a_title_becomes_a_name_that_a_sheet_may_have(title, name):
    assert sheet_name(title, set()) == name


def test_names_differ_whatever_their_case():
    taken: set[str] = set()

    assert [sheet_name(title, taken) for title in ("Bảng", "BẢNG", "Bảng")] == [
        "Bảng",
        "BẢNG 2",
        "Bảng 3",
    ]


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_titles_give_names_that_are_allowed_and_differ(titles):
    taken: set[str] = set()

    names = [sheet_name(title, taken) for title in titles]

    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= MAX_NAME for name in names)
    assert not any(set(name) & set("[]:*?/\\") for name in names)

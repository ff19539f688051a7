"""Blocks from the clipboard, and names made of words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.drafting.pasting import MAX_SLUG, cells_of, clean, slug, texts_of

CELL = st.text(
    st.characters(exclude_characters='\t\n\r"', exclude_categories=["Cc", "Cf", "Cs", "Z"]),
    max_size=8,
)


def test_tabs_part_cells_and_lines_rows():
    assert cells_of("Mã\tTên\r\n1\tHà Nội\r\n") == (("Mã", "Tên"), ("1", "Hà Nội"))


def test_a_cell_in_quotation_marks_may_hold_lines_tabs_and_marks():
    assert cells_of('"Số\ncán bộ"\t"a\tb"\t"gọi là ""A"""') == (("Số cán bộ", "a b", 'gọi là "A"'),)


def test_a_quotation_mark_that_ends_nowhere_is_itself():
    assert cells_of('"Số\tB') == (('"Số', "B"),)


def test_short_rows_are_filled_up_and_empty_ends_left_out():
    assert cells_of("a\tb\t\n\nc\n\n") == (("a", "b"), ("", ""), ("c", ""))


def test_nothing_gives_no_cells():
    assert cells_of(" \t\n") == ()


def test_control_characters_and_doubled_spaces_go():
    assert clean("\x07Số\u00a0 cán\u200b bộ ") == "Số cán bộ"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Số cán bộ nữ", "so_can_bo_nu"),
        ("Đơn vị: Đà Nẵng!", "don_vi_da_nang"),
        ("2024", "c_2024"),
        ("数字", "c"),
        ("Tổng số cán bộ, công chức, viên chức có mặt", "tong_so_can_bo_cong_chuc_vien"),
    ],
)
def test_names_are_made_of_words(text: str, name: str):
    assert slug(text, stem="c") == name


@given(st.text())
def test_every_name_can_be_typed_in_an_expression(text: str):
    assert re.fullmatch(rf"[a-z][a-z0-9_]{{0,{MAX_SLUG + 1}}}", slug(text, stem="c"))


@given(st.text())
def test_any_text_gives_rows_of_one_length(text: str):
    assert len({len(row) for row in cells_of(text)}) <= 1


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=5))
def test_no_cell_is_lost(rows: list[list[str]]):
    text = "\n".join("\t".join(row) for row in rows)

    assert texts_of(cells_of(text)) == [
        found for row in rows for cell in row if (found := clean(cell))
    ]

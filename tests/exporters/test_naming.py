"""Names that statistics programs take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.naming import cut, legal_names


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (["A1_x", "d_"], ["A1_x", "d_"]),
        (["Đơn vị", "tên xã"], ["Don_vi", "ten_xa"]),
        (["1a", "_a", "=", ""], ["v_1a", "v_a", "v", "v_2"]),
        (["tên", "ten", "TEN"], ["ten_3", "ten", "TEN_2"]),
        (["if", "x" * 40, "x" * 41], ["if_2", "x" * 32, "x" * 30 + "_2"]),
        (["a:missing"], ["a_missing"]),
    ],
)
def test_names_become_legal_and_different(names, made):
    assert legal_names(names, most=32, reserved={"if"}) == made


@given(st.lists(st.text(), max_size=30))
def test_any_names_become_legal_and_different(names):
    made = legal_names(names, most=8, reserved={"if"})

    assert len({name.casefold() for name in made} | {"if"}) == len(names) + 1
    assert all(name.isascii() and name.isidentifier() and len(name) <= 8 for name in made)


def test_texts_are_cut_at_whole_characters():
    assert cut("đ" * 10, size=9) == "đđđ…"
    assert cut("đ" * 10, characters=4) == "đđđ…"
    assert cut("a\0\ud800", size=99) == "a\ufffd\ufffd"

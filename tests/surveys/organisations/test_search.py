"""The keys by which names are found and ordered."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.organisations.search import search_key, sort_key

VIETNAMESE = st.text(alphabet="aăâbcdđeêghioôơuưyAĐàảãáạầẩẫấậờởỡớợ ", max_size=12)


def ascends(names: list[str]) -> bool:
    """Whether the keys of the names are in order and all different."""
    keys = [sort_key(name) for name in names]
    return keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đà Nẵng", "da nang"),
        ("  BÀ RỊA - Vũng Tàu ", "ba ria vung tau"),
        ("Xã Ea H'leo", "xa ea h leo"),
        ("Phường 12", "phuong 12"),
        ("", ""),
        ("\x00%_", ""),
    ],
)
def test_a_search_key_has_no_case_marks_or_punctuation(text: str, key: str) -> None:
    assert search_key(text) == key


@pytest.mark.parametrize(("old", "new"), [("Hòa", "Hoà"), ("Thủy", "Thuỷ"), ("Khỏe", "Khoẻ")])
def test_the_placement_of_a_tone_does_not_matter_for_search(old: str, new: str) -> None:
    assert search_key(old) == search_key(new)


def test_composed_and_decomposed_text_have_the_same_keys() -> None:
    decomposed = unicodedata.normalize("NFD", "Điện Biên")

    assert (search_key(decomposed), sort_key(decomposed)) == (
        search_key("Điện Biên"),
        sort_key("Điện Biên"),
    )


@given(VIETNAMESE)
def test_a_search_key_is_its_own_search_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


def test_names_sort_as_vietnamese_dictionaries_do() -> None:
    ordered = ["Dak", "Đà Nẵng", "Điện Biên", "Hà Nội", "Hải Phòng", "Huế", "Hưng Yên"]

    assert ascends(ordered)


def test_tones_sort_level_falling_hook_tilde_sharp_heavy() -> None:
    ordered = ["ma", "mà", "mả", "mã", "má", "mạ"]

    assert ascends(ordered)


def test_letters_sort_in_the_order_of_the_alphabet() -> None:
    ordered = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")

    assert ascends(ordered)


def test_letters_decide_before_tones() -> None:
    ordered = ["mạ bà", "mà bê", "ma bi"]

    assert ascends(ordered)


def test_a_shorter_word_comes_first() -> None:
    ordered = ["Ba Đình", "Bá Thước", "Ban Công", "Bạn"]

    assert sorted(ordered, key=sort_key) == ["Ba Đình", "Bá Thước", "Bạn", "Ban Công"]


@given(VIETNAMESE, VIETNAMESE)
def test_case_does_not_change_the_order(one: str, other: str) -> None:
    assert (sort_key(one) < sort_key(other)) == (sort_key(one.upper()) < sort_key(other.lower()))


@given(st.text(max_size=30))
def test_a_sort_key_is_made_of_digits_only(text: str) -> None:
    assert sort_key(text).isdigit()

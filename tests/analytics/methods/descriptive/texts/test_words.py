"""Vietnamese text as syllables."""

import unicodedata

import pytest

from analytics.methods.descriptive.texts.words import (
    TONE_PLACES,
    bare,
    folded,
    stop_words,
    syllables,
    tokens,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà bình", "hòa bình"),
        ("Thuý", "Thúy"),
        ("uỷ ban", "ủy ban"),
        ("khoẻ", "KHỎE"),
        ("số hóa", unicodedata.normalize("NFD", "số hoá")),
    ],
)
def test_two_ways_of_writing_are_one(one, other):
    assert folded(one) == folded(other)


def test_the_tone_of_other_vowels_stays_where_it_is():
    assert folded("của mía lúa tìm") == "của mía lúa tìm"


def test_every_old_place_of_a_tone_has_a_new_one_of_the_same_letters():
    assert len(TONE_PLACES) == 15
    assert all(bare(old) == bare(new) for old, new in TONE_PLACES.items())


def test_text_without_marks():
    assert bare("Đường truyền số") == "duong truyen so"


def test_numbers_are_words_and_punctuation_is_not():
    assert syllables("Cổng 4.0, (mới)!") == ["Cổng", "4", "0", "mới"]


def test_texts_are_told_apart_by_their_ends():
    assert tokens(["a b.", "c"]) == ["a", "b", ".", "\x00", "c", "\x00"]
    assert tokens([]) == []


def test_stop_words_are_folded():
    assert {"và", "của", "không"} <= stop_words()
    assert all(word == folded(word) for word in stop_words())

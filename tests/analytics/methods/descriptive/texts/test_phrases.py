"""Frequent phrases."""

import pytest

from analytics.methods.descriptive.texts import frequent_phrases


def found(texts, **more):
    return [(each.text, each.texts, each.times) for each in frequent_phrases(texts, **more).found]


def test_a_longer_phrase_stands_for_its_parts():
    assert found(["Chuyển đổi số còn chậm", "chuyển đổi số và nhân lực", "thiếu nhân lực"]) == [
        ("chuyển đổi số", 2, 2),
        ("nhân lực", 2, 2),
    ]


def test_a_part_that_often_stands_alone_is_kept():
    assert found(["dữ liệu mở", "dữ liệu mở", "dữ liệu cũ", "dữ liệu"]) == [
        ("dữ liệu", 4, 4),
        ("dữ liệu mở", 2, 2),
    ]


def test_phrases_do_not_cross_punctuation_nor_texts():
    assert found(["kinh phí, hạ tầng", "kinh phí. hạ tầng"]) == [
        ("hạ tầng", 2, 2),
        ("kinh phí", 2, 2),
    ]


def test_two_places_of_a_tone_are_one_phrase_as_it_is_mostly_written():
    assert found(["số hoá", "số hóa", "Số hóa"]) == [("số hóa", 3, 3)]


def test_a_phrase_neither_begins_nor_ends_with_a_stop_word():
    assert found(["của dân và dân", "của dân và dân"]) == [("dân", 2, 4), ("dân và dân", 2, 2)]


def test_texts_are_counted_apart_from_times():
    assert found(["lỗi lỗi lỗi", "lỗi"]) == [("lỗi", 2, 4)]


def test_mere_numbers_are_no_phrase():
    assert found(["2025 2026", "2025 2026"]) == []


def test_other_stop_words_take_the_place_of_the_shipped_ones():
    assert found(["hệ thống", "hệ thống"], without=["HỆ"]) == [("thống", 2, 2)]


def test_at_most_so_many_are_told():
    assert found(["a b", "c", "c", "b"], most=1) == [("b", 2, 2)]


@pytest.mark.parametrize("texts", [[], [""], ["", "..."], ["một mình", "tôi"]])
def test_texts_without_a_phrase(texts):
    assert found(texts) == []


def test_how_many_texts_were_read():
    assert frequent_phrases(["a", "b"]).texts == 2

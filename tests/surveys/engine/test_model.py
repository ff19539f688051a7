"""What the model says about itself."""

from dataclasses import replace

import pytest

from surveys.engine import (
    Carry,
    EvidenceNeed,
    Indicator,
    Kind,
    MissingCode,
    Question,
    Totals,
    text_in,
)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ({"vi": "%"}, True),
        ({"vi": "%", "en": "per cent"}, True),
        ({"vi": "điểm", "en": "points"}, False),
        ({}, False),
    ],
)
def test_an_indicator_in_the_unit_of_the_percent_sign_is_a_share(unit, expected):
    assert Indicator(code="T1", label={}, unit=unit).is_percent is expected


@pytest.mark.parametrize(
    ("members", "values"),
    [
        (
            Kind,
            """text integer decimal date time dateTime select_one select_multiple rank note
            calculate hidden range acknowledge file image""",
        ),
        (EvidenceNeed, "none optional required"),
        (Carry, "stock flow structural"),
        (MissingCode, "KAD CCSL HC"),
        (Totals, "none rows columns both"),
    ],
)
def test_the_words_of_definitions_are_those_of_the_workbook(members, values):
    assert [member.value for member in members] == values.split()


@pytest.mark.parametrize(
    ("texts", "language", "fallback", "found"),
    [
        ({"vi": "Tên", "en": "Name"}, "en", "vi", "Name"),
        ({"vi": "Tên"}, "en", "vi", "Tên"),
        ({"fr": "Nom"}, "en", "vi", "Nom"),
        ({}, "en", "vi", ""),
    ],
)
def test_a_text_stands_in_the_readers_language_or_in_another(texts, language, fallback, found):
    assert text_in(texts, language, fallback) == found


def test_without_another_word_the_other_language_is_vietnamese():
    assert text_in({"fr": "Nom", "vi": "Tên"}, "en") == "Tên"


def test_definitions_that_differ_in_hidden_ids_alone_are_equal():
    question = Question(name="staff", kind=Kind.INTEGER)

    assert replace(question, uid="k3v9") == question

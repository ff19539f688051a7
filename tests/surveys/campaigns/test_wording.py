"""The words of the mails and their placeholders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.campaigns.enums import MailKind
from surveys.campaigns.placeholders import filled
from surveys.campaigns.wording import (
    LANGUAGES,
    Words,
    WordsUnfit,
    fit,
    placeholders_of,
    problems_of,
    product_words,
)

LINK = "Vào {link}"


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_products_words_can_be_mails(kind, language):
    words = product_words(kind, language)

    assert problems_of(words, kind) == []


@pytest.mark.parametrize("kind", MailKind)
def test_both_languages_say_the_same_things(kind):
    used = [
        {name for name in placeholders_of(kind) if f"{{{name}}}" in words.subject + words.body}
        for words in (product_words(kind, language) for language in LANGUAGES)
    ]

    assert used[0] == used[1]


@pytest.mark.parametrize(
    ("subject", "body", "codes"),
    [
        ("Mời {agency}", LINK, []),
        ("", LINK, [("words_empty", "subject", 0, 0)]),
        ("Mời\r\nBcc: x@y.vn", LINK, [("words_many_lines", "subject", 0, 0)]),
        ("Mời {agncy}", LINK, [("words_unknown", "subject", 1, 5)]),
        ("Mời", "Một\nHai {agency.pk} {link}", [("words_brace", "body", 2, 5), ("words_brace", "body", 2, 15)]),
        ("Mời", "{0} {link}", [("words_brace", "body", 1, 1), ("words_brace", "body", 1, 3)]),
        ("Mời", "{} {link}", [("words_brace", "body", 1, 1)]),
        ("Mời", "{{secret_link}} {link}", [("words_brace", "body", 1, 1), ("words_unknown", "body", 1, 2), ("words_brace", "body", 1, 15)]),
        ("Mời {link}", LINK, [("words_not_here", "subject", 1, 5)]),
        ("Mời", "{units} {link}", [("words_not_here", "body", 1, 1)]),
        ("Mời", "Kính gửi", [("words_link_once", "body", 0, 0)]),
        ("Mời", "{link} {link}", [("words_link_once", "body", 0, 0)]),
    ],
)  # fmt: skip
def test_what_cannot_be_a_mail_is_told_with_its_place(subject, body, codes):
    found = problems_of(Words(subject, body), MailKind.INVITATION)

    assert [(each.code, each.place, each.line, each.column) for each in found] == codes


def test_a_mail_to_a_superior_names_the_units():
    found = problems_of(Words("Nhắc", LINK), MailKind.SUPERIOR)

    assert [each.code for each in found] == ["words_units_missing"]


def test_words_that_are_unfit_are_refused_with_every_problem():
    with pytest.raises(WordsUnfit) as refusal:
        fit(Words("", "{x}"), MailKind.INVITATION)

    assert [each.code for each in refusal.value.problems] == [
        "words_empty",
        "words_unknown",
        "words_link_once",
    ]


@given(value=st.text())
def test_a_value_is_put_in_as_it_is_and_never_read_as_a_placeholder(value):
    assert filled("Gửi {agency} ({round})", {"agency": value, "round": "{agency}"}) == (
        f"Gửi {value} ({{agency}})"
    )

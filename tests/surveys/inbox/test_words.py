"""What notices say, in the reader's language."""

from typing import Any

import pytest
from django.utils.translation import override

from surveys.inbox.enums import NoticeKind
from surveys.inbox.kinds import KINDS, places
from surveys.inbox.words import sentence
from tests.surveys.inbox.factories import DATA


def test_every_kind_has_its_sentence():
    assert set(KINDS) == set(NoticeKind)


def test_a_notice_is_read_in_the_language_of_whoever_reads_it():
    said = []
    for language in ("vi", "en"):
        with override(language):
            said.append(sentence(NoticeKind.ASSIGNED, DATA))

    assert said == [
        "Tỉnh Lào Cai được đề nghị trả lời “Năng lực số”, Năm 2026, hạn nộp 30/11/2026.",
        "Lao Cai Province is asked to answer “Digital capacity”, Năm 2026, by 30/11/2026.",
    ]


@pytest.mark.parametrize(("language", "number"), [("vi", "3.377"), ("en", "3,377")])
def test_a_number_is_written_in_the_reader_s_way(language: str, number: str):
    with override(language):
        said = sentence(NoticeKind.ROUND_OPENED, {**DATA, "agencies": 3377})

    assert number in said


def test_a_name_without_english_stands_in_vietnamese():
    with override("en"):
        said = sentence(NoticeKind.SENT, {**DATA, "agency": {"vi": "Xã Than Uyên", "en": ""}})

    assert "Xã Than Uyên" in said


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_can_be_said(kind: NoticeKind, language: str):
    data: dict[str, Any] = dict.fromkeys(places(kind), "2026-11-30")

    with override(language):
        assert "%(" not in sentence(kind, data)

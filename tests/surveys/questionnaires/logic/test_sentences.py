"""Expressions in plain Vietnamese and English."""

import pytest
from django.utils import translation

from surveys.questionnaires.logic import Spot, plain, sentence
from tests.surveys.questionnaires.logic.forms import the_form

SENTENCES = [
    ("areas", "relevant", "${doc} = 'done'", "A1 Văn bản là Đã ban hành", "A1 Document is Issued"),
    (
        "areas",
        "relevant",
        "${doc} = 'done' or ${doc} = 'sent'",
        "A1 Văn bản là một trong Đã ban hành hoặc Đang trình",
        "A1 Document is one of Issued or Submitted",
    ),
    (
        "staff",
        "relevant",
        "${doc} != '' and (${actual} > 1234.5 or selected(${areas}, 'it'))",
        "A1 Văn bản đã trả lời và ( A4 Thực có lớn hơn 1.234,5 hoặc A2 Lĩnh vực có chọn Hạ tầng )",
        "A1 Document is answered and ( A4 Actual is greater than 1,234.5 or A2 Areas includes Infrastructure )",
    ),
    (
        "staff",
        "constraint",
        ". >= 0 and . <= ${actual}",
        "câu trả lời này nằm trong khoảng từ 0 đến A4 Thực có",
        "this answer is between 0 and A4 Actual",
    ),
    (
        "actual",
        "warning",
        ". <= ${staff} * 1.1",
        "câu trả lời này không lớn hơn 110 % của A3 Biên chế",
        "this answer is at most 110 % of A3 Posts",
    ),
    (
        "gap",
        "calculation",
        "${staff} - ${actual}",
        "A3 Biên chế trừ A4 Thực có",
        "A3 Posts minus A4 Actual",
    ),
    (
        "gap",
        "calculation",
        "if(${doc} = 'done', 1, 0)",
        "nếu A1 Văn bản là Đã ban hành thì 1 còn không thì 0",
        "if A1 Document is Issued then 1 else 0",
    ),
    (
        "signed",
        "constraint",
        ". > date('2023-12-26') and . <= today()",
        "câu trả lời này sau 26/12/2023 và câu trả lời này không muộn hơn hôm nay",
        "this answer is after 26/12/2023 and this answer is on or before today",
    ),
    (
        "code",
        "constraint",
        "regex(., '[A-Z]+')",
        "câu trả lời này khớp mẫu “[A-Z]+”",
        "this answer matches the pattern “[A-Z]+”",
    ),
    (
        "table",
        "closed",
        "row() = 'g2' and . != 'women'",
        "dòng là Tỉnh và cột không là Nữ",
        "the row is Province and the column is not Women",
    ),
    (
        "table",
        "constraint",
        "sum(${men}) <= ${staff}",
        "tổng Nam không lớn hơn A3 Biên chế",
        "the total of Men is at most A3 Posts",
    ),
    (
        "table",
        "constraint",
        "cell(${men}, 'g1') = previous(${staff})",
        "Nam, Bộ bằng kỳ trước của A3 Biên chế",
        "Men, Ministry equals last round's A3 Posts",
    ),
    (
        "areas",
        "choice_filter",
        "level = ${doc}",
        "“level” của lựa chọn là A1 Văn bản",
        "its “level” is A1 Document",
    ),
    (
        "areas",
        "choice_filter",
        "name != 'it'",
        "lựa chọn không là Hạ tầng",
        "the choice is not Infrastructure",
    ),
    (
        "staff",
        "relevant",
        "not(${actual} > -5)",
        "không xảy ra việc A4 Thực có lớn hơn \u22125",
        "it does not hold that A4 Actual is greater than \u22125",
    ),
    ("staff", "relevant", "true()", "luôn luôn", "always"),
    ("staff", "required", "yes", "luôn luôn", "always"),
    ("staff", "relevant", "${gone} = 1", "gone là 1", "gone is 1"),
    ("staff", "relevant", "${doc} = 'old'", "A1 Văn bản là “old”", "A1 Document is “old”"),
]


@pytest.mark.parametrize(("name", "field", "text", "vietnamese", "english"), SENTENCES)
def test_an_expression_reads_in_both_languages(name, field, text, vietnamese, english):
    form = the_form()
    said = {}
    for language in ("vi", "en"):
        with translation.override(language):
            said[language] = plain(sentence(Spot(form, form.element(name), field, language), text))

    assert said == {"vi": vietnamese, "en": english}


@pytest.mark.parametrize(
    "text", ["pulldata('t', 'a', 'b', ${doc}) = '1'", "${doc", "", "${doc} = ${staff} = 1"]
)
def test_what_no_sentence_says_stays_text(text):
    form = the_form()

    assert sentence(Spot(form, form.element("staff"), "relevant", "vi"), text) == ()


def test_a_long_label_is_cut_at_a_word():
    form = the_form()
    spot = Spot(form, form.element("staff"), "relevant", "vi")

    assert spot.label("part") == "Phần một"

"""A letter's lines in the words and forms of the Decree."""

from dataclasses import replace
from datetime import date

import pytest

from surveys.documents import Authority, Capacity, Signature
from surveys.documents.composition import composed
from tests.surveys.documents.samples import LETTER


def test_issuers_stand_in_capitals():
    lines = composed(LETTER)

    assert (lines.superior, lines.issuer) == ("BỘ THỬ NGHIỆM", "CỤC KHẢO SÁT")


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 2, 5), "Hà Nội, ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 15), "Hà Nội, ngày 15 tháng 3 năm 2026"),
        (date(2026, 12, 31), "Hà Nội, ngày 31 tháng 12 năm 2026"),
    ],
)
def test_small_days_and_the_first_two_months_have_a_zero(day, printed):
    assert composed(replace(LETTER, dated=day)).place_and_date == printed


def test_number_and_symbol_are_parted_by_a_stroke():
    assert composed(LETTER).number == "Số: 18/CKS-TH"


def test_without_number_and_date_there_is_room_for_the_pen():
    lines = composed(replace(LETTER, number="", dated=None))

    assert lines.number == "Số: " + "\u00a0" * 6 + "/CKS-TH"
    assert lines.place_and_date.split() == ["Hà", "Nội,", "ngày", "tháng", "năm"]


def test_the_last_sentence_ends_with_the_closing_mark():
    assert composed(LETTER).closing == "Trân trọng cảm ơn./."


def test_without_closing_deadline_and_link_the_last_paragraph_closes_the_letter():
    lines = composed(replace(LETTER, closing="", deadline="", link=""))

    assert lines.paragraphs == ["Cục Khảo sát tổ chức khảo sát quý I."]
    assert lines.closing == "Đề nghị Quý cơ quan phân công đầu mối./."


def test_copies_are_a_list_that_ends_with_the_archive():
    assert composed(LETTER).copies == [
        "- Như trên;",
        "- Bộ trưởng (để báo cáo);",
        "- Lưu: VT, TH (3).",
    ]


def test_one_addressee_stands_in_the_line_and_several_in_a_list():
    several = composed(replace(LETTER, addressees=("Sở A", "Sở B")))

    assert composed(LETTER).addressees == ["Ủy ban nhân dân tỉnh Lào Cai"]
    assert several.addressees == ["- Sở A;", "- Sở B."]


def test_a_deputy_signs_for_the_chair_and_for_the_committee():
    authorities = (
        Authority(Capacity.ON_BEHALF, "Ủy ban nhân dân"),
        Authority(Capacity.ACTING, "Chủ tịch"),
    )
    signed = composed(
        replace(LETTER, signature=Signature("Phó Chủ tịch", "Lê Văn An", authorities))
    )

    assert signed.signed == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert signed.name == "Lê Văn An"

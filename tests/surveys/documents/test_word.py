"""Letters as DOCX."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.documents import readable
from surveys.documents.word import letter_docx
from tests.surveys.documents.samples import LETTER, paragraphs_of


def test_the_letter_is_read_from_the_issuer_to_the_name():
    assert paragraphs_of(letter_docx(LETTER)) == [
        "BỘ THỬ NGHIỆM",
        "CỤC KHẢO SÁT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 18/CKS-TH",
        "V/v đề nghị cung cấp thông tin về năng lực số",
        "Hà Nội, ngày 05 tháng 02 năm 2026",
        "Kính gửi: Ủy ban nhân dân tỉnh Lào Cai",
        "Căn cứ Quyết định số 12/QĐ-BTN ngày 09 tháng 01 năm 2026 của Bộ Thử nghiệm;",
        "Cục Khảo sát tổ chức khảo sát quý I.",
        "Đề nghị Quý cơ quan phân công đầu mối.",
        "Thời hạn trả lời: trước 24 giờ 00 ngày 15 tháng 4 năm 2026.",
        "Địa chỉ trả lời: https://khaosat.example.vn/r/K7Q2M9",
        "Trân trọng cảm ơn./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Bộ trưởng (để báo cáo);",
        "- Lưu: VT, TH (3).",
        "KT. CỤC TRƯỞNG",
        "PHÓ CỤC TRƯỞNG",
        "Nguyễn Thị Hằng",
    ]


def test_the_page_has_the_margins_of_the_decree():
    section = Document(BytesIO(letter_docx(LETTER))).sections[0]
    sides = [
        "page_width",
        "page_height",
        "top_margin",
        "bottom_margin",
        "left_margin",
        "right_margin",
    ]

    assert [round(getattr(section, side) / Mm(1)) for side in sides] == [210, 297, 20, 20, 30, 20]


def test_the_page_number_stands_in_the_header_but_not_on_the_first_page():
    section = Document(BytesIO(letter_docx(LETTER))).sections[0]

    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.part.blob.decode()


def test_normal_text_is_times_new_roman_in_every_script():
    with ZipFile(BytesIO(letter_docx(LETTER))) as parts:
        styles = parts.read("word/styles.xml").decode()

    normal = styles[styles.index('w:styleId="Normal"') :]
    assert normal[: normal.index("</w:style>")].count("Times New Roman") == 4


def test_the_same_letter_gives_the_same_bytes_at_any_time(time_machine):
    time_machine.move_to("2026-01-01")
    first = letter_docx(LETTER)
    time_machine.move_to("2027-06-15")

    assert letter_docx(replace(LETTER)) == first


def test_the_properties_tell_of_the_letter_only():
    about = Document(BytesIO(letter_docx(LETTER))).core_properties

    assert (about.author, about.last_modified_by, about.comments) == ("CỤC KHẢO SÁT", "", "")
    assert about.created.date() == about.modified.date() == LETTER.dated


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=500))
def test_any_text_stands_in_the_letter_as_it_was_typed(typed):
    marked = f"{{{{ 7*7 }}}} {typed} {{% x %}}"
    texts = paragraphs_of(letter_docx(replace(LETTER, paragraphs=(marked,))))

    assert readable(marked) in texts

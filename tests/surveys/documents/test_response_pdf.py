"""Responses as PDF."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from surveys.documents.response import PaperAnswer, PaperPart
from surveys.documents.response_pdf import SHOWN_DIGITS, response_pdf
from tests.surveys.documents.response_samples import CANONICAL, HASH, PAPER, table
from tests.surveys.documents.samples import pages_of
from tests.surveys.documents.test_pdf import HOSTILE

FOOT = f"SHA-256 {HASH[:SHOWN_DIGITS]}…"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """The sample as it is printed."""
    return response_pdf(PAPER)


def test_the_paper_begins_as_the_decree_says(pdf):
    first = pages_of(pdf)[0]
    parts = [
        "ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        PAPER.place_and_date,
        "PHIẾU THU THẬP THÔNG TIN",
        *PAPER.subjects,
        PAPER.basis,
    ]

    assert [part for part in parts if part not in first] == []


def test_english_papers_name_the_country_in_english():
    first = pages_of(response_pdf(replace(PAPER, language="en")))[0]

    assert "SOCIALIST REPUBLIC OF VIET NAM" in first


def test_the_same_paper_gives_the_same_bytes(pdf):
    assert response_pdf(replace(PAPER)) == pdf


def test_every_page_says_which_answers_it_shows_and_how_many_there_are(pdf):
    pages = pages_of(pdf)
    total = len(pages)

    assert all(PAPER.reference in page and FOOT in page for page in pages)
    assert [f"Trang {n}/{total}" in page for n, page in enumerate(pages, 1)] == [True] * total


def test_the_last_page_carries_signature_and_the_whole_hash(pdf):
    last = pages_of(pdf)[-1].replace(" ", "")

    assert HASH in last
    assert "KT.CHỦTỊCH" in last
    assert "HoàngMinhĐức" in last


def test_the_answers_as_data_lie_in_the_pdf(pdf):
    attached = PdfReader(BytesIO(pdf)).attachments

    assert attached == {"cau-tra-loi.json": [CANONICAL.encode()]}


def test_the_hash_stands_in_the_properties(pdf):
    properties = PdfReader(BytesIO(pdf)).metadata

    assert properties is not None
    assert str(properties["/Keywords"]) == f"sha256:{HASH}"


def test_a_draft_says_so_on_every_page_and_has_no_hash():
    draft = replace(PAPER, watermark="BẢN NHÁP", proof=None, attachment=None)
    pages = pages_of(response_pdf(draft))

    assert all("BẢN NHÁP" in page and "SHA-256" not in page for page in pages)


def test_a_wide_table_lies_across_and_repeats_its_head():
    wide = replace(PAPER, parts=(PaperPart("Rộng", (table(12, 60),)),))
    reader = PdfReader(BytesIO(response_pdf(wide)))
    across = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]

    assert len(across) > 1
    assert all("Nhóm công việc" in " ".join(page.extract_text().split()) for page in across)


def test_every_figure_of_a_very_wide_table_is_on_paper():
    given = table(20, 12)
    pages = pages_of(response_pdf(replace(PAPER, parts=(PaperPart("Rộng", (given,)),))))
    whole = "".join(pages).replace(" ", "")

    assert [cell for row in given.rows for cell in row.cells if cell not in whole] == []


def test_a_long_answer_is_whole():
    text = "ử" * 9_000
    answer = PaperAnswer(number="1", label="Kiến nghị", text=text)
    plain = replace(PAPER, parts=())
    with_answer = replace(PAPER, parts=(PaperPart("Dài", (answer,)),))
    before, after = (
        sum(page.count("ử") for page in pages_of(response_pdf(paper)))
        for paper in (plain, with_answer)
    )

    assert after - before == len(text)


def test_markup_in_an_answer_is_printed_as_it_was_typed():
    answer = PaperAnswer(number="1", label=HOSTILE, text=HOSTILE, notes=(HOSTILE,))
    (page,) = pages_of(response_pdf(replace(PAPER, parts=(PaperPart("Phần", (answer,)),))))

    assert page.replace(" ", "").count(HOSTILE.replace(" ", "")) == 3


def test_a_response_without_answers_can_be_printed():
    assert len(pages_of(response_pdf(replace(PAPER, parts=(), facts=())))) == 1

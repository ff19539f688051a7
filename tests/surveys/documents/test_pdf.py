"""Letters as PDF."""

from dataclasses import replace
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from surveys.documents.composition import composed
from surveys.documents.pdf import letter_pdf
from tests.surveys.documents.samples import LETTER, pages_of

HOSTILE = '#panic() $x^2$ @x <y> *b* _i_ `c` = h {{ a }} {% b %} \\ // /* */ "q" #import "/a.typ"'


def test_the_letter_is_read_from_country_to_copies():
    (page,) = pages_of(letter_pdf(LETTER))
    lines = composed(LETTER)
    parts = [
        lines.superior,
        lines.country,
        lines.number,
        lines.subject,
        lines.place_and_date,
        f"Kính gửi: {lines.addressees[0]}",
        *lines.basis,
        *lines.paragraphs,
        lines.deadline,
        f"Địa chỉ trả lời: {lines.link}",
        lines.closing,
        "Nơi nhận:",
        "KT. CỤC TRƯỞNG",
        lines.name,
    ]

    assert [part for part in parts if part not in page] == []


def test_the_same_letter_gives_the_same_bytes():
    assert letter_pdf(LETTER) == letter_pdf(replace(LETTER))


def test_the_page_is_a4_and_only_tinos_is_in_it():
    page = PdfReader(BytesIO(letter_pdf(LETTER))).pages[0]
    used = page.raw_get("/Resources").get_object().get("/Font").get_object().values()
    fonts = {font.get_object().get("/BaseFont").split("+")[1] for font in used}

    assert [round(side * 25.4 / 72) for side in page.mediabox[2:]] == [210, 297]
    assert fonts == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}


def test_pages_are_numbered_from_the_second():
    pages = pages_of(letter_pdf(replace(LETTER, paragraphs=("chữ " * 2_500,))))

    assert len(pages) > 3
    assert not pages[0].startswith("1")
    assert [page.split()[0] for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]


def test_markup_in_a_text_is_printed_as_it_was_typed():
    hostile = replace(LETTER, paragraphs=(HOSTILE,), addressees=(HOSTILE,), deadline=HOSTILE)
    (page,) = pages_of(letter_pdf(hostile))

    assert page.replace(" ", "").count(HOSTILE.replace(" ", "")) == 3


def test_nothing_is_put_into_a_link():
    link = "https://khaosat.chuyendoiso.example.vn/r/K7Q2M9/"
    page = PdfReader(BytesIO(letter_pdf(replace(LETTER, link=link)))).pages[0]

    assert link in page.extract_text().replace("\n", "")


def test_a_word_of_ten_thousand_letters_is_whole_on_the_pages():
    pages = pages_of(letter_pdf(replace(LETTER, paragraphs=("ộ" * 10_000,))))

    assert sum(page.count("ộ") for page in pages) == 10_000 + "".join(
        pages_of(letter_pdf(replace(LETTER, paragraphs=())))
    ).count("ộ")


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text(), st.text(max_size=200))
def test_any_text_gives_a_pdf(subject, paragraph, addressee):
    letter = replace(LETTER, subject=subject, paragraphs=(paragraph,), addressees=(addressee,))

    assert letter_pdf(letter).startswith(b"%PDF-1.7")

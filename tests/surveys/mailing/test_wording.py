"""What may stand in a header, and the page made of a text."""

from email.parser import BytesParser
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.mailing.wording import as_html, is_usable, one_line, plain_text

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\r\n\0\x0b\x0c\x85\u2028\u2029\ud800:,<>@\"'"))
)

SITE = "https://khaosat.vn"


@given(HOSTILE, st.integers(10, 60))
def test_a_line_has_no_line_end_no_control_and_no_more_than_its_length(text, most):
    line = one_line(text, most)

    assert len(line) <= most
    assert line.splitlines() in ([], [line])
    assert line == " ".join(line.split())
    line.encode()


@given(HOSTILE)
def test_a_usable_address_is_one_bare_address(text):
    address = f"{text}@example.gov.vn"

    if is_usable(address):
        header = f"To: {address}\r\n\r\n".encode()
        parsed = BytesParser(policy=SMTP).parsebytes(header)["To"].addresses
        assert [each.addr_spec for each in parsed] == [address]


def test_addresses_with_names_line_ends_or_companions_are_unusable():
    addresses = (
        "An <an@example.gov.vn>",
        "an@example.gov.vn\r\nBcc: x@example.org",
        "an@example.gov.vn,binh@example.gov.vn",
        "an@example.gov.vn\n",
        "an",
        "",
        f"{'a' * 250}@example.gov.vn",
    )

    assert [is_usable(address) for address in addresses] == [False] * 7


def test_a_long_line_is_cut_with_an_ellipsis():
    assert one_line("Báo cáo quý bốn", 10) == "Báo cáo q…"


def test_a_text_keeps_its_lines_and_loses_other_controls():
    assert plain_text("Một\r\nHai\rBa\x00\tBốn\ud800") == "Một\nHai\nBa\tBốn"


def test_markup_in_a_text_is_shown_not_obeyed():
    page = as_html('<img src="https://x.vn/a.png">\n<script>alert(1)</script>', "vi", site=SITE)

    assert "<img" not in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_page_has_paragraphs_line_breaks_and_links():
    page = as_html(
        "Kính gửi\nông An,\n\nMời vào https://khaosat.vn/moi/abc_-9 .\n", "vi", site=SITE
    )

    assert page == (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"></head><body>\n'
        "<p>Kính gửi<br>\nông An,</p>\n"
        '<p>Mời vào <a href="https://khaosat.vn/moi/abc_-9">https://khaosat.vn/moi/abc_-9</a> .</p>'
        "\n</body></html>\n"
    )


@pytest.mark.parametrize(
    "name",
    [
        "http://lua-dao.vn/dang-nhap",
        "www.lua-dao.vn",
        "lua-dao.vn",
        "an@lua-dao.vn",
        "https://khaosat.vn.lua-dao.vn/moi",
        "https://khaosat.vn@lua-dao.vn/",
        "http://lua-dao.vn/?https://khaosat.vn/moi",
    ],
)
def test_what_somebody_is_called_is_no_link(name):
    assert "<a" not in as_html(f"Kính gửi {name},", "vi", site=SITE)


@pytest.mark.parametrize("around", ["({})", "{}.", "“{}”", "{}, và", "<{}>"])
def test_a_link_ends_where_its_sentence_goes_on(around):
    page = as_html(around.format(f"{SITE}/inbox/?a=1&b=2"), "vi", site=SITE)

    address = f"{SITE}/inbox/?a=1&amp;b=2"
    assert page.count(f'<a href="{address}">{address}</a>') == 1

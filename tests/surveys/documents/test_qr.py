"""QR codes."""

import re
from io import BytesIO

import pytest
from PIL import Image

from surveys.documents import qr_png, qr_svg

LINK = "https://khaosat.example.vn/r/K7Q2M9"


def test_svg_and_png_show_the_same_modules():
    picture = Image.open(BytesIO(qr_png(LINK, scale=1)))
    dark = {
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if not picture.getpixel((x, y))
    }
    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", qr_svg(LINK))}

    assert drawn == dark


def test_the_code_has_its_finders_inside_four_modules_of_white():
    picture = Image.open(BytesIO(qr_png(LINK, scale=1)))
    row = [picture.getpixel((x, 4)) == 0 for x in range(4 + 8)]

    assert row == [False] * 4 + [True] * 7 + [False]


def test_a_label_is_text_and_never_markup():
    assert 'aria-label="&quot;&gt;&lt;script&gt; &amp;"' in qr_svg(LINK, label='"><script> &')


def test_a_text_longer_than_a_code_holds_is_refused():
    with pytest.raises(ValueError, match="version"):
        qr_svg("x" * 3000)

"""The colours of the workbooks are those of the pages."""

import re
from pathlib import Path

import pytest

from exporters.book import Colour

TOKENS = dict(
    re.findall(r"--ks-([a-z0-9-]+): #([0-9a-f]{6});", Path("static/css/tokens.css").read_text())
)


@pytest.mark.parametrize("colour", Colour.__members__.items(), ids=lambda item: item[0])
def test_a_colour_is_the_one_of_its_token(colour):
    name, value = colour

    assert TOKENS[name.lower().replace("_", "-")].upper() == value

"""The typeface of printed documents."""

from surveys.documents.fonts import missing_fonts


def test_the_typeface_is_installed():
    assert missing_fonts() == []

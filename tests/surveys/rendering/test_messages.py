"""Findings in words."""

import pytest
from django.utils.translation import override

from surveys.engine import Finding, FindingCode
from surveys.rendering.messages import WORDS, finding_text

PARAMS = {
    "limit": "9",
    "code": "HC",
    "typed": "x",
    "row": "2",
    "choice": "y",
    "reason": "z",
    "start": "1",
    "step": "2",
    "before": "1022",
    "now": "1026.5",
    "change": "4.5",
    "percent": "0.4",
    "band": "±3",
}


def words(code: FindingCode, language: str) -> str:
    with override(language):
        return finding_text(Finding(code=code, path="a", params=PARAMS), typed="x")


@pytest.mark.parametrize("code", FindingCode)
def test_every_finding_has_words_in_both_languages(code: FindingCode):
    english, vietnamese = words(code, "en"), words(code, "vi")

    assert english
    assert vietnamese
    assert english != vietnamese


def test_there_are_no_words_for_what_is_never_found():
    variants = {
        "unreadable_number",
        "unreadable_integer",
        "unreadable_date",
        "change_from_zero",
    }

    assert set(WORDS) == {code.value for code in FindingCode} | variants


def test_a_change_is_told_with_the_figures_as_they_are_written():
    text = words(FindingCode.CHANGE_OUTSIDE_BAND, "vi")

    assert "từ 1.022 thành 1.026,5: +4,5 (+0,4 %), ngoài mức ±3" in text


def test_the_limits_of_cells_are_named():
    assert words(FindingCode.TOO_MANY_CELLS, "en") == (
        "Lists and tables together have more than 9 cells. Leave rows out."
    )

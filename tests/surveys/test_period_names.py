"""The name of a period inside a phrase."""

import pytest
from django.utils.translation import override

from surveys.templatetags.ks import within


@pytest.mark.parametrize(
    ("language", "name", "shown"),
    [
        ("vi", "Năm 2026", "năm 2026"),
        ("vi", "Quý III năm 2026", "quý III năm 2026"),
        ("vi", "ĐTHS 2026", "ĐTHS 2026"),
        ("en", "September 2026", "September 2026"),
        ("vi", "", ""),
    ],
)
def test_a_period_is_written_small_within_a_vietnamese_phrase(
    language: str, name: str, shown: str
) -> None:
    with override(language):
        assert within(name) == shown

"""How the figures of a profile are written."""

import pytest
from django.utils import translation

from analytics.reports.figures import against


@pytest.mark.parametrize(
    ("shortfall", "written"),
    [
        (1.5, "\N{MINUS SIGN}1,50"),
        (-0.3, "+0,30"),
        (-12.04, "+12,0"),
        (1234.0, "\N{MINUS SIGN}1.234"),
        (0.0, "0"),
        (0.001, "0,00"),
        (None, ""),
    ],
)
def test_what_is_short_of_a_target_has_a_minus_and_what_is_beyond_it_a_plus(shortfall, written):
    with translation.override("vi"):
        assert against(shortfall) == written

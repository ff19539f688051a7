"""The moment that a command of the schedule is told."""

from argparse import ArgumentTypeError
from datetime import UTC, datetime

import pytest

from surveys.management.schedule import moment


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-04-01", datetime(2026, 3, 31, 17, tzinfo=UTC)),
        ("2026-04-01T08:00", datetime(2026, 4, 1, 1, tzinfo=UTC)),
        ("2026-04-01T08:00+07:00", datetime(2026, 4, 1, 1, tzinfo=UTC)),
        ("2026-04-01T08:00:00Z", datetime(2026, 4, 1, 8, tzinfo=UTC)),
    ],
)
def test_a_moment_without_an_offset_is_the_countrys(typed, meant):
    assert moment(typed) == meant


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-13-01", "2026-02-30T08:00", "1/4/2026"])
def test_what_is_no_moment_is_refused(typed):
    with pytest.raises(ArgumentTypeError):
        moment(typed)

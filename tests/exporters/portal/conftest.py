"""Published rounds to look at."""

import pytest

from tests.analytics.releases.factories import closed_round, published


@pytest.fixture
def release(db):
    """The publication in force of a small round of protected units."""
    return published(closed_round())

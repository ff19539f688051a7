"""A receiver for every test that wants one."""

import pytest

from tests.surveys.webhooks.factories import receiving


@pytest.fixture
def receiver():
    """What stands behind a webhook, on this machine."""
    with receiving() as found:
        yield found

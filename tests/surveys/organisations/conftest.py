"""The agencies that come with the product, loaded once for the tests that read them."""

from datetime import UTC, datetime

import pytest

from surveys.organisations.services import LoadReport, load_organisations

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.fixture
def loaded(db: None) -> LoadReport:
    """The report of a first load."""
    return load_organisations(at=AT)
